"""What tables are searched by, and which places exist: beside tables that are full.

Each index answers a question that is asked at a page or each minute; with two hundred
thousand registrations these read whole tables. A slot stands at a site of its own
prefecture, and so does what is handed over there.

Not said here: which kinds of messages, languages and channels there are. Those grow
with releases and demonstrations, and whoever writes them takes them from one list.
"""

from typing import Final

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text

from service.adapters.postgres import doors_tables as d
from service.adapters.postgres import tables as t

INDEXES: Final = (
    Index(
        "ix_registration_person",
        t.registration.c.applicant_key,
        t.registration.c.prefecture,
    ),
    Index(
        "ix_registration_new_contact",
        t.registration.c.new_contact_from,
        postgresql_where=text("new_contact_from IS NOT NULL"),
    ),
    Index(
        "ix_registration_joined_to",
        t.registration.c.joined_to,
        postgresql_where=text("joined_to IS NOT NULL"),
    ),
    Index("ix_offer_registration_id", t.offer.c.registration_id),
    Index("ix_offer_slot_id", t.offer.c.slot_id),
    Index("ix_offer_night_id", t.offer.c.night_id),
    Index(
        "ix_outbox_offer_id",
        t.outbox.c.offer_id,
        postgresql_where=text("offer_id IS NOT NULL"),
    ),
    Index("ix_agent_session_agent_id", t.agent_session.c.agent_id),
    Index("ix_near_match_second_id", d.near_match.c.second_id),
)

AT_A_SITE: Final = (t.slot, d.collection_hours, d.ready_permit)
for _table in AT_A_SITE:
    _table.append_constraint(
        ForeignKeyConstraint(
            ["prefecture", "site"],
            ["site.prefecture", "site.code"],
            name=f"fk_{_table.name}_site",
        )
    )

d.urgency_claim.append_constraint(
    CheckConstraint(
        "ground IN ('job', 'housing', 'benefits', 'studies', 'child', 'travel', "
        "'date', 'court')",
        name="ground",
    )
)
d.urgency_claim.append_constraint(
    CheckConstraint(
        "answer IN ('date-changed', 'date-awaits-second', 'no-change')", name="answer"
    )
)
