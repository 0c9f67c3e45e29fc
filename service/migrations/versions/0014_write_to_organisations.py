"""Write to organisations, and keep every change of their ceilings.

Compatibility with the previous release: two tables that it does not know.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "organisation_mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("available_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "attempts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "about IN ('invitation', 'ceilings')",
            name=op.f("ck_organisation_mail_about"),
        ),
        sa.CheckConstraint(
            "outcome IN ('sent', 'refused', 'given-up')",
            name=op.f("ck_organisation_mail_outcome"),
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (outcome IS NULL) AND "
            "(settled_at IS NULL) = (sealed IS NOT NULL)",
            name=op.f("ck_organisation_mail_settled"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_mail_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_mail")),
    )
    op.create_index(
        "ix_organisation_mail_due",
        "organisation_mail",
        ["available_at"],
        unique=False,
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index(
        "ix_organisation_mail_organisation_id",
        "organisation_mail",
        ["organisation_id", "queued_at"],
        unique=False,
    )
    op.create_table(
        "ceiling_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("live_before", sa.Integer(), nullable=False),
        sa.Column("per_day_before", sa.Integer(), nullable=False),
        sa.Column("live", sa.Integer(), nullable=False),
        sa.Column("per_day", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_ceiling_change_reason")),
        sa.CheckConstraint(
            "live <> live_before OR per_day <> per_day_before",
            name=op.f("ck_ceiling_change_changes"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"],
            ["agent.id"],
            name=op.f("fk_ceiling_change_changed_by_agent"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_ceiling_change_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ceiling_change")),
    )
    op.create_index(
        "ix_ceiling_change_organisation_id",
        "ceiling_change",
        ["organisation_id", "changed_at"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("ceiling_change")
    op.drop_table("organisation_mail")
