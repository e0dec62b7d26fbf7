"""When a mail was refused for good because of its address, and by which code"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox_message") as table:
        table.add_column(sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("refusal", sa.String(length=20), nullable=False, server_default=""))
        table.create_index("ix_outbox_refused", ["refused_at"])


def downgrade() -> None:
    with op.batch_alter_table("outbox_message") as table:
        table.drop_index("ix_outbox_refused")
        table.drop_column("refusal")
        table.drop_column("refused_at")
