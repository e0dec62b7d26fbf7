"""Searches that learners save, and what was found for them"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

PACES = ("chaque jour", "chaque semaine", "sur le site")


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("search", sa.String(length=1000), nullable=False),
        sa.Column("pace", sa.Enum(*PACES, name="alertpace", native_enum=False, length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("learner_id", "search"),
    )
    op.create_index("ix_alert_checked", "alert", ["checked_until", "id"])
    op.create_table(
        "alert_offer",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("learner_id", "offer_id"),
    )
    op.create_index("ix_alert_offer_offer_id", "alert_offer", ["offer_id"])
    op.create_index("ix_alert_offer_alert_id", "alert_offer", ["alert_id"])
    op.create_index("ix_alert_offer_untold", "alert_offer", ["mailed_at", "seen_at", "learner_id"])


def downgrade() -> None:
    op.drop_table("alert_offer")
    op.drop_table("alert")
