"""What a dispositif asks is dated, and a dispositif may end; networks of operators are rows"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0045"
branch_labels = None
depends_on = None

RULE = ("min_age", "min_age_with_two_years", "max_age_contract", "operator_kinds")
COPIED = """INSERT INTO scheme_rule (scheme_code, effective_from, pay_rates,
        min_age, min_age_with_two_years, max_age_contract, operator_kinds)
    SELECT code, effective_from, '', min_age, min_age_with_two_years, max_age_contract, operator_kinds FROM scheme"""
GIVEN_BACK = """UPDATE scheme
    SET (effective_from, min_age, min_age_with_two_years, max_age_contract, operator_kinds) = (
        SELECT effective_from, min_age, min_age_with_two_years, max_age_contract, substr(operator_kinds, 1, 60)
        FROM scheme_rule WHERE scheme_code = code ORDER BY effective_from DESC LIMIT 1)"""
NETWORKS = """INSERT INTO operator_network (code, name, words)
    SELECT DISTINCT kind, upper(kind), upper(kind) FROM operator"""


def upgrade() -> None:
    op.create_table(
        "scheme_rule",
        sa.Column("scheme_code", sa.String(length=60), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=False),
        sa.Column("min_age_with_two_years", sa.Integer(), nullable=False),
        sa.Column("max_age_contract", sa.Integer(), nullable=False),
        sa.Column("operator_kinds", sa.String(length=200), nullable=False),
        sa.Column("pay_rates", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["scheme_code"], ["scheme.code"]),
        sa.PrimaryKeyConstraint("scheme_code", "effective_from"),
    )
    op.execute(COPIED)
    op.add_column("scheme", sa.Column("last_day", sa.Date(), nullable=True))
    for name in ("effective_from", *RULE):
        op.drop_column("scheme", name)
    op.create_table(
        "operator_network",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=160), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.execute(NETWORKS)


def downgrade() -> None:
    op.drop_table("operator_network")
    op.drop_column("scheme", "last_day")
    op.add_column("scheme", sa.Column("effective_from", sa.Date(), server_default="2015-09-01", nullable=False))
    for name in RULE[:-1]:
        op.add_column("scheme", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.add_column("scheme", sa.Column(RULE[-1], sa.String(length=60), server_default="", nullable=False))
    op.execute(GIVEN_BACK)
    op.drop_table("scheme_rule")
