"""Rows as the use cases see them: plain values between ports and decisions.

A record mirrors what is stored; sealed columns stay sealed until a use case
opens them for the person they belong to.
"""

from service.usecases.records.evidence import (
    AuditorRecord,
    DeliveryRecord,
    DueDelivery,
    ExpectedWitness,
    KeyRecord,
    RoundName,
    RoundValue,
    SignedStatement,
)
from service.usecases.records.messages import (
    Attachment,
    DueMessage,
    Mail,
    NewOutboxRow,
    TextMessage,
)
from service.usecases.records.nights import (
    DrawnEntry,
    EntryRecord,
    FrozenEntry,
    NightRecord,
    NightSummary,
    PackedTranscript,
    SlotRecord,
)
from service.usecases.records.people import (
    AgentRecord,
    AnswerRecord,
    CalledOffer,
    NewOffer,
    OfferRecord,
    RegistrationRecord,
    SiteRecord,
    StandingRow,
)

__all__ = [
    "AgentRecord",
    "AnswerRecord",
    "Attachment",
    "AuditorRecord",
    "CalledOffer",
    "DeliveryRecord",
    "DrawnEntry",
    "DueDelivery",
    "DueMessage",
    "EntryRecord",
    "ExpectedWitness",
    "FrozenEntry",
    "KeyRecord",
    "Mail",
    "NewOffer",
    "NewOutboxRow",
    "NightRecord",
    "NightSummary",
    "OfferRecord",
    "PackedTranscript",
    "RegistrationRecord",
    "RoundName",
    "RoundValue",
    "SignedStatement",
    "SiteRecord",
    "SlotRecord",
    "StandingRow",
    "TextMessage",
]
