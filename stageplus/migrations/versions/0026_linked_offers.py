"""Offers of one company for several establishments"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "linked_offer",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("group_key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("offer_id"),
    )
    op.create_index("ix_linked_offer_group_key", "linked_offer", ["group_key"])


def downgrade() -> None:
    op.drop_table("linked_offer")
