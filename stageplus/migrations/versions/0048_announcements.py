"""OFFA tells an audience something: a banner above the pages, or a text on the help page"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

SPOTS = ("bandeau", "aide")
AUDIENCES = ("everyone", "learner", "company", "coach", "operator")


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("spot", sa.Enum(*SPOTS, name="spot", native_enum=False, length=20), nullable=False),
        sa.Column("audience", sa.Enum(*AUDIENCES, name="public", native_enum=False, length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_announcement_by_id", "announcement", ["by_id"])
    op.create_index("ix_announcement_shown", "announcement", ["spot", "audience", "starts_on"])


def downgrade() -> None:
    op.drop_table("announcement")
