"""Agréments by operator, claims and teams of companies"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_number", sa.String(length=10), nullable=False),
        sa.Column("establishment_number", sa.String(length=10), nullable=False),
        sa.Column("company_name", sa.String(length=160), nullable=False),
        sa.Column("postal_code", sa.String(length=4), nullable=False),
        sa.Column("function", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("first_name", sa.String(length=80), nullable=False),
        sa.Column("last_name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(length=100), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "à confirmer",
                "en attente",
                "acceptée",
                "refusée",
                "contestée",
                "refus confirmé",
                name="claimstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "sans agrément",
                "numéros",
                "personne inconnue",
                "déjà représentée",
                "autre",
                name="claimrefusal",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contest_words", sa.String(length=1000), nullable=False),
        sa.Column("contested_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("company_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_company_claim_email"), ["email"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_company_claim_establishment_number"), ["establishment_number"], unique=False
        )
        batch_op.create_index("ix_company_claim_open", ["state", "confirmed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_company_claim_person_id"), ["person_id"], unique=False)

    op.create_table(
        "company_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("everywhere", sa.Boolean(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["company.id"],
        ),
        sa.ForeignKeyConstraint(["invited_by"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("company_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_company_invitation_company_id"), ["company_id"], unique=False)

    op.create_table(
        "tutor_limit",
        sa.Column("sector_code", sa.String(length=60), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("learners", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["sector_code"],
            ["sector.code"],
        ),
        sa.PrimaryKeyConstraint("sector_code", "effective_from"),
    )
    op.create_table(
        "invitation_establishment",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"],
            ["establishment.id"],
        ),
        sa.ForeignKeyConstraint(["invitation_id"], ["company_invitation.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("invitation_id", "establishment_id"),
    )
    # A fresh table in place of a rebuilt one: the constraint to drop has no name.
    op.rename_table("company_member", "company_member_before")
    op.create_table(
        "company_member",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("everywhere", sa.Boolean(), nullable=False),
        sa.CheckConstraint("everywhere OR NOT is_admin", name="ck_company_member_admin"),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "company_id", name="pk_company_member"),
    )
    op.create_table(
        "member_establishment",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"],
            ["establishment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "company_id"], ["company_member.person_id", "company_member.company_id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "establishment_id"),
    )
    op.create_table(
        "approval_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("approval_id", sa.Integer(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "demandé", "accordé", "refusé", "suspendu", "retiré", name="approvalstate", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column(
            "effect",
            sa.Enum(
                "demandé", "accordé", "refusé", "suspendu", "retiré", name="approvalstate", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column(
            "role",
            sa.Enum("learner", "company", "operator", "coach", "offa", name="role", native_enum=False, length=20),
            nullable=True,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["approval_id"], ["approval.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["operator.id"],
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("approval_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_change_approval_id"), ["approval_id"], unique=False)

    op.create_table(
        "approval_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("approval_id", sa.Integer(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "demandé", "accordé", "refusé", "suspendu", "retiré", name="approvalstate", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["approval_id"], ["approval.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["operator.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("approval_id", "operator_id"),
    )
    with op.batch_alter_table("approval_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_record_operator_id"), ["operator_id"], unique=False)

    op.add_column("approval", sa.Column("disputed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_approval_operator_id", "approval", ["operator_id"])
    op.create_index("ix_approval_state", "approval", ["state", "disputed"])
    op.add_column("offer", sa.Column("claim_id", sa.Integer(), nullable=True))
    op.create_index("ix_offer_claim_id", "offer", ["claim_id"])
    _carry_over()


def _carry_over() -> None:
    """Keep who acted where, and write what was recorded so far as the record of the operator that holds it."""
    op.execute(
        "INSERT INTO company_member (person_id, company_id, is_admin, everywhere) "
        "SELECT person_id, company_id, establishment_id IS NULL, establishment_id IS NULL FROM company_member_before"
    )
    op.execute(
        "INSERT INTO member_establishment (person_id, establishment_id, company_id) "
        "SELECT person_id, establishment_id, company_id FROM company_member_before WHERE establishment_id IS NOT NULL"
    )
    op.drop_table("company_member_before")
    op.execute(
        "INSERT INTO approval_record (approval_id, operator_id, state, since, noted_at) "
        "SELECT id, operator_id, state, since, CURRENT_TIMESTAMP FROM approval"
    )
    op.execute(
        "INSERT INTO approval_change (approval_id, operator_id, state, since, effect, disputed, reason, at) "
        "SELECT id, operator_id, state, since, state, disputed, '', CURRENT_TIMESTAMP FROM approval"
    )


def downgrade() -> None:
    raise NotImplementedError("restore the backup made before this migration")
