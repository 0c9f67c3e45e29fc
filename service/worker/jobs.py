"""What the bell sets going: everything that is due, in three loops.

They go on beside each other: a night never waits for the mail, nor a message for what
is tidied up.
"""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from service.usecases.helper.helper_batch import forget_batches
from service.usecases.helper.mandates import end_mandates
from service.usecases.helper.organisation_mail import send_organisation_mail
from service.usecases.message.send_messages import send_messages
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.end_subscription import tell_endings
from service.usecases.night.lapse_offers import lapse_offers, release_served
from service.usecases.night.plan_nights import plan_nights
from service.usecases.night.tell_witnesses import tell_witnesses
from service.usecases.person.access_code import queue_codes
from service.usecases.person.change_contact import change_contacts
from service.usecases.person.forget_access import forget_access
from service.usecases.person.forget_people import forget_people
from service.usecases.person.rekey_people import rekey_people
from service.usecases.ports import Ports
from service.usecases.public.publish_figures import publish_figures

log = structlog.get_logger()


class Part(Protocol):
    """Asks the database what is due, does it, and returns how much it did."""

    __name__: str

    def __call__(self, *, ports: Ports) -> Awaitable[int]:
        """Do it."""
        ...


async def _plan(*, ports: Ports) -> int:
    await plan_nights(ports=ports)
    return 0


NIGHTS: Final[Sequence[Part]] = (
    _plan,
    rekey_people,  # before a freeze: nobody stands twice in a pool
    lapse_offers,
    release_served,
    end_mandates,
    advance_nights,
    tell_witnesses,
    tell_endings,
)
MESSAGES: Final[Sequence[Part]] = (
    change_contacts,
    queue_codes,
    send_messages,
    send_organisation_mail,
)
UPKEEP: Final[Sequence[Part]] = (
    forget_batches,
    forget_access,
    forget_people,
    publish_figures,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of one turn: how much was done, and what went wrong meanwhile."""

    done: int
    errors: tuple[Exception, ...]


async def take_turn(parts: Sequence[Part], *, ports: Ports) -> Turn:
    """Do what is due of these parts, in their order.

    One that fails is logged and does not keep the others from their turn.
    """
    done = 0
    errors: list[Exception] = []
    for part in parts:
        try:
            done += await part(ports=ports)
        except Exception as error:
            log.exception("part failed", part=part.__name__)
            errors.append(error)
    return Turn(done, tuple(errors))


async def do_what_is_due(*, ports: Ports) -> int:
    """Do what all three loops do, once, one after the other; returns what was done.

    A night whose last message just left is notified at the end, not at the next call.

    Raises:
        ExceptionGroup: What went wrong, once everything had its turn.
    """
    everything: Sequence[Part] = (*NIGHTS, *MESSAGES, *UPKEEP, advance_nights)
    turn = await take_turn(everything, ports=ports)
    if turn.errors:
        raise ExceptionGroup("not everything that is due could be done", turn.errors)
    return turn.done
