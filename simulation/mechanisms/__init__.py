"""The rules under test: what happens between a place and a person."""
