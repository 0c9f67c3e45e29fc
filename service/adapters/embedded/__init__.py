"""Embedded server adapters."""
