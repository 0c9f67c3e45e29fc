"""What a helper does in a person's name: each act asks the mandate for its scope.

These are the person's own use cases; the mandate stands in for the code.
"""

from dataclasses import replace

from service.domain.help_errors import MandateMissingError
from service.domain.mandate import Scope
from service.usecases.commands import AmendRegistration, MandateAccess
from service.usecases.helper.open_under_mandate import VIEWED
from service.usecases.person.amend_registration import amend_registration
from service.usecases.person.answer_offer import (
    cancel_appointment,
    confirm_offer,
    decline_offer,
)
from service.usecases.person.view_registration import view_registration
from service.usecases.ports import Ports
from service.usecases.records.mandates import HelperRecord
from service.usecases.views import RegistrationView


async def view_as_helper(
    helper: HelperRecord, reference: str, *, ports: Ports
) -> RegistrationView:
    """Show a registration; the look is noted in the person's log once a day.

    Raises:
        UnknownResourceError, MandateMissingError: See ``opened_under_mandate``.
    """
    access = _access(helper, reference, Scope.FOLLOW, VIEWED)
    return await view_registration(access, ports=ports)


async def correct_as_helper(
    helper: HelperRecord, command: AmendRegistration, *, ports: Ports
) -> RegistrationView:
    """Correct places, days, papers or people; never how the person is reached.

    Raises:
        MandateMissingError: The contact would change: only the person does that.
        UnknownResourceError, RegistrationNotLiveError: As for the person.
    """
    if command.contact is not None:
        raise MandateMissingError("contact")
    access = _access(helper, command.access.reference, Scope.CORRECT, "corrected")
    return await amend_registration(replace(command, access=access), ports=ports)


async def confirm_as_helper(
    helper: HelperRecord, reference: str, *, ports: Ports
) -> RegistrationView:
    """Confirm the offered place.

    Raises:
        OfferNotOpenError: As for the person.
        UnknownResourceError, MandateMissingError: See ``opened_under_mandate``.
    """
    access = _access(helper, reference, Scope.ANSWER, "confirmed")
    return await confirm_offer(access, ports=ports)


async def decline_as_helper(
    helper: HelperRecord, reference: str, *, ports: Ports
) -> RegistrationView:
    """Decline the offered place: it goes to a later night, never to a click.

    Raises:
        OfferNotOpenError: As for the person.
        UnknownResourceError, MandateMissingError: See ``opened_under_mandate``.
    """
    access = _access(helper, reference, Scope.ANSWER, "declined")
    return await decline_offer(access, ports=ports)


async def cancel_as_helper(
    helper: HelperRecord, reference: str, *, ports: Ports
) -> RegistrationView:
    """Give a confirmed place back.

    Raises:
        OfferNotOpenError: As for the person.
        UnknownResourceError, MandateMissingError: See ``opened_under_mandate``.
    """
    access = _access(helper, reference, Scope.ANSWER, "cancelled")
    return await cancel_appointment(access, ports=ports)


def _access(
    helper: HelperRecord, reference: str, scope: Scope, act: str
) -> MandateAccess:
    return MandateAccess(
        reference=reference,
        helper_id=helper.id,
        organisation_id=helper.organisation_id,
        scope=scope,
        act=act,
    )
