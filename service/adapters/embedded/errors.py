"""What can go wrong with an embedded server, in words for the person starting it."""


class EmbeddedServerError(Exception):
    """An embedded server cannot be had; the message says what to do, in one line."""
