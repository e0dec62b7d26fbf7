"""Coaches invite companies by links whose results are counted; numbers of companies that were joined to others"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coach_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index("ix_coach_link_person_id", "coach_link", ["person_id"])
    op.create_table(
        "coach_link_claim",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["company_claim.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["link_id"], ["coach_link.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id"),
    )
    op.create_index("ix_coach_link_claim_link_id", "coach_link_claim", ["link_id"])
    op.create_table(
        "former_number",
        sa.Column("enterprise_number", sa.String(length=10), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"]),
        sa.PrimaryKeyConstraint("enterprise_number"),
    )
    op.create_index("ix_former_number_company_id", "former_number", ["company_id"])


def downgrade() -> None:
    op.drop_table("former_number")
    op.drop_table("coach_link_claim")
    op.drop_table("coach_link")
