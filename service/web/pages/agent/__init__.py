"""Pages for the prefecture's staff."""
