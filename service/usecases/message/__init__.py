"""What is written to people, when it may leave, and by which way."""
