"""The drawing of the first page: one dot an hour, and the hour of the draw."""

from dataclasses import dataclass
from datetime import time
from math import cos, pi, sin

HOURS = 24


@dataclass(frozen=True, slots=True)
class Sky:
    """Where dots, moon and its label stand, in a drawing of 480 by 262."""

    dots: tuple[tuple[int, int], ...]
    moon: tuple[int, int]
    label: tuple[int, int]


def sky_at(hour: time) -> Sky:
    """Draw a day as an arc from midnight to midnight, with the moon at ``hour``."""
    dots = tuple(_place(at) for at in range(HOURS) if at != hour.hour)
    x, y = _place(hour.hour)
    return Sky(dots, (x, y), (x - 32, y + 28))


def _place(hour: int) -> tuple[int, int]:
    angle = pi * hour / (HOURS - 1)
    return round(240 - 200 * cos(angle)), round(211 - 187 * sin(angle))
