"""Lists of the desks: plain names, who has a place, and the indexes that carry them"""

import sqlalchemy as sa
from alembic import op

from stageplus.domain.plain_text import plain

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

person = sa.table("person", sa.column("id"), sa.column("last_name", sa.String), sa.column("first_name", sa.String))
company = sa.table("company", sa.column("id"), sa.column("name"), sa.column("plain_name"))
learner = sa.table("learner", *map(sa.column, ("id", "person_id", "plain_name", "has_place")))
application = sa.table("application", sa.column("id"), sa.column("learner_id"))
introduction = sa.table("introduction", sa.column("application_id"))
FILTERED_BY = ("enrolment_ended_on", "implantation_id", "trade_code", "municipality_ins", "year")
FOLLOWED_BY = ("company_id", "trade_code", "municipality_ins", "places", "places_taken")
INDEXES = (
    ("ix_company_plain_name", "company", ["plain_name"]),
    ("ix_learner_trade", "learner", ["operator_id", "trade_code"]),
    ("ix_learner_place_first", "learner", ["operator_id", "has_place", "plain_name", "id", *FILTERED_BY]),
    ("ix_learner_by_name", "learner", ["operator_id", "plain_name", "id", "has_place", *FILTERED_BY]),
    ("ix_offer_followed", "offer", ["status", "sector_code", "ends_on", "id", "published_at", *FOLLOWED_BY]),
    ("ix_application_waiting", "application", ["status", "sent_at"]),
    ("ix_introduction_taken_over", "introduction", ["operator_id", "taken_over_at", "created_at"]),
)
REPLACED = (
    ("ix_learner_operator_id", "learner", ["operator_id"]),
    ("ix_offer_sector", "offer", ["status", "sector_code", "published_at"]),
    ("ix_introduction_operator_id", "introduction", ["operator_id"]),
)


def upgrade() -> None:
    op.add_column("company", sa.Column("plain_name", sa.String(length=170), server_default="", nullable=False))
    op.add_column("learner", sa.Column("plain_name", sa.String(length=170), server_default="", nullable=False))
    op.add_column("learner", sa.Column("has_place", sa.Boolean(), server_default=sa.false(), nullable=False))
    named = sa.select(learner.c.id, person.c.last_name + " " + person.c.first_name)
    _write_plain_names(learner, named.join_from(learner, person, learner.c.person_id == person.c.id))
    _write_plain_names(company, sa.select(company.c.id, company.c.name))
    accepted = sa.select(application.c.learner_id).join(introduction, introduction.c.application_id == application.c.id)
    op.execute(sa.update(learner).where(learner.c.id.in_(accepted)).values(has_place=sa.true()))
    for name, table, _columns in REPLACED:
        op.drop_index(name, table)
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, table, _columns in INDEXES:
        op.drop_index(name, table)
    for name, table, columns in REPLACED:
        op.create_index(name, table, columns)
    op.drop_column("learner", "has_place")
    op.drop_column("learner", "plain_name")
    op.drop_column("company", "plain_name")


def _write_plain_names(table: sa.TableClause, names: "sa.Select[int, str]") -> None:
    connection = op.get_bind()
    rows = [{"row": number, "plain": plain(name)[:170]} for number, name in connection.execute(names)]
    if rows:
        written = sa.update(table).where(table.c.id == sa.bindparam("row"))
        connection.execute(written.values(plain_name=sa.bindparam("plain")), rows)
