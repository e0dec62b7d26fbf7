"""What OFFA changes in the reference data, and the searches that found nothing"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

STATES = ("à traiter", "ajoutée", "ignorée")


def upgrade() -> None:
    op.create_table(
        "reference_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=180), nullable=False),
        sa.Column("before", sa.String(length=600), nullable=False),
        sa.Column("after", sa.String(length=600), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_reference_change_by_id", "reference_change", ["by_id"])
    op.create_index("ix_reference_change_row", "reference_change", ["kind", "key"])
    op.create_table(
        "fruitless_search",
        sa.Column("words", sa.String(length=60), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Enum(*STATES, name="searchstate", native_enum=False, length=20), nullable=False),
        sa.PrimaryKeyConstraint("words"),
    )
    op.create_index("ix_fruitless_search_last_at", "fruitless_search", ["last_at"])
    op.create_index("ix_fruitless_search_waiting", "fruitless_search", ["state", "times"])


def downgrade() -> None:
    op.drop_table("fruitless_search")
    op.drop_table("reference_change")
