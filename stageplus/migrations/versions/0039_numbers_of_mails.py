"""The number of a mail that was thrown away is never given to another one"""

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _recreate(sqlite_autoincrement=True)


def downgrade() -> None:
    _recreate(sqlite_autoincrement=False)


def _recreate(**how: bool) -> None:
    """Make SQLite's table anew with its rows; PostgreSQL never gives a number twice."""
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("outbox_message", recreate="always", table_kwargs=how):
            pass
