"""What agents do for people at the desk, on the telephone, on paper."""
