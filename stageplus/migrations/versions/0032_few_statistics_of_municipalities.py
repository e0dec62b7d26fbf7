"""PostgreSQL keeps few statistics of where offers are: a radius asks for hundreds of municipalities

Each of them is weighed against each common one that it keeps: with its usual hundred, planning a search takes as long
as the search. SQLite has no such list.
"""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

TABLES = ("offer", "offer_word")
FEW, USUAL = 10, -1


def upgrade() -> None:
    _keep(FEW)


def downgrade() -> None:
    _keep(USUAL)


def _keep(target: int) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN municipality_ins SET STATISTICS {target}")
