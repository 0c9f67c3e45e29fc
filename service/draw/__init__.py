"""The public draw, version 1: imports the standard library and service.domain."""

from service.draw import allocate, tickets
from service.draw.model import Pool
from service.draw.outcome import Outcome


def draw(pool: Pool, commitment_digest: bytes, randomness: bytes) -> Outcome:
    """Decide who is offered a place tonight.

    Pure: equal arguments give equal outcomes on every machine and Python
    version.

    Args:
        pool: The frozen pool.
        commitment_digest: 32 bytes, the digest of what was published before.
        randomness: 32 bytes of the beacon round named there.

    Returns:
        An answer for each registration, and the places left.

    Source:
        ``spec/draw-v1.md`` sections 3 to 6.
    """
    labels = [entry.label for entry in pool.entries]
    drawn = tickets.tickets_for(labels, commitment_digest, randomness)
    return allocate.allocate(pool, drawn)
