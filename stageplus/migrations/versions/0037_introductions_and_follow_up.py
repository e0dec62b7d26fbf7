"""Introductions have an outcome; learners are followed, places found elsewhere noted, consultations logged"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

introduction = sa.table("introduction", *map(sa.column, ("status", "taken_over_at")))
BEFORE, NOW = (f"status NOT IN ({ended})" for ended in ("'retirée', 'caduque'", "'retirée', 'caduque', 'non aboutie'"))
INDEXES = {
    "ix_introduction_waiting": ["operator_id", "status", "created_at"],
    "ix_introduction_taken": ["operator_id", "status", "taken_over_at"],
    "ix_introduction_settled": ["operator_id", "settled_at"],
}
SETTLED_BY = "fk_introduction_settled_by"
ROLES = ("learner", "company", "operator", "coach", "offa")


def upgrade() -> None:
    with op.batch_alter_table("introduction") as batch_op:
        batch_op.add_column(sa.Column("status", sa.String(length=20), server_default="à reprendre", nullable=False))
        batch_op.add_column(sa.Column("started_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("failure_reason", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("settled_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(SETTLED_BY, "person", ["settled_by"], ["id"], ondelete="SET NULL")
    taken = introduction.c.taken_over_at.is_not(None)
    op.execute(sa.update(introduction).where(taken).values(status="reprise"))
    op.drop_index("ix_introduction_taken_over", "introduction")
    for name, columns in INDEXES.items():
        op.create_index(name, "introduction", columns)
    _lasting(NOW)
    op.create_table(
        "outside_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("trade_code", sa.String(length=80), nullable=True),
        sa.Column("company_name", sa.String(length=120), nullable=False),
        sa.Column("enterprise_number", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["trade_code"], ["trade.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outside_place_learner", "outside_place", ["learner_id", "ended_at"])
    _unique("uq_outside_place", "outside_place", ["learner_id"], "ended_at IS NULL")
    op.create_table(
        "learner_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_learner_note_latest", "learner_note", ["learner_id", "at"])
    op.create_table(
        "follow_up",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("situation", sa.String(length=20), nullable=False),
        sa.Column("next_contact_on", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("learner_id"),
    )
    op.create_index("ix_follow_up_next_contact_on", "follow_up", ["next_contact_on"])
    op.create_table(
        "staff_nudge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_staff_nudge_latest", "staff_nudge", ["application_id", "at"])
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.Enum(*ROLES, name="role", native_enum=False, length=20), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("operator_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"]),
        sa.ForeignKeyConstraint(["operator_id"], ["operator.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_consultation_day", "consultation", ["day"])
    op.create_index("ix_consultation_learner", "consultation", ["learner_id", "at"])
    of_one, of_all = "application_id IS NOT NULL", "application_id IS NULL"
    _unique("uq_consultation_application", "consultation", ["application_id", "person_id", "day"], of_one)
    _unique("uq_consultation_learner", "consultation", ["learner_id", "person_id", "day"], of_all)


def downgrade() -> None:
    for table in ("consultation", "staff_nudge", "follow_up", "learner_note", "outside_place"):
        op.drop_table(table)
    op.execute("UPDATE application SET status = 'refusée' WHERE status = 'non aboutie'")
    op.execute("UPDATE application_change SET status = 'refusée', step = 'refuse' WHERE status = 'non aboutie'")
    _lasting(BEFORE)
    for name in INDEXES:
        op.drop_index(name, "introduction")
    with op.batch_alter_table("introduction") as batch_op:
        batch_op.drop_constraint(SETTLED_BY, type_="foreignkey")
        for column in ("settled_by", "settled_at", "failure_reason", "started_on", "status"):
            batch_op.drop_column(column)
    op.create_index("ix_introduction_taken_over", "introduction", ["operator_id", "taken_over_at", "created_at"])


def _lasting(which: str) -> None:
    op.drop_index("uq_application_lasting", "application")
    _unique("uq_application_lasting", "application", ["learner_id", "offer_id"], which)


def _unique(name: str, table: str, columns: list[str], which: str) -> None:
    where = sa.text(which)
    op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)
