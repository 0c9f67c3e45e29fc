"""Nights against the commitments that somebody outside received and kept.

A transcript cannot say when its commitment was published, and a night that was never
published says nothing at all. Whoever received the commitments before their rounds
existed can tell both. When one came is for its keeper to say, and only what the
prefecture's key signed says anything about the prefecture.

Source: ``spec/draw-v1.md`` section 2 (outside witnesses).
"""

from collections.abc import Callable, Iterable

from service.draw.verify import ed25519, hashing
from service.draw.verify.chain import Link, link_between
from service.draw.verify.check import Check, DifferenceError, NotMadeError, look
from service.draw.verify.ed25519 import CheckSignature
from service.draw.verify.published import SIGNED_PREFIX
from service.draw.verify.reading import NotATranscriptError, read_statement
from service.draw.verify.rounds import instant


def read_kept(kept: Iterable[object], check_signature: CheckSignature) -> list[Link]:
    """Read signed commitments as witnesses receive them, of any nights.

    Raises:
        NotATranscriptError: One has not the right shape, or nobody signed it.
    """
    links: list[Link] = []
    for one in kept:
        found = read_statement(one)
        key, value = (bytes.fromhex(found["signature"][it]) for it in ("key", "value"))
        message = SIGNED_PREFIX + hashing.sha256_of(found["commitment"])
        link = link_between(found["commitment"], key.hex())
        if not ed25519.holds(check_signature, key, message, value):
            why = f"nobody signed this commitment of {link.draw}"
            raise NotATranscriptError("signature", why)
        links.append(link)
    return links


def verify_kept(kept: Iterable[Link], night: Link) -> Check:
    """Check a night's commitment against those that were kept.

    Args:
        kept: As ``read_kept`` returns them, of any nights.
        night: What was published for one, a transcript or an annulment.

    Returns:
        The check ``witness``: *passed* when the one kept for this night is the same,
        *failed* when its key signed another one, *not made* when none was kept, or
        one that another key signed: whose that is, only the keys published tell.
    """
    of_night = [one for one in kept if _name(one) == _name(night)]
    return look("witness", lambda: _witness(night, of_night))


def _witness(night: Link, kept: list[Link]) -> str:
    others = {one.digest for one in kept if one.key == night.key} - {night.digest}
    if others:
        named = ", ".join(sorted(others))
        raise DifferenceError(
            f"{named} was kept for this night, not only {night.digest}"
        )
    foreign = sorted({one.key for one in kept} - {night.key})
    if foreign:
        raise NotMadeError(_look_for(foreign))
    if not kept:
        raise NotMadeError(f"no commitment was kept for {night.draw}")
    return (
        f"{night.digest} was kept: whoever kept it can say whether it came before "
        f"{instant(night.exists_from_s)}"
    )


def verify_withheld(
    kept: Iterable[Link], nights: Iterable[Link], *, now_s: float
) -> Check:
    """Check that every commitment kept became a night that was published.

    Args:
        kept: As ``read_kept`` returns them, of any nights.
        nights: Those published, of one or several prefectures. What was kept of a
            prefecture that is not among them, or of days before its first one here,
            is not asked about.
        now_s: Unix time: a night whose round is still to come withholds nothing.

    Returns:
        The check ``withheld``: *failed* when a commitment signed by a key of these
        nights has no night here; *not made* when the key is another one, the round
        lies ahead, or none was kept; else *passed*.
    """
    chains: dict[str, list[Link]] = {}
    for night in nights:
        chains.setdefault(night.prefecture, []).append(night)
    asked = [
        one
        for one in sorted(set(kept))
        if one.prefecture in chains
        and one.day >= min(night.day for night in chains[one.prefecture])
    ]
    answered = {_name(night) for chain in chains.values() for night in chain}
    missing = [one for one in asked if _name(one) not in answered]
    keys = {name: {night.key for night in chain} for name, chain in chains.items()}
    return look("withheld", _withheld(asked, missing, keys, now_s))


def _withheld(
    asked: list[Link], missing: list[Link], keys: dict[str, set[str]], now_s: float
) -> Callable[[], str]:
    def finding() -> str:
        ahead = [one for one in missing if (one.exists_from_s or 0) > now_s]
        due = [one for one in missing if one not in ahead]
        accused = [one for one in due if one.key in keys[one.prefecture]]
        if accused:
            raise DifferenceError(f"{_told(accused)}: promised, and no night here")
        if due:
            raise NotMadeError(
                f"{_told(due)}: {_look_for(sorted({o.key for o in due}))}"
            )
        if ahead:
            raise NotMadeError(f"{_told(ahead)}: still to come")
        if not asked:
            raise NotMadeError("no commitment was kept of these days")
        return f"{len(asked)} commitments kept, and a night here for each"

    return finding


def _name(one: Link) -> tuple[str, str]:
    return one.prefecture, one.day


def _told(nights: list[Link]) -> str:
    said = [f"{one.draw} (round of {instant(one.exists_from_s)})" for one in nights]
    return ", ".join(dict.fromkeys(said))


def _look_for(keys: list[str]) -> str:
    return f"signed by {', '.join(keys)}: look for it in the keys published"
