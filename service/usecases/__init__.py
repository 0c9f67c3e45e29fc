"""One verb per file; knows ports, not drivers."""
