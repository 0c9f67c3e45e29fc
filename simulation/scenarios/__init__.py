"""Scenarios: one TOML file per episode, with its sources and its limits."""
