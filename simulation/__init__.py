"""The laboratory: real attacks replayed against rules."""
