"""Find a person, their offers and their pairs without reading whole tables.

The questions were measured on two hundred thousand registrations: who asks for a code
without being known (57 ms), which contacts change now (54 ms, each minute), which offer
a page is about (10 ms). Nobody writes while these indexes are built, as with those of
0016: ``CONCURRENTLY`` would leave the one transaction in which migrations take turns.
Besides, a slot, hours and a ready permit stand at a site that exists, and a claim has a
ground and an answer that are known.

Compatibility with the previous release: an index changes no answer; it writes sites of
its own prefecture only, takes none away, and the same grounds and answers.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_registration_person", "registration", ["applicant_key", "prefecture"], None),
    (
        "ix_registration_new_contact",
        "registration",
        ["new_contact_from"],
        "new_contact_from IS NOT NULL",
    ),
    (
        "ix_registration_joined_to",
        "registration",
        ["joined_to"],
        "joined_to IS NOT NULL",
    ),
    ("ix_offer_registration_id", "offer", ["registration_id"], None),
    ("ix_offer_slot_id", "offer", ["slot_id"], None),
    ("ix_offer_night_id", "offer", ["night_id"], None),
    ("ix_outbox_offer_id", "outbox", ["offer_id"], "offer_id IS NOT NULL"),
    ("ix_agent_session_agent_id", "agent_session", ["agent_id"], None),
    ("ix_near_match_second_id", "near_match", ["second_id"], None),
)
AT_A_SITE = ("slot", "collection_hours", "ready_permit")
CHECKS = (
    (
        "ck_urgency_claim_ground",
        "ground IN ('job', 'housing', 'benefits', 'studies', 'child', 'travel', "
        "'date', 'court')",
    ),
    (
        "ck_urgency_claim_answer",
        "answer IN ('date-changed', 'date-awaits-second', 'no-change')",
    ),
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    for name, table, columns, where in INDEXES:
        op.create_index(
            name,
            table,
            columns,
            unique=False,
            postgresql_where=sa.text(where) if where else None,
        )
    for table in AT_A_SITE:
        op.create_foreign_key(
            f"fk_{table}_site",
            table,
            "site",
            ["prefecture", "site"],
            ["prefecture", "code"],
        )
    for name, condition in CHECKS:
        op.create_check_constraint(op.f(name), "urgency_claim", condition)


def downgrade() -> None:
    for name, _ in CHECKS:
        op.drop_constraint(op.f(name), "urgency_claim", type_="check")
    for table in AT_A_SITE:
        op.drop_constraint(f"fk_{table}_site", table, type_="foreignkey")
    for name, table, *_ in INDEXES:
        op.drop_index(name, table_name=table)
