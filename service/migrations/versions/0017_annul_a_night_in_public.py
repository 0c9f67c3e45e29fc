"""Annul a stopped night in public, and let nothing change it afterwards.

Compatibility with the previous release: a table that it does not know; it annuls
nothing, and meets the new triggers only at a night that is annulled.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_ONLY_STOPPED = """
CREATE FUNCTION refuse_annulment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held night;
BEGIN
    SELECT * INTO held FROM night WHERE id = NEW.night_id FOR UPDATE;
    IF held.stopped_at IS NULL OR held.state NOT IN ('committed', 'revealed') THEN
        RAISE EXCEPTION 'only a stopped night that is not drawn is annulled';
    END IF;
    RETURN NEW;
END $$
"""
_FOR_EVER = """
CREATE FUNCTION refuse_change_of_annulled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM night_annulment WHERE night_id = OLD.id) THEN
        RAISE EXCEPTION 'an annulled night never changes';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "night_annulment",
        sa.Column("night_id", sa.BigInteger(), nullable=False),
        sa.Column("annulled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("annulled_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("luck_was_known", sa.Boolean(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "length(reason) BETWEEN 10 AND 300", name=op.f("ck_night_annulment_reason")
        ),
        sa.ForeignKeyConstraint(
            ["night_id"],
            ["night.id"],
            name=op.f("fk_night_annulment_night_id_night"),
        ),
        sa.PrimaryKeyConstraint("night_id", name=op.f("pk_night_annulment")),
    )
    op.execute(_ONLY_STOPPED)
    op.execute(_FOR_EVER)
    op.execute(
        "CREATE TRIGGER night_annulment_only_stopped BEFORE INSERT ON night_annulment "
        "FOR EACH ROW EXECUTE FUNCTION refuse_annulment()"
    )
    op.execute(
        "CREATE TRIGGER night_annulment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE"
        " ON night_annulment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER night_annulled_for_ever BEFORE UPDATE ON night "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_annulled()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER night_annulled_for_ever ON night")
    op.execute("DROP TRIGGER night_annulment_append_only ON night_annulment")
    op.execute("DROP TRIGGER night_annulment_only_stopped ON night_annulment")
    op.drop_table("night_annulment")
    op.execute("DROP FUNCTION refuse_change_of_annulled()")
    op.execute("DROP FUNCTION refuse_annulment()")
