"""What the bell sets going: everything that is due, in the order of the night."""

import structlog

from service.usecases.helper.helper_batch import forget_batches
from service.usecases.helper.mandates import end_mandates
from service.usecases.helper.organisation_mail import send_organisation_mail
from service.usecases.message.send_messages import send_messages
from service.usecases.night.advance_nights import advance_nights
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


async def do_what_is_due(*, ports: Ports) -> int:
    """Plan, lapse, advance, send, and advance again; returns what was done.

    Each part asks the database what is due; one that fails does not keep the others
    from their turn.

    Raises:
        ExceptionGroup: What went wrong, once everything had its turn.
    """
    done = 0
    errors: list[Exception] = []
    for part in (
        _plan,
        rekey_people,
        lapse_offers,
        release_served,
        end_mandates,
        forget_batches,
        advance_nights,
        tell_witnesses,
        send_organisation_mail,
        change_contacts,
        queue_codes,
        send_messages,
        forget_access,
        forget_people,
        publish_figures,
    ):
        try:
            done += await part(ports=ports)
        except Exception as error:
            log.exception("part failed", part=part.__name__)
            errors.append(error)
    done += await _finish(errors, ports=ports)
    if errors:
        raise ExceptionGroup("not everything that is due could be done", errors)
    return done


async def _plan(*, ports: Ports) -> int:
    await plan_nights(ports=ports)
    return 0


async def _finish(errors: list[Exception], *, ports: Ports) -> int:
    """A night whose last message just left is notified now, not in a minute."""
    try:
        return await advance_nights(ports=ports)
    except Exception as error:
        errors.append(error)
        return 0
