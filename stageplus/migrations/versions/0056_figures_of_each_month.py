"""Figures of each month, added up from those of its days, which the next run of the task counts again"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

MEASURES = (
    "offres publiées", "offres consultées", "envoyées", "vues", "répondues", "retenues", "commencées", "retirées",
    "caduques", "sans réponse", "refusées", "non abouties",
)  # fmt: skip
FOLLOWED_BY = [
    "status", "sector_code", "ends_on", "id", "published_at", "company_id", "trade_code", "municipality_ins", "places",
    "places_taken",
]  # fmt: skip

NEW_INDEXES = (
    (
        "ix_offer_company",
        "offer",
        ["company_id", "sector_code", "status", "published_at", "updated_at", "places", "places_taken"],
    ),
    ("ix_offer_house", "offer", ["establishment_id", "trade_code", "status", "published_at", "places"]),
    ("ix_application_learner_status", "application", ["learner_id", "status", "sent_at"]),
    ("ix_approval_trade", "approval", ["trade_code", "state", "since", "establishment_id"]),
)

OLD_INDEXES = (
    ("ix_offer_company_id", "offer", ["company_id"]),
    ("ix_application_offer_id", "application", ["offer_id"]),
    ("ix_application_learner_id", "application", ["learner_id"]),
)
"""Each is the beginning of another one."""


def upgrade() -> None:
    op.create_table(
        "fact_month",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("sector_code", sa.String(length=60), nullable=False),
        sa.Column("basin_code", sa.String(length=40), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("scheme_code", sa.String(length=60), nullable=False),
        sa.Column("measure", sa.Enum(*MEASURES, name="measure", native_enum=False, length=20), nullable=False),
        sa.Column("sent_month", sa.String(length=7), nullable=False),
        sa.Column("waited", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "month", "sector_code", "basin_code", "operator_id", "scheme_code", "measure", "sent_month", "waited"
        ),
        sqlite_with_rowid=False,
    )
    op.drop_index("ix_fact_day_sent", "fact_day")
    op.create_index("ix_fact_day_sent", "fact_day", ["sent_on", "measure", "waited", "count"])
    op.drop_index("ix_offer_followed", "offer")
    op.create_index("ix_offer_followed", "offer", [*FOLLOWED_BY, "updated_at"])
    for name, table, _columns in OLD_INDEXES:
        op.drop_index(name, table)
    for name, table, columns in NEW_INDEXES:
        op.create_index(name, table, columns)
    # Nothing is counted any more: the task counts every day again from the logs, and its months with them.
    op.execute("UPDATE fact_mark SET counted_until = NULL")


def downgrade() -> None:
    for name, table, _columns in NEW_INDEXES:
        op.drop_index(name, table)
    for name, table, columns in OLD_INDEXES:
        op.create_index(name, table, columns)
    op.drop_index("ix_offer_followed", "offer")
    op.create_index("ix_offer_followed", "offer", FOLLOWED_BY)
    op.drop_index("ix_fact_day_sent", "fact_day")
    op.create_index("ix_fact_day_sent", "fact_day", ["sent_on", "measure"])
    op.drop_table("fact_month")
