"""Codes and links, as their person reads them in a message."""

from service.usecases.commands import Access
from service.usecases.message.send_messages import send_messages
from service.usecases.person.access_code import Asked, queue_codes
from service.words.i18n import typeset
from tests.world import World

ISERE = "isere"


def asked(access: Access) -> Asked:
    return Asked(prefecture=ISERE, reference=access.reference)


async def sent(world: World, subject: str) -> list[str]:
    await queue_codes(ports=world.ports)
    await send_messages(ports=world.ports)
    return [m.text for m in world.mailbox.sent if m.subject == typeset(subject)]


async def code_in(world: World) -> str:
    text = (await sent(world, "Votre code pour ouvrir votre inscription"))[-1]
    lines = [line for line in text.splitlines() if line.replace(" ", "").isdecimal()]
    assert len(lines) == 1
    return lines[0]


def link_in(text: str, end: str = "") -> str:
    [found] = [
        line for line in text.splitlines() if "/a/" in line and line.endswith(end)
    ][:1]
    return found.removesuffix(end).rpartition("/")[2]
