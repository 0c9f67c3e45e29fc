"""Pages for accompanying organisations."""
