"""A coach writes to several companies of a sector at once; a company may want no such messages"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0049"
branch_labels = None
depends_on = None

WAYS = ("publier", "offres", "accueil")


def upgrade() -> None:
    op.create_table(
        "circular",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("sector_code", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("way", sa.Enum(*WAYS, name="way", native_enum=False, length=20), nullable=False),
        sa.Column("companies", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["sector_code"], ["sector.code"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form_key"),
    )
    op.create_index("ix_circular_of_day", "circular", ["person_id", "sent_at"])
    op.create_table(
        "circular_stop",
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("company_id"),
    )
    with op.batch_alter_table("company_contact") as batch_op:
        batch_op.add_column(sa.Column("circular_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            "fk_company_contact_circular", "circular", ["circular_id"], ["id"], ondelete="CASCADE"
        )
    op.create_index("ix_company_contact_circular", "company_contact", ["circular_id", "company_id"], unique=True)
    op.create_index("ix_company_member_company_id", "company_member", ["company_id"])


def downgrade() -> None:
    op.drop_index("ix_company_member_company_id", "company_member")
    op.execute("DELETE FROM company_contact WHERE circular_id IS NOT NULL")
    op.drop_index("ix_company_contact_circular", "company_contact")
    with op.batch_alter_table("company_contact") as batch_op:
        batch_op.drop_constraint("fk_company_contact_circular", type_="foreignkey")
        batch_op.drop_column("circular_id")
    op.drop_table("circular_stop")
    op.drop_table("circular")
