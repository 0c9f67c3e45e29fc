"""What anybody may read: the service described, counted and opened."""
