"""Offers that OFFA looks at, and flags of learners"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ROLES = ("learner", "company", "operator", "coach", "offa")
STANDINGS = ("en ligne", "changement demandé", "hors ligne")
REASONS = (
    "pas la réalité",
    "discrimination",
    "travail gratuit",
    "argent demandé",
    "contact ailleurs",
    "plus disponible",
    "autre",
)
LIVE = sa.text("settled_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "moderation_case",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.Enum(*STANDINGS, name="standing", native_enum=False, length=20), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("offer_id"),
    )
    op.create_index("ix_moderation_case_waiting_since", "moderation_case", ["waiting_since"])
    op.create_table(
        "moderation_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("role", sa.Enum(*ROLES, name="role", native_enum=False, length=20), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["moderation_case.offer_id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_moderation_step_offer_id", "moderation_step", ["offer_id"])
    op.create_table(
        "offer_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Enum(*REASONS, name="flagreason", native_enum=False, length=20), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_offer_flag_offer_id", "offer_flag", ["offer_id"])
    op.create_index("ix_offer_flag_learner", "offer_flag", ["learner_id"])
    op.create_index(
        "uq_offer_flag_live",
        "offer_flag",
        ["offer_id", "learner_id"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )


def downgrade() -> None:
    op.drop_table("offer_flag")
    op.drop_table("moderation_step")
    op.drop_table("moderation_case")
