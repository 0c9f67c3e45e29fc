"""What the use cases need from the world, and nothing about who provides it."""

from service.usecases.ports.nights import Nights, Slots
from service.usecases.ports.outbox import Outbox
from service.usecases.ports.people import Answers, Directory, Offers, Registrations
from service.usecases.ports.unit import Ports, UnitOfWork
from service.usecases.ports.world import (
    Audit,
    Clock,
    PasswordKeeper,
    Pseudonymiser,
    Sealer,
)

__all__ = [
    "Answers",
    "Audit",
    "Clock",
    "Directory",
    "Nights",
    "Offers",
    "Outbox",
    "PasswordKeeper",
    "Ports",
    "Pseudonymiser",
    "Registrations",
    "Sealer",
    "Slots",
    "UnitOfWork",
]
