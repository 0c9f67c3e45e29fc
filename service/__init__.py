"""Tour de rôle: the service that a prefecture runs."""
