"""The doors through which a registration arrives. They are counted, never weighed."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How a registration arrived.

    It is kept for the published shares and for nothing else: no field of the freeze
    or of the draw can hold it (``tests/integration/test_channels.py``).
    """

    WEB = "web"
    API = "api"
    PHONE = "phone"
    DESK = "desk"
    PAPER = "paper"
    MAIL = "mail"
    HELPER = "helper"
    CALLED = "called"


BY_AN_AGENT = (Channel.DESK, Channel.PHONE, Channel.PAPER, Channel.MAIL)
"""Doors at which an agent writes what somebody says, shows or sent."""
