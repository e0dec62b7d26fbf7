"""When the contents of an application and an account were erased, and when a learner was warned"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("application", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("learner", sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("learner", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("learner", "erased_at")
    op.drop_column("learner", "warned_at")
    op.drop_column("application", "erased_at")
