"""Figures of each day, counted from the logs"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

MEASURES = (
    "offres publiées", "offres consultées", "envoyées", "vues", "répondues", "retenues", "commencées", "retirées",
    "caduques", "sans réponse", "refusées", "non abouties",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "fact_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("measure", sa.Enum(*MEASURES, name="measure", native_enum=False, length=20), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sector_code", sa.String(length=60), nullable=False),
        sa.Column("trade_code", sa.String(length=80), nullable=False),
        sa.Column("basin_code", sa.String(length=40), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("scheme_code", sa.String(length=60), nullable=False),
        sa.Column("waited", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "day", "measure", "sent_on", "sector_code", "trade_code", "basin_code", "operator_id", "scheme_code"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_fact_day_sent", "fact_day", ["sent_on", "measure"])
    op.create_table(
        "fact_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("counted_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_application_change_at", "application_change", ["at"])


def downgrade() -> None:
    op.drop_index("ix_application_change_at", "application_change")
    op.drop_table("fact_mark")
    op.drop_table("fact_day")
