"""What the operator of the machine does: opens a prefecture, and agents' accounts."""
