"""Simulated actors: what each one can do, and where each number comes from.

Nothing here moves: an actor is a record of abilities; the engine plays it.
(``agent`` means prefecture staff everywhere else in this repository.)
"""
