"""Enrolments and activation"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "implantation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["operator.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("operator_id", "name"),
    )
    with op.batch_alter_table("implantation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_implantation_operator_id"), ["operator_id"], unique=False)

    op.create_table(
        "roster_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column(
            "state",
            sa.Enum("lu", "importé", "annulé", "abandonné", name="importstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("forgotten", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["operator.id"],
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_import_operator_id"), ["operator_id"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("implantation_id", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("first_name", sa.String(length=80), nullable=False),
        sa.Column("last_name", sa.String(length=80), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("postal_code", sa.String(length=4), nullable=False),
        sa.Column("municipality_ins", sa.String(length=5), nullable=False),
        sa.Column("trade_code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("company_days", sa.Integer(), nullable=False),
        sa.Column(
            "state", sa.Enum("inscrit", "terminée", name="enrolmentstate", native_enum=False, length=20), nullable=False
        ),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("learner_id", sa.Integer(), nullable=True),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["implantation_id"],
            ["implantation.id"],
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["municipality_ins"],
            ["municipality.ins"],
        ),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["operator.id"],
        ),
        sa.ForeignKeyConstraint(
            ["trade_code"],
            ["trade.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("operator_id", "reference"),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_learner_id"), ["learner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrolment_operator_id"), ["operator_id"], unique=False)

    op.create_table(
        "activation_code",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "channel", sa.Enum("imprimé", "envoyé", name="codechannel", native_enum=False, length=20), nullable=False
        ),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("enrolment_id"),
        sa.UniqueConstraint("code_hash"),
    )
    op.create_table(
        "enrolment_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("pas moi", "changé d’opérateur", name="reportkind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("enrolment_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_report_enrolment_id"), ["enrolment_id"], unique=False)

    op.create_table(
        "roster_change",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("ajoutée", "changée", "terminée", name="changekind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["import_id"], ["roster_import.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("import_id", "enrolment_id"),
    )
    with op.batch_alter_table("roster_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_change_enrolment_id"), ["enrolment_id"], unique=False)

    # Plain SQL: SQLite adds such a column only when its reference is named in the same breath.
    for table in ("learner", "operator_member"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN implantation_id INTEGER REFERENCES implantation (id)")
    op.add_column("learner", sa.Column("enrolment_ended_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("operator_member") as batch_op:
        batch_op.drop_column("implantation_id")
    with op.batch_alter_table("learner") as batch_op:
        batch_op.drop_column("enrolment_ended_on")
        batch_op.drop_column("implantation_id")

    with op.batch_alter_table("roster_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roster_change_enrolment_id"))

    op.drop_table("roster_change")
    with op.batch_alter_table("enrolment_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrolment_report_enrolment_id"))

    op.drop_table("enrolment_report")
    op.drop_table("activation_code")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrolment_operator_id"))
        batch_op.drop_index(batch_op.f("ix_enrolment_learner_id"))

    op.drop_table("enrolment")
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roster_import_operator_id"))

    op.drop_table("roster_import")
    with op.batch_alter_table("implantation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_implantation_operator_id"))

    op.drop_table("implantation")
