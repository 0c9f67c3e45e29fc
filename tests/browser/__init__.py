"""Pages in a real browser, against the real application on a real database."""
