"""PostgreSQL adapters."""
