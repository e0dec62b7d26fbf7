"""How long a job ran, over how many rows, and how often it failed"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

COUNTS = ("last_milliseconds", "last_rows", "failures")


def upgrade() -> None:
    for name in COUNTS:
        op.add_column("job_lease", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.add_column("job_lease", sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in ("failed_at", *reversed(COUNTS)):
        op.drop_column("job_lease", name)
