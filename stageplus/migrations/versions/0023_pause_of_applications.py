"""A pause of applications by hand, and a cap on those that wait"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

FLAGS = ("intake_paused", "at_cap")


def upgrade() -> None:
    for name in FLAGS:
        op.add_column("offer", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("offer", sa.Column("most_waiting", sa.Integer(), nullable=True))


def downgrade() -> None:
    for name in ("most_waiting", *FLAGS):
        op.drop_column("offer", name)
