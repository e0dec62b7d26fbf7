"""Open figures, as they were published; free places and learners who look for one"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

MEASURES = (
    "offres publiées", "offres consultées", "envoyées", "vues", "répondues", "retenues", "commencées", "retirées",
    "caduques", "sans réponse", "refusées", "non abouties",
)  # fmt: skip
STOCKS = ("places libres", "en recherche")


def upgrade() -> None:
    op.create_table(
        "open_figure",
        sa.Column("data_set", sa.String(length=20), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("part", sa.String(length=80), nullable=False),
        sa.Column("measure", sa.Enum(*MEASURES, name="measure", native_enum=False, length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("data_set", "month", "part", "measure"),
    )
    op.create_table(
        "stock_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "stock",
            sa.Enum(*STOCKS, name="stock", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("sector_code", sa.String(length=60), nullable=False),
        sa.Column("trade_code", sa.String(length=80), nullable=False),
        sa.Column("basin_code", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "stock", "sector_code", "trade_code", "basin_code"),
    )


def downgrade() -> None:
    op.drop_table("stock_day")
    op.drop_table("open_figure")
