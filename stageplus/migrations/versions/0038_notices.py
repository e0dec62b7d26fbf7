"""What letters told, for the site's own list; how often people want mail; what waits for the morning"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

GROUPS = (
    "sécurité", "décisions", "résumé", "réponses", "entretiens", "alertes", "candidatures", "rappels",
    "mises en relation", "apprenants", "agréments", "demandes d’accès", "places",
)  # fmt: skip
PACES = ("tout de suite", "une fois par jour", "jamais")


def upgrade() -> None:
    op.add_column("outbox_message", sa.Column("about", sa.String(length=60), server_default="", nullable=False))
    op.add_column(
        "outbox_message", sa.Column("waits_for_morning", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("letter", sa.String(length=40), nullable=False),
        sa.Column("bundle", sa.String(length=300), nullable=False),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held", sa.String(length=32), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mail_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_notice_about", "notice", ["about"])
    op.create_index("ix_notice_mail_at", "notice", ["mail_at"])
    op.create_index("ix_notice_unread", "notice", ["person_id", "read_at", "bundle"])
    op.create_index("ix_notice_at", "notice", ["at"])
    op.create_table(
        "mail_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("of_group", sa.Enum(*GROUPS, name="group", native_enum=False, length=20), nullable=False),
        sa.Column("pace", sa.Enum(*PACES, name="mailpace", native_enum=False, length=20), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "of_group"),
    )


def downgrade() -> None:
    op.drop_table("mail_choice")
    op.drop_table("notice")
    for name in ("waits_for_morning", "about"):
        op.drop_column("outbox_message", name)
