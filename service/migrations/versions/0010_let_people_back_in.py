"""Let people back in: codes, paper codes, proof of contact, who lost a place to us.

Compatibility with the previous release: it knows none of this and goes on as before;
every new column may be null.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column("registration", sa.Column("proved_at", INSTANT, nullable=True))
    op.add_column("registration", sa.Column("displaced_on", sa.Date(), nullable=True))
    op.add_column("outbox", sa.Column("about", sa.LargeBinary(), nullable=True))
    _create_access_code()
    _create_paper_code()


def _create_access_code() -> None:
    op.create_table(
        "access_code",
        sa.Column("request_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("code_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_code", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column(
            "tries", sa.SmallInteger(), server_default=sa.text("0"), nullable=False
        ),
        sa.Column("queued_at", INSTANT, nullable=True),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "octet_length(request_sha256) = 32",
            name=op.f("ck_access_code_request_sha256_32"),
        ),
        sa.CheckConstraint(
            "octet_length(code_sha256) = 32", name=op.f("ck_access_code_code_sha256_32")
        ),
        sa.CheckConstraint("tries BETWEEN 0 AND 5", name=op.f("ck_access_code_tries")),
        sa.CheckConstraint("expires_at > asked_at", name=op.f("ck_access_code_ends")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_access_code_registration_id"),
        ),
        sa.PrimaryKeyConstraint("request_sha256", name=op.f("pk_access_code")),
    )
    op.create_index(
        "ix_access_code_unqueued",
        "access_code",
        ["asked_at"],
        unique=False,
        postgresql_where=sa.text("queued_at IS NULL"),
    )


def _create_paper_code() -> None:
    op.create_table(
        "paper_code",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("code_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "octet_length(code_sha256) = 32", name=op.f("ck_paper_code_code_sha256_32")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["agent.id"], name=op.f("fk_paper_code_issued_by")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_paper_code_registration_id"),
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_paper_code")),
    )


def downgrade() -> None:
    op.drop_table("paper_code")
    op.drop_table("access_code")
    op.drop_column("outbox", "about")
    op.drop_column("registration", "displaced_on")
    op.drop_column("registration", "proved_at")
