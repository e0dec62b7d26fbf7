"""Invitations of operators' staff, coaches and OFFA"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ROLES = ("learner", "company", "operator", "coach", "offa")


def upgrade() -> None:
    op.create_table(
        "staff_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.Enum(*ROLES, name="role", native_enum=False, length=20), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=True),
        sa.Column("implantation_id", sa.Integer(), nullable=True),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"]),
        sa.ForeignKeyConstraint(["implantation_id"], ["implantation.id"]),
        sa.ForeignKeyConstraint(["invited_by"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_staff_invitation_email", "staff_invitation", ["email"])
    op.create_table(
        "invited_sector",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("sector_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["invitation_id"], ["staff_invitation.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["sector_code"], ["sector.code"]),
        sa.PrimaryKeyConstraint("invitation_id", "sector_code"),
    )


def downgrade() -> None:
    op.drop_table("invited_sector")
    op.drop_table("staff_invitation")
