"""Learners are assigned to a member of their operator's staff"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learner_assignment",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("assigned_by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["assigned_by"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("learner_id"),
    )
    op.create_index("ix_learner_assignment_person", "learner_assignment", ["person_id", "operator_id"])


def downgrade() -> None:
    op.drop_table("learner_assignment")
