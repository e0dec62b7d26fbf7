"""Offers applications and notifications"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job_lease",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_run_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_result", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_waiting", ["sent_at", "given_up_at", "next_try_at"], unique=False)

    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("trade_code", sa.String(length=80), nullable=False),
        sa.Column("sector_code", sa.String(length=60), nullable=False),
        sa.Column("scheme_code", sa.String(length=60), nullable=False),
        sa.Column("municipality_ins", sa.String(length=5), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("places_taken", sa.Integer(), nullable=False),
        sa.Column("starts_from", sa.Date(), nullable=False),
        sa.Column("starts_until", sa.Date(), nullable=False),
        sa.Column("company_days", sa.Integer(), nullable=False),
        sa.Column("day_starts_at", sa.Time(), nullable=False),
        sa.Column("day_ends_at", sa.Time(), nullable=False),
        sa.Column("weekly_hours", sa.Integer(), nullable=False),
        sa.Column("tasks", sa.String(length=2000), nullable=False),
        sa.Column("first_day", sa.String(length=1000), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("tutor_first_name", sa.String(length=80), nullable=False),
        sa.Column("tutor_function", sa.String(length=120), nullable=False),
        sa.Column("transport", sa.String(length=300), nullable=False),
        sa.Column("own_transport", sa.Boolean(), nullable=False),
        sa.Column("licence_needed", sa.Boolean(), nullable=False),
        sa.Column("equipment", sa.String(length=500), nullable=False),
        sa.Column("risks", sa.String(length=500), nullable=False),
        sa.Column("accessibility", sa.String(length=500), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("closing_reason", sa.String(length=20), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("places >= 1 AND places_taken >= 0 AND places_taken <= places", name="ck_offer_places"),
        sa.CheckConstraint("starts_until >= starts_from", name="ck_offer_start"),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["company.id"],
        ),
        sa.ForeignKeyConstraint(
            ["establishment_id"],
            ["establishment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["municipality_ins"],
            ["municipality.ins"],
        ),
        sa.ForeignKeyConstraint(
            ["scheme_code"],
            ["scheme.code"],
        ),
        sa.ForeignKeyConstraint(
            ["sector_code"],
            ["sector.code"],
        ),
        sa.ForeignKeyConstraint(
            ["trade_code"],
            ["trade.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form_key"),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_company_id"), ["company_id"], unique=False)
        batch_op.create_index("ix_offer_end", ["status", "ends_on"], unique=False)
        batch_op.create_index("ix_offer_place", ["status", "municipality_ins", "published_at"], unique=False)
        batch_op.create_index("ix_offer_sector", ["status", "sector_code", "published_at"], unique=False)
        batch_op.create_index("ix_offer_trade", ["status", "trade_code", "published_at"], unique=False)

    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("motivation", sa.String(length=2000), nullable=False),
        sa.Column("experience", sa.String(length=1000), nullable=False),
        sa.Column("journey", sa.String(length=500), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=False),
        sa.Column("interview_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("interview_place", sa.String(length=300), nullable=False),
        sa.Column("company_words", sa.String(length=2000), nullable=False),
        sa.Column("refusal_reason", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learner.id"],
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"],
            ["offer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form_key"),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_learner_id"), ["learner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_offer_id"), ["offer_id"], unique=False)
        batch_op.create_index("ix_application_offer_status", ["offer_id", "status"], unique=False)
        batch_op.create_index(
            "uq_application_lasting",
            ["learner_id", "offer_id"],
            unique=True,
            sqlite_where=sa.text("status NOT IN ('retirée', 'caduque')"),
            postgresql_where=sa.text("status NOT IN ('retirée', 'caduque')"),
        )

    op.create_table(
        "offer_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("offer_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_change_offer_id"), ["offer_id"], unique=False)

    op.create_table(
        "application_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("application_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_change_application_id"), ["application_id"], unique=False)

    op.create_table(
        "introduction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_over_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["operator.id"],
        ),
        sa.ForeignKeyConstraint(["taken_over_by"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("application_id"),
    )
    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_introduction_operator_id"), ["operator_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_introduction_operator_id"))

    op.drop_table("introduction")
    with op.batch_alter_table("application_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_change_application_id"))

    op.drop_table("application_change")
    with op.batch_alter_table("offer_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_change_offer_id"))

    op.drop_table("offer_change")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_application_lasting",
            sqlite_where=sa.text("status NOT IN ('retirée', 'caduque')"),
            postgresql_where=sa.text("status NOT IN ('retirée', 'caduque')"),
        )
        batch_op.drop_index("ix_application_offer_status")
        batch_op.drop_index(batch_op.f("ix_application_offer_id"))
        batch_op.drop_index(batch_op.f("ix_application_learner_id"))

    op.drop_table("application")
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index("ix_offer_trade")
        batch_op.drop_index("ix_offer_sector")
        batch_op.drop_index("ix_offer_place")
        batch_op.drop_index("ix_offer_end")
        batch_op.drop_index(batch_op.f("ix_offer_company_id"))

    op.drop_table("offer")
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_waiting")

    op.drop_table("outbox_message")
    op.drop_table("job_lease")
