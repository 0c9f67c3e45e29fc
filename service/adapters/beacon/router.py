"""New rounds from one beacon; old ones from the chain that their commitment names."""

from collections.abc import Mapping
from datetime import datetime

from service.adapters.beacon.check import check_round
from service.usecases.ports.evidence import Beacon
from service.usecases.records import RoundName, RoundValue


class BeaconRouter:
    """See `service.usecases.ports.Beacon`.

    A service that moves from one beacon to another finishes, and checks for ever, the
    nights that were committed before.
    """

    def __init__(self, beacons: Mapping[str, Beacon], *, named_by: str) -> None:
        """Take the beacons.

        Args:
            beacons: By the first word of their chains' names: ``local``, ``drand``.
            named_by: The one that names the rounds of new commitments.
        """
        self._beacons = dict(beacons)
        self._named_by = self._beacons[named_by]

    @property
    def served(self) -> frozenset[str]:
        """The first words of the chains whose rounds can be fetched here."""
        return frozenset(self._beacons)

    async def name_round(self, not_before: datetime) -> RoundName:
        """Name the first round after ``not_before`` that still lies ahead."""
        return await self._named_by.name_round(not_before)

    async def fetch(self, chain: str, beacon_round: int) -> RoundValue | None:
        """Return that very round, checked, or None while it does not exist.

        Raises:
            LookupError: Nothing here serves that chain.
        """
        return await self._beacons[chain.partition("/")[0]].fetch(chain, beacon_round)

    def check(self, chain: str, beacon_round: int, signature: str) -> bytes:
        """Return the randomness that a signature proves, whatever the chain."""
        return check_round(chain, beacon_round, signature)
