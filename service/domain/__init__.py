"""What decides, in plain values: imports the standard library only."""
