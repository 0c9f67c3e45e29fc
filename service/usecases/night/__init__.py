"""The night, from published places to told results, and what witnesses see of it."""
