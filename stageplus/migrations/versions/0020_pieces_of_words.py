"""Pieces of words"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

BATCH = 5_000


def upgrade() -> None:
    kept = op.create_table(
        "word_piece",
        sa.Column("piece", sa.String(length=3), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("piece", "word"),
    )
    words = op.get_bind().execute(sa.text("SELECT DISTINCT word FROM offer_word")).scalars()
    rows = [{"piece": piece, "word": word} for word in words for piece in _pieces(word)]
    for start in range(0, len(rows), BATCH):
        op.bulk_insert(kept, rows[start : start + BATCH])


def downgrade() -> None:
    op.drop_table("word_piece")


def _pieces(word: str) -> set[str]:
    padded = f"  {word} "
    fitting = len(word) >= 4 and not word.isdigit()
    return {padded[start : start + 3] for start in range(len(padded) - 2)} if fitting else set()
