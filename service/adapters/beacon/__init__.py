"""Beacon adapters."""
