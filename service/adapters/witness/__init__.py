"""Witness adapters."""
