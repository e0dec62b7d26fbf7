"""What the coaches of a sector note about its companies, and when they speak with them again"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0039"
branch_labels = None
depends_on = None

KINDS = ("appel", "visite", "courrier", "note")


def upgrade() -> None:
    op.create_table(
        "company_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("sector_code", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="contactkind", native_enum=False, length=20), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["sector_code"], ["sector.code"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_company_contact_latest", "company_contact", ["company_id", "sector_code", "on_day"])
    op.create_table(
        "company_follow_up",
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("sector_code", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["sector_code"], ["sector.code"]),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("company_id", "sector_code"),
    )
    op.create_index("ix_company_follow_up_due", "company_follow_up", ["sector_code", "due_on"])


def downgrade() -> None:
    op.drop_table("company_follow_up")
    op.drop_table("company_contact")
