"""Who issued an activation code"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("activation_code") as batch_op:
        batch_op.add_column(sa.Column("issued_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            "fk_activation_code_issued_by", "person", ["issued_by"], ["id"], ondelete="SET NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("activation_code") as batch_op:
        batch_op.drop_constraint("fk_activation_code_issued_by", type_="foreignkey")
        batch_op.drop_column("issued_by")
