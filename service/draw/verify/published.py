"""Everything a transcript can be asked.

Source: ``spec/draw-v1.md`` sections 1 to 7.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from typing import Any, Final, TypeAlias

from service.draw.canonical import RefusedInputError
from service.draw.verify import ed25519, hashing, rounds
from service.draw.verify.check import (
    DifferenceError,
    NotMadeError,
    same,
    same_for_all,
    shown,
)
from service.draw.verify.night import Night, decide
from service.draw.verify.reading import check_pool

CheckSignature: TypeAlias = ed25519.CheckSignature
CheckBeacon: TypeAlias = Callable[[str, int, str], bytes]

SIGNED_PREFIX: Final = b"tour-de-role/draw/1/commitment/"


class Published:
    """A transcript, and what was computed from it.

    Each ``look_at_`` returns what it found, or raises ``DifferenceError`` or
    ``NotMadeError``.

    Attributes:
        found: The transcript.
        digest: Its commitment's digest.
        unruly: What is wrong with the pool, if anything.
    """

    def __init__(self, found: Mapping[str, Any]) -> None:
        """Take a transcript of the right shape."""
        self.found = found
        self.digest = hashing.sha256_of(found["commitment"])
        self.unruly: str | None = None
        if "pool" in found:
            try:
                check_pool(found["pool"])
            except RefusedInputError as error:
                self.unruly = str(error)

    @property
    def exists_from_s(self) -> int | None:
        """Unix time from which the round named exists, None where nobody knows."""
        named = self.found["commitment"]["beacon"]
        return rounds.exists_from_s(named["chain"], named["round"])

    @cached_property
    def tickets(self) -> Mapping[str, str]:
        """The tickets of all labels, computed."""
        if "pool" in self.found:
            labels = [row["label"] for row in self._pool()["registrations"]]
        else:
            labels = self.found["result"]["tickets"]
        randomness = self.found["beacon"]["randomness"]
        return hashing.tickets(labels, self.digest, randomness)

    @cached_property
    def night(self) -> Night:
        """The night, decided again."""
        return decide(self._pool(), self.tickets)

    def look_at_pool(self) -> str:
        """Does the pool keep every rule of section 1?"""
        if self.unruly is not None:
            raise DifferenceError(self.unruly)
        pool = self._pool()
        places = sum(slot["places"] for slot in pool["slots"])
        return f"{len(pool['registrations'])} registrations, {places} places"

    def look_at_commitment(self) -> str:
        """Is this the pool that was committed to?"""
        pool, commitment = self._pool(), self.found["commitment"]
        same(commitment["draw"], pool["draw"], "draw")
        for part in ("ruleset", "slots", "classes", "quotas"):
            computed = hashing.sha256_of(pool[part]).hex()
            same(commitment[f"{part}_sha256"], computed, f"{part}_sha256")
        count = len(pool["registrations"])
        same(commitment["registrations"]["count"], count, "count")
        return f"digest {self.digest.hex()}"

    def look_at_root(self) -> str:
        """Do the registrations make the committed root?"""
        committed = self.found["commitment"]["registrations"]
        leaves = self._leaves()
        same(committed["count"], len(leaves), "count")
        same(committed["root"], hashing.tree_root(leaves).hex(), "root")
        return f"{len(leaves)} leaves"

    def look_at_signature(self, holds: CheckSignature | None) -> str:
        """Is the commitment signed by the key shown?"""
        if holds is None:
            raise NotMadeError("nothing here can check Ed25519")
        signature = self.found["signature"]
        key, value = bytes.fromhex(signature["key"]), bytes.fromhex(signature["value"])
        if not ed25519.holds(holds, key, SIGNED_PREFIX + self.digest, value):
            raise DifferenceError(f"not a signature by key {key.hex()}")
        return f"by key {key.hex()}: compare it with the one the prefecture publishes"

    def look_at_order(self) -> str:
        """Was the round that decided named in the commitment, and is it of its night?

        Raises:
            DifferenceError: Another was, or it existed before the night's date began.
            NotMadeError: Nothing here knows when a round of that chain exists.
        """
        named, used = self.found["commitment"]["beacon"], self.found["beacon"]
        same(used["chain"], named["chain"], "chain")
        same(used["round"], named["round"], "round")
        said = f"round {named['round']} was named in the commitment"
        if self.exists_from_s is None:
            raise NotMadeError(f"{said}: when it exists, nothing here knows")
        draw = self.found["commitment"]["draw"]
        said = f"{said} and exists from {rounds.instant(self.exists_from_s)} on"
        if not rounds.is_of_night(self.exists_from_s, draw=draw, chain=named["chain"]):
            raise DifferenceError(f"{said}: before the night {shown(draw)}")
        return said

    def look_at_randomness(self) -> str:
        """Is the randomness the hash of the round's signature?"""
        beacon = self.found["beacon"]
        computed = sha256(bytes.fromhex(beacon["signature"])).hexdigest()
        same(beacon["randomness"], computed, "randomness")
        return "the SHA-256 of the round's signature"

    def look_at_beacon(self, randomness_of: CheckBeacon | None) -> str:
        """Did that chain sign that round so?"""
        beacon = self.found["beacon"]
        chain, number = beacon["chain"], beacon["round"]
        if chain.startswith("local/"):
            if not hashing.local_round_holds(chain, number, beacon["signature"]):
                raise DifferenceError("not that round's value in this local chain")
            return "a local chain, for demonstration: its maker knew every round"
        if randomness_of is None:
            raise NotMadeError("nothing here can check this chain's signatures")
        try:
            given = randomness_of(chain, number, beacon["signature"])
        except LookupError:
            raise NotMadeError(f"unknown chain {shown(chain)}") from None
        except ValueError:
            raise DifferenceError("not that round's signature") from None
        same(beacon["randomness"], given.hex(), "randomness")
        return f"round {number} of {shown(chain)}"

    def look_at_tickets(self) -> str:
        """Does every label have its ticket, and nobody else one?"""
        same_for_all(self.found["result"]["tickets"], self.tickets)
        return f"{len(self.tickets)} tickets"

    def look_at_counts(self) -> str:
        """Is every registration answered exactly once?"""
        result = self.found["result"]
        served = [given["label"] for given in result["allocations"]]
        left = [one["label"] for one in result["unserved"]]
        count = self.found["commitment"]["registrations"]["count"]
        same(served, sorted(set(served)), "allocations by label")
        same(left, sorted(set(left)), "unserved by label")
        same(sorted(served + left), sorted(result["tickets"]), "labels answered")
        same(count, len(served + left), "count")
        return f"{len(served)} served, {len(left)} not, of {count}"

    def look_at_served(self) -> str:
        """Is everyone served who should be, and through the right pass?"""
        night = self.night
        published = {
            given["label"]: (given["tier"], given["through"])
            for given in self.found["result"]["allocations"]
        }
        same_for_all(published, night.served)
        return f"{len(published)} served, each in its tier and through its pass"

    def look_at_dates(self) -> str:
        """Does everyone served have the right slot?"""
        night = self.night
        published = {
            given["label"]: given["slot"]
            for given in self.found["result"]["allocations"]
        }
        same_for_all(published, night.given)
        return f"{len(published)} slots, each the first that could be had"

    def look_at_reasons(self) -> str:
        """Is everyone else told the right reason?"""
        reasons = self.night.reasons()
        computed = [
            {"label": label, "reason": reasons[label]} for label in sorted(reasons)
        ]
        same(self.found["result"]["unserved"], computed, "unserved")
        return f"{len(computed)} reasons"

    def look_at_free(self) -> str:
        """Are the places left those that are left?"""
        left = self.night.places
        computed = [
            {"slot": slot["slot"], "places": left[slot["slot"]]}
            for slot in self._pool()["slots"]
            if left[slot["slot"]]
        ]
        same(self.found["result"]["free"], computed, "free")
        return f"{sum(left.values())} places"

    def _pool(self) -> Mapping[str, Any]:
        if "pool" not in self.found:
            raise NotMadeError("this reduced transcript has no pool")
        if self.unruly is not None:
            raise NotMadeError("the pool is not valid")
        pool: Mapping[str, Any] = self.found["pool"]
        return pool

    def _leaves(self) -> Sequence[bytes]:
        if "leaves" in self.found:
            return [bytes.fromhex(leaf) for leaf in self.found["leaves"]]
        rows, nonces = self._pool()["registrations"], self.found["nonces"]
        same(sorted(nonces), [row["label"] for row in rows], "labels of the nonces")
        return [hashing.leaf(row, nonces[row["label"]]) for row in rows]
