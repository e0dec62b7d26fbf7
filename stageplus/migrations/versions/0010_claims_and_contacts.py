"""Passwords are chosen behind the link of a claim; operators say how to reach them"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("company_claim", schema=None) as batch_op:
        batch_op.drop_column("password_hash")
    op.add_column("operator", sa.Column("contact_email", sa.String(length=254), nullable=False, server_default=""))
    op.add_column("operator", sa.Column("contact_phone", sa.String(length=30), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("operator", "contact_phone")
    op.drop_column("operator", "contact_email")
    with op.batch_alter_table("company_claim", schema=None) as batch_op:
        batch_op.add_column(sa.Column("password_hash", sa.String(length=100), nullable=False, server_default=""))
