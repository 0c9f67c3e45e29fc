"""Pages for people who seek an appointment."""
