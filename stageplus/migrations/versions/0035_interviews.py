"""Interviews in tables of their own, the calendars that follow them, and calendar files with mails

What an application said of its interview moves there: fixed while the application goes on, cancelled once it ended.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

STATES = ("proposé", "autres moments", "fixé", "annulé")
KINDS = ("sur place", "par téléphone")
ROLES = ("learner", "company", "operator", "coach", "offa")
MOVED_IN = """
    INSERT INTO interview
        (application_id, uid, sequence, state, kind, place, words, minutes, starts_at, why, created_at, changed_at)
    SELECT id, 'candidature-' || id, 0,
        CASE WHEN status IN ('en contact', 'retenue') THEN 'fixé' ELSE 'annulé' END,
        'sur place', interview_place, '', 45, interview_at, '', changed_at, changed_at
    FROM application WHERE interview_at IS NOT NULL
"""
FIRST_SLOTS = """
    INSERT INTO interview_slot (interview_id, "by", at)
    SELECT id, 'company', starts_at FROM interview WHERE starts_at IS NOT NULL
"""
MOVED_BACK = """
    UPDATE application SET
        interview_at = (SELECT starts_at FROM interview WHERE interview.application_id = application.id),
        interview_place = COALESCE((SELECT place FROM interview WHERE interview.application_id = application.id), '')
"""


def upgrade() -> None:
    role = sa.Enum(*ROLES, name="role", native_enum=False, length=20)
    op.create_table(
        "interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.Enum(*STATES, name="interviewstate", native_enum=False, length=20), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="interviewkind", native_enum=False, length=20), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("why_by", role, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("application_id"),
        sa.UniqueConstraint("uid"),
    )
    op.create_index("ix_interview_coming", "interview", ["state", "starts_at"])
    op.create_table(
        "interview_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("by", role, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["interview_id"], ["interview.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("interview_id", "at"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "calendar_feed",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id", "company_id"], ["company_member.person_id", "company_member.company_id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "company_id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.execute(MOVED_IN)
    op.execute(FIRST_SLOTS)
    op.drop_column("application", "interview_at")
    op.drop_column("application", "interview_place")
    op.add_column("outbox_message", sa.Column("calendar", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("outbox_message", "calendar")
    op.add_column("application", sa.Column("interview_at", sa.DateTime(timezone=True), nullable=True))
    place = sa.Column("interview_place", sa.String(length=300), nullable=False, server_default="")
    op.add_column("application", place)
    op.execute(MOVED_BACK)
    op.drop_table("calendar_feed")
    op.drop_table("interview_slot")
    op.drop_table("interview")
