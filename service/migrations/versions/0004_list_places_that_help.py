"""List the places that help without appointment.

Compatibility with the previous release: it does not know the table and ignores it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "help_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("prefecture", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("languages", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("helps_with", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("is_step_free", sa.Boolean(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "postcode ~ '^[0-9]{5}$'", name=op.f("ck_help_place_postcode")
        ),
        sa.CheckConstraint(
            "cardinality(helps_with) > 0", name=op.f("ck_help_place_helps_with")
        ),
        sa.CheckConstraint(
            "website IS NULL OR website ~ '^https?://'",
            name=op.f("ck_help_place_website"),
        ),
        sa.ForeignKeyConstraint(
            ["prefecture"], ["prefecture.code"], name=op.f("fk_help_place_prefecture")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_place")),
    )
    op.create_index("ix_help_place_prefecture", "help_place", ["prefecture"])


def downgrade() -> None:
    op.drop_table("help_place")
