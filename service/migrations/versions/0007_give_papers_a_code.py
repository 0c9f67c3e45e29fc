"""Give papers a code: what was issued, and the signed text of its QR code.

Compatibility with the previous release: it ignores the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "issued_paper",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "code ~ '^[0-9A-Z]{12}$'", name=op.f("ck_issued_paper_code_form")
        ),
        sa.CheckConstraint(
            "kind IN ('acknowledgement', 'convocation')",
            name=op.f("ck_issued_paper_kind"),
        ),
        sa.CheckConstraint(
            "(kind = 'convocation') = (offer_id IS NOT NULL)",
            name=op.f("ck_issued_paper_offer_of_convocation"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_issued_paper_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"],
            ["offer.id"],
            name=op.f("fk_issued_paper_offer_id_offer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_issued_paper")),
        sa.UniqueConstraint(
            "registration_id",
            "kind",
            "subject",
            name=op.f("uq_issued_paper_registration_id_kind_subject"),
        ),
    )
    op.create_index("ix_issued_paper_offer", "issued_paper", ["offer_id"])


def downgrade() -> None:
    op.drop_table("issued_paper")
