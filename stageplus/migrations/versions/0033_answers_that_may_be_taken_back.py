"""Answers that may be taken back, promised days, nudges and who an application is handed over to"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("application", sa.Column("promised_on", sa.Date(), nullable=True))
    op.add_column("application", sa.Column("nudged_at", MOMENT, nullable=True))
    op.add_column("outbox_message", sa.Column("held", sa.String(length=32), server_default="", nullable=False))
    op.create_table(
        "held_answer",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("filled", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("company_words", sa.String(length=2000), nullable=False),
        sa.Column("refusal_reason", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("application_id"),
    )
    op.create_table(
        "hand_over",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("application_id"),
    )
    op.create_index("ix_hand_over_person_id", "hand_over", ["person_id"])
    for name in ("key", "person_id", "until"):
        op.create_index(f"ix_held_answer_{name}", "held_answer", [name])


def downgrade() -> None:
    op.drop_table("hand_over")
    op.drop_table("held_answer")
    op.drop_column("outbox_message", "held")
    for name in ("nudged_at", "promised_on"):
        op.drop_column("application", name)
