"""A night against the commitments that somebody outside received and kept.

A transcript cannot say when its commitment was published. Whoever received it before
the round existed can: this tells whether it is that very one. The day on which it came
is for its keeper to say.

Source: ``spec/draw-v1.md`` section 2 (outside witnesses).
"""

from collections.abc import Iterable

from service.draw.verify import hashing
from service.draw.verify.check import Check, DifferenceError, NotMadeError, look, shown
from service.draw.verify.reading import read_statement, read_transcript


def verify_kept(kept: Iterable[object], transcript: object) -> Check:
    """Check a night's commitment against those that were kept.

    Args:
        kept: Signed commitments as witnesses receive them, of any nights.
        transcript: The night's transcript, full or reduced.

    Returns:
        The check ``witness``: *passed* when the one kept for this night is the same,
        *failed* when another one was, *not made* when none was.

    Raises:
        NotATranscriptError: The one or the other has not the right shape.
    """
    night = read_transcript(transcript)["commitment"]
    commitments = [read_statement(one)["commitment"] for one in kept]
    digests = {
        hashing.sha256_of(one).hex()
        for one in commitments
        if one["draw"] == night["draw"]
    }
    own = hashing.sha256_of(night).hex()

    def finding() -> str:
        if not digests:
            raise NotMadeError(f"no commitment was kept for {shown(night['draw'])}")
        if digests != {own}:
            others = ", ".join(sorted(digests - {own}))
            raise DifferenceError(f"{others} was kept for this night, not only {own}")
        return f"{own} was kept: when it came, whoever kept it can say"

    return look("witness", finding)
