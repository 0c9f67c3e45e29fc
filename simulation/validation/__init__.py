"""What the laboratory gets right, and what it misses, against known facts."""
