"""Words of offers"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offer_word",
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("municipality_ins", sa.String(length=5), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("word", "municipality_ins", "offer_id"),
    )
    with op.batch_alter_table("offer_word", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_word_offer_id"), ["offer_id"], unique=False)

    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index("ix_offer_fresh", ["status", "published_at"], unique=False)
        batch_op.create_index(
            "ix_offer_trade_place", ["status", "trade_code", "municipality_ins", "published_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index("ix_offer_trade_place")
        batch_op.drop_index("ix_offer_fresh")

    with op.batch_alter_table("offer_word", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_word_offer_id"))

    op.drop_table("offer_word")
