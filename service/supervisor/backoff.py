"""How long to wait before starting again what has died. Pure."""

from dataclasses import dataclass

FIRST_S = 0.2
LONGEST_S = 10.0
HEALTHY_S = 30.0


@dataclass(frozen=True, slots=True)
class Backoff:
    """The wait doubles with each early death and starts over after a healthy run."""

    wait_s: float = FIRST_S

    def after(self, ran_for_s: float) -> tuple[float, "Backoff"]:
        """The wait for now, and what to ask next time."""
        wait_s = FIRST_S if ran_for_s >= HEALTHY_S else self.wait_s
        return wait_s, Backoff(min(wait_s * 2, LONGEST_S))
