"""An index that the map of open offers is counted from"""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

COLUMNS = (
    "status",
    "municipality_ins",
    "company_days",
    "licence_needed",
    "day_starts_at",
    "day_ends_at",
    "starts_from",
    "language",
    "scheme_code",
    "sector_code",
    "trade_code",
    "ends_on",
)


def upgrade() -> None:
    with op.batch_alter_table("offer") as batch_op:
        batch_op.create_index("ix_offer_map", list(COLUMNS), unique=False)


def downgrade() -> None:
    with op.batch_alter_table("offer") as batch_op:
        batch_op.drop_index("ix_offer_map")
