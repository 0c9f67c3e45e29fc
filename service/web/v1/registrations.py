"""Registrations over JSON: enter, follow, correct, withdraw, answer an offer."""

from fastapi import APIRouter, Response

from service.web.dependencies import AccessDep, CallsDep, IdempotencyKey
from service.web.kept import kept_as
from service.web.v1.nights import NightDate
from service.web.v1.registration_in import AmendmentIn, RegistrationIn
from service.web.v1.registration_out import AcknowledgementOut, RegistrationOut
from service.web.v1.responses import problems

router = APIRouter(prefix="/v1/registrations", tags=["Inscriptions"])


@router.post("", status_code=202, responses=problems(400, 409, 413, 415, 422))
async def create_registration(
    body: RegistrationIn, key: IdempotencyKey, calls: CallsDep
) -> AcknowledgementOut:
    """Enter one person; the registration stays valid until served or withdrawn.

    The hour of arrival gives no advantage: there is no need to hurry. Whoever is
    already registered gets the same answer; the truth goes to their own contact.
    """
    acknowledgement = await calls.register(body.to_command(calls.today), key)
    return AcknowledgementOut.of(acknowledgement, calls.ports.public_url)


@router.get("/{reference}", responses=problems(401, 404))
async def read_registration(access: AccessDep, calls: CallsDep) -> RegistrationOut:
    """Say where a registration stands: state, band and why, nights, offer.

    From its first night on, nights, offer, band and dates are told only to who has
    proved to read the recorded contact: the secret of a message's link is such a
    proof, and the secret of the acknowledgement tells them too once it was used.
    """
    return RegistrationOut.of(await calls.view(access))


@router.get(
    "/{reference}/lines/{held_on}",
    responses={
        200: {
            "description": "La ligne de cette inscription : enregistrement, nonce et"
            " chemin jusqu'à la racine publiée (draw-v1, § 7).",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        **problems(401, 404),
    },
    response_class=Response,
)
async def read_line(access: AccessDep, held_on: NightDate, calls: CallsDep) -> Response:
    """Prove that a registration took part in a published night, as it was."""
    line = await calls.line(access, held_on)
    return kept_as(f"ligne-{held_on}.json", line)


@router.get(
    "/{reference}/acknowledgement",
    responses={
        200: {
            "description": "L'accusé d'inscription, signé (Ed25519) : opposable.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        **problems(401, 404),
    },
    response_class=Response,
)
async def read_acknowledgement(access: AccessDep, calls: CallsDep) -> Response:
    """Sign what was acknowledged: received when, taking part from which night on.

    To who has proved to read the recorded contact, and to nobody else, it also gives
    the key of this registration's labels: keep it before the night, and for yourself.
    """
    signed = await calls.acknowledgement(access)
    return kept_as("accuse-d-inscription.json", signed)


@router.patch("/{reference}", responses=problems(400, 401, 404, 409, 413, 415, 422))
async def amend_registration(
    body: AmendmentIn, access: AccessDep, calls: CallsDep
) -> RegistrationOut:
    """Correct a registration; days waited are kept."""
    return RegistrationOut.of(await calls.amend(body.to_command(access, calls.today)))


@router.delete("/{reference}", status_code=204, responses=problems(401, 404, 409))
async def withdraw_registration(access: AccessDep, calls: CallsDep) -> Response:
    """End a registration; a place it holds returns to a later draw."""
    await calls.withdraw(access)
    return Response(status_code=204)


@router.post("/{reference}/offer/confirm", responses=problems(401, 404, 409))
async def confirm_offer(access: AccessDep, calls: CallsDep) -> RegistrationOut:
    """Accept the offered place; accepting twice changes nothing."""
    return RegistrationOut.of(await calls.confirm(access))


@router.post("/{reference}/offer/decline", responses=problems(401, 404, 409))
async def decline_offer(access: AccessDep, calls: CallsDep) -> RegistrationOut:
    """Give the offered place back to a later draw; the registration stays."""
    return RegistrationOut.of(await calls.decline(access))


@router.post("/{reference}/appointment/cancel", responses=problems(401, 404, 409))
async def cancel_appointment(access: AccessDep, calls: CallsDep) -> RegistrationOut:
    """Give a confirmed place back to a later draw; the registration stays."""
    return RegistrationOut.of(await calls.cancel(access))
