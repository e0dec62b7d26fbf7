"""Reference data"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "basin",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "joint_committee",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "parameter",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("value", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("name", "effective_from"),
    )
    op.create_table(
        "scheme",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=False),
        sa.Column("min_age_with_two_years", sa.Integer(), nullable=False),
        sa.Column("max_age_contract", sa.Integer(), nullable=False),
        sa.Column("operator_kinds", sa.String(length=60), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "sector",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("fund", sa.String(length=100), nullable=True),
        sa.Column("has_coach", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "municipality",
        sa.Column("ins", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("province", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("basin_code", sa.String(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["basin_code"],
            ["basin.code"],
        ),
        sa.PrimaryKeyConstraint("ins"),
    )
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_municipality_basin_code"), ["basin_code"], unique=False)

    op.create_table(
        "trade",
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("sector_code", sa.String(), nullable=False),
        sa.Column("name_m", sa.String(length=120), nullable=False),
        sa.Column("name_f", sa.String(length=120), nullable=False),
        sa.Column("joint_committee", sa.String(), nullable=True),
        sa.Column("no_age_limit", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["joint_committee"],
            ["joint_committee.code"],
        ),
        sa.ForeignKeyConstraint(
            ["sector_code"],
            ["sector.code"],
        ),
        sa.PrimaryKeyConstraint("code"),
    )
    with op.batch_alter_table("trade", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trade_sector_code"), ["sector_code"], unique=False)

    op.create_table(
        "place",
        sa.Column("postal_code", sa.String(length=4), nullable=False),
        sa.Column("municipality_ins", sa.String(length=5), nullable=False),
        sa.Column("locality", sa.String(length=80), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("precision", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_ins"],
            ["municipality.ins"],
        ),
        sa.PrimaryKeyConstraint("postal_code", "municipality_ins", "locality"),
    )
    op.create_table(
        "place_name",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("municipality_ins", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_ins"],
            ["municipality.ins"],
        ),
        sa.PrimaryKeyConstraint("name", "municipality_ins"),
    )
    op.create_table(
        "trade_word",
        sa.Column("trade_code", sa.String(length=80), nullable=False),
        sa.Column("word", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["trade_code"],
            ["trade.code"],
        ),
        sa.PrimaryKeyConstraint("trade_code", "word"),
    )
    with op.batch_alter_table("trade_word", schema=None) as batch_op:
        batch_op.create_index("ix_trade_word_word", ["word"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("trade_word", schema=None) as batch_op:
        batch_op.drop_index("ix_trade_word_word")

    op.drop_table("trade_word")
    op.drop_table("place_name")
    op.drop_table("place")
    with op.batch_alter_table("trade", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trade_sector_code"))

    op.drop_table("trade")
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_municipality_basin_code"))

    op.drop_table("municipality")
    op.drop_table("sector")
    op.drop_table("scheme")
    op.drop_table("parameter")
    op.drop_table("joint_committee")
    op.drop_table("basin")
