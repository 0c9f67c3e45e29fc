"""A chain of nights: each commitment names the one before.

One transcript proves nothing about the nights around it. Several of the same
prefecture, in whatever order they are given, show whether one was left out, changed
afterwards, exchanged with another, or promised twice.

Source: ``spec/draw-v1.md`` section 2 (``previous``); mechanism.md § 8 ("withholding a
night": a visible gap in ``previous``).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.draw.verify import hashing, rounds
from service.draw.verify.check import Check, DifferenceError, NotMadeError, look, shown
from service.draw.verify.reading import read_transcript


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """What a chain needs of one night; ordered by prefecture, then day.

    Attributes:
        prefecture: Before the last ``/`` of the draw's name.
        day: After it.
        digest: Of the commitment, in hex.
        previous: The digest that it names, or nothing.
        key: That signed it, in hex.
        exists_from_s: Unix time from which its round exists, None where nobody knows.
    """

    prefecture: str
    day: str
    digest: str
    previous: str
    key: str
    exists_from_s: int | None = field(default=None, compare=False)

    @property
    def draw(self) -> str:
        """The night's own name, on one short line."""
        return shown(f"{self.prefecture}/{self.day}" if self.prefecture else self.day)


def link_of(transcript: object) -> Link:
    """Keep of a transcript what its chain is made of.

    Raises:
        NotATranscriptError: The value is not a transcript.
    """
    found: Mapping[str, Any] = read_transcript(transcript)
    return link_between(found["commitment"], found["signature"]["key"])


def link_between(commitment: Mapping[str, Any], key: str) -> Link:
    """Keep of a commitment of the right shape what its chain is made of."""
    prefecture, _, day = commitment["draw"].rpartition("/")
    return Link(
        prefecture=prefecture,
        day=day,
        digest=hashing.sha256_of(commitment).hex(),
        previous=commitment["previous"] or "",
        key=key,
        exists_from_s=rounds.exists_from_s(
            commitment["beacon"]["chain"], commitment["beacon"]["round"]
        ),
    )


def verify_chain(links: Iterable[Link]) -> list[Check]:
    """Check that nights follow one another, prefecture by prefecture.

    Pure; the order in which nights are given, and copies of the same night (full and
    reduced, say), change nothing.

    Args:
        links: Of any number of nights, of one or several prefectures.

    Returns:
        For each different commitment, by prefecture and day, a check ``previous``: of
        a prefecture's first night *not made* when it names one that is not here. Then
        one check ``keys``: *passed* when one key signed them all, else *not made*,
        since only the list of keys published can tell.
    """
    signed = sorted(set(links))
    nights = sorted({night.digest: night for night in signed}.values())
    checks: list[Check] = []
    for prefecture in dict.fromkeys(night.prefecture for night in nights):
        chain = [night for night in nights if night.prefecture == prefecture]
        at = {night.digest: position for position, night in enumerate(chain)}
        checks += [look("previous", _step(chain, at, i)) for i in range(len(chain))]
    return [*checks, look("keys", _keys(signed))]


def _step(
    chain: Sequence[Link], at: Mapping[str, int], position: int
) -> Callable[[], str]:
    """Return the finding about one night and the one that it names."""
    night = chain[position]

    def finding() -> str:
        twins = [one for one in chain if one.day == night.day]
        if len(twins) > 1:
            raise DifferenceError(f"{night.draw}: {len(twins)} different commitments")
        if position == 0:
            return _beginning(night)
        before = chain[position - 1]
        if night.previous == before.digest:
            return f"{night.draw} names {before.draw}"
        if not night.previous:
            why = f"names no night before it, and {before.draw} is one"
        elif night.previous not in at:
            why = f"does not name {before.draw}: one between is missing, or was changed"
        elif at[night.previous] > position:
            why = f"names {chain[at[night.previous]].draw}, which comes after it"
        else:
            why = f"names {chain[at[night.previous]].draw}, and not {before.draw}"
        raise DifferenceError(f"{night.draw} {why}")

    return finding


def _beginning(night: Link) -> str:
    if night.previous:
        raise NotMadeError(f"{night.draw} names a night before it: not among these")
    return f"{night.draw} is the first night of its chain"


def _keys(signed: Sequence[Link]) -> Callable[[], str]:
    keys = dict.fromkeys(night.key for night in signed)

    def finding() -> str:
        if len(keys) != 1:
            raise NotMadeError(
                f"{len(keys)} keys signed these nights: compare them with those that "
                f"the prefecture publishes: {', '.join(keys)}"
            )
        return f"all {len(signed)} signed by {next(iter(keys))}"

    return finding
