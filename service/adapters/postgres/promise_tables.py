"""The table of promises, in the same schema as those of ``tables``."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    LargeBinary,
    Table,
    Uuid,
)

from service.adapters.postgres.tables import INSTANT, metadata

promise = Table(
    "promise",
    metadata,
    Column("registration_id", Uuid, ForeignKey("registration.id"), primary_key=True),
    Column("said", LargeBinary, nullable=False),
    Column("sealed_label_key", LargeBinary),
    Column("first_label_on", Date, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    Column("signature", LargeBinary),
    Column("signature_with_key", LargeBinary),
    CheckConstraint("octet_length(signature) = 96", name="signature_96"),
    CheckConstraint(
        "octet_length(signature_with_key) = 96", name="signature_with_key_96"
    ),
)
"""What was acknowledged. Triggers refuse every change but three: a first signature of
each version, and the key's erasure once its person's identity was erased."""
