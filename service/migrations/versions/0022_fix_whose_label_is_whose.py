"""Fix whose label is whose: what was promised is kept, and entries stand as frozen.

Compatibility with the previous release: it writes no promise, so that registrations it
takes in get theirs when somebody asks, or at the next freeze. It must not freeze a
night once this release has signed a label key: its labels are drawn, not promised. The
worker is stopped before it is replaced, and a night missed meanwhile is caught up.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "promise",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_label_key", sa.LargeBinary(), nullable=True),
        sa.Column("first_label_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("signature_with_key", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "octet_length(signature) = 96", name=op.f("ck_promise_signature_96")
        ),
        sa.CheckConstraint(
            "octet_length(signature_with_key) = 96",
            name=op.f("ck_promise_signature_with_key_96"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_promise_registration_id"),
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_promise")),
    )
    op.execute(
        "CREATE TRIGGER promise_append_only BEFORE UPDATE OF registration_id, said, "
        "first_label_on, made_at OR DELETE OR TRUNCATE ON promise "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER promise_signed_once BEFORE UPDATE OF signature, "
        "signature_with_key ON promise FOR EACH ROW WHEN ("
        "(OLD.signature IS NOT NULL AND "
        "NEW.signature IS DISTINCT FROM OLD.signature) OR "
        "(OLD.signature_with_key IS NOT NULL AND "
        "NEW.signature_with_key IS DISTINCT FROM OLD.signature_with_key)) "
        "EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE FUNCTION refuse_another_label_key() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN IF NEW.sealed_label_key IS NULL AND EXISTS (SELECT FROM "
        "registration WHERE id = OLD.registration_id AND sealed_identity IS NULL) "
        "THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION 'a label key goes with its person only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER promise_label_key BEFORE UPDATE OF sealed_label_key ON promise "
        "FOR EACH ROW EXECUTE FUNCTION refuse_another_label_key()"
    )
    op.execute(
        "CREATE TRIGGER entry_as_frozen BEFORE UPDATE OF night_id, registration_id, "
        "label, band OR DELETE OR TRUNCATE ON entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER entry_as_frozen ON entry")
    op.drop_table("promise")
    op.execute("DROP FUNCTION refuse_another_label_key()")
