"""What messages a world has sent, and rows to send in tests."""

from service.domain.contact import Contact
from service.usecases.records import NewOutboxRow
from tests.world import World

PHONE = "+33639980000"
BOTH = Contact.parse(email="p1@example.org", phone=PHONE, language="fr")
PHONE_ONLY = Contact.parse(email=None, phone=PHONE, language="fr")


def subjects(world: World, address: str = "p1@example.org") -> list[str]:
    return [mail.subject for mail in world.mailbox.to(address)]


def texted(world: World, number: str = PHONE) -> list[str]:
    return [message.text for message in world.telephones.to(number)]


async def fill(world: World, kind: str, count: int, number: int = 1) -> None:
    """Put rows of one kind into the outbox, each for a cause of its own."""
    async with world.ports.open_uow() as uow:
        key = world.ports.pseudonymiser.key(world.person(number).identity)
        record = await uow.registrations.live_of(key, "isere", "renouvellement-titre")
        assert record is not None
        now = world.clock.now()
        await uow.outbox.add(
            NewOutboxRow(
                once=f"{kind}:{at}:{now.isoformat()}",
                kind=kind,
                registration_id=record.id,
                available_at=now,
            )
            for at in range(count)
        )
        await uow.commit()
