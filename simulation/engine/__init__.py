"""The engine: seconds of a release, nights of a draw, days of a life."""
