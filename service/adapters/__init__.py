"""Implementations of the ports; the only place where drivers are imported."""
