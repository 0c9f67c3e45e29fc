"""What is said to the engineer on call: what happened, and what to do now.

In English, as the command line and the log are: never shown to people.
"""

from typing import Final

from service.domain.night import wall_of
from service.usecases.night.watch_nights import UNDRAWN, Trouble, Watched

WELL: Final = "every night is where it should be"

_SAID: Final = {
    Trouble.STOPPED: "stopped by a check ({because}); nothing was announced",
    Trouble.BLOCKED: (
        "IS BLOCKED: the night of {because} is neither drawn nor annulled, and nobody "
        "is drawn before it is"
    ),
    Trouble.UNWITNESSED: "had no witness: nobody had its commitment before its round",
    Trouble.LATE: "was due and stands still: the worker does not run or cannot work",
    Trouble.ROUND_LATE: "waits for its beacon round, which has not come",
}
_DO: Final = {
    Trouble.BLOCKED: (
        "mend the earlier night: this one freezes by itself once that one is drawn, or "
        "annulled in public"
    ),
    Trouble.LATE: (
        "look whether 'python -m service.worker' runs and what it logs; "
        "'tourderole tick' does once whatever is due, as often as you like"
    ),
    Trouble.UNWITNESSED: (
        "set TDR_WITNESS_DIR to a place that somebody else holds, or subscribe an "
        "auditor under /agents/controleurs; last_error of witness_delivery says what "
        "failed; it is well again with the next night that somebody had in time"
    ),
    Trouble.ROUND_LATE: (
        "look whether this machine reaches the addresses of TDR_BEACON_RELAYS; the "
        "night takes this very round as soon as it comes and goes on by itself: "
        "choose no other number, tell nobody a result"
    ),
    Trouble.MESSAGES_LATE: (
        "look at TDR_SMTP_HOST and TDR_SMS_URL and at last_error of the outbox; "
        "messages leave by themselves once the carrier answers, and no place lapses "
        "before its message was handed over"
    ),
    Trouble.OFFERS_OVERDUE: (
        "look whether 'python -m service.worker' runs, and for 'offer did not lapse' "
        "in its log; 'tourderole tick' tries each of them again and says what fails"
    ),
}
_DO_STOPPED: Final = {
    "PoolChangedError": (
        "the stored pool is not the one that was committed to: rows were changed after "
        "the freeze. Keep a copy of the database, run 'tourderole audit', bring the "
        "rows back, as the owner of the tables, from the backup of that evening; then "
        "'tourderole resume'"
    ),
    "PlaceTakenError": (
        "a frozen place was taken before the draw. Run 'tourderole audit', find who "
        "withdrew it or gave it away by hand, give it back; then 'tourderole resume'"
    ),
    "ReplayMismatchError": (
        "the rows are not what the draw gives when it is redone. Keep a copy of the "
        "database, run 'tourderole audit', find who changed them; then "
        "'tourderole resume'"
    ),
}


_OR_ANNUL: Final = (
    ". The next night waits until then; what cannot be mended is given up in public "
    "with 'tourderole night annul', and everybody reads why"
)


def said_of(watched: Watched) -> str:
    """Return one sentence: which night, and what happened to it."""
    if watched.trouble is Trouble.MESSAGES_LATE:
        return f"{watched.count} messages could not be handed over so far"
    if watched.trouble is Trouble.OFFERS_OVERDUE:
        return f"{watched.count} offers whose hour has passed still hold their places"
    since = f" since {wall_of(watched.since):%d/%m %H:%M}" if watched.since else ""
    said = _SAID[watched.trouble].format(because=watched.because)
    return (
        f"the night {watched.prefecture}/{watched.held_on} ({watched.state}) "
        f"{said}{since} (Paris)"
    )


def to_do(watched: Watched) -> str:
    """Return what the engineer does now."""
    if watched.trouble is Trouble.STOPPED:
        do = _DO_STOPPED.get(
            watched.because or "",
            "read the log of the worker at that minute; once the cause is mended, "
            "'tourderole resume'",
        )
        return f"{do}{_OR_ANNUL}" if watched.state in UNDRAWN else do
    return _DO[watched.trouble]
