"""Names of people, enrolments and establishments without accents, for the order and the search of lists"""

import sqlalchemy as sa
from alembic import op

from stageplus.domain.plain_text import plain

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

PEOPLE = ("person", "enrolment")
AT_ONCE = 1_000


def upgrade() -> None:
    for name in (*PEOPLE, "establishment"):
        op.add_column(name, sa.Column("plain_name", sa.String(length=170), server_default="", nullable=False))
        _write_plain_names(name, ("last_name", "first_name") if name in PEOPLE else ("name",))
    op.create_index("ix_person_plain_name", "person", ["plain_name"])
    op.create_index("ix_enrolment_by_name", "enrolment", ["operator_id", "plain_name", "id"])
    op.drop_index("ix_enrolment_operator_id", "enrolment")


def downgrade() -> None:
    op.create_index("ix_enrolment_operator_id", "enrolment", ["operator_id"])
    op.drop_index("ix_enrolment_by_name", "enrolment")
    op.drop_index("ix_person_plain_name", "person")
    for name in (*PEOPLE, "establishment"):
        op.drop_column(name, "plain_name")


def _write_plain_names(name: str, parts: tuple[str, ...]) -> None:
    columns = [sa.column(part, sa.String) for part in parts]
    table = sa.table(name, sa.column("id", sa.Integer), sa.column("plain_name", sa.String), *columns)
    written = sa.update(table).where(table.c.id == sa.bindparam("row")).values(plain_name=sa.bindparam("plain"))
    connection = op.get_bind()
    known = connection.execute(sa.select(table.c.id, *columns)).all()
    for start in range(0, len(known), AT_ONCE):
        batch = known[start : start + AT_ONCE]
        connection.execute(written, [{"row": each[0], "plain": plain(" ".join(each[1:]))[:170]} for each in batch])
