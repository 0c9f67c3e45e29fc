"""Starts everything a whole service needs, restarts what dies, stops all of it."""
