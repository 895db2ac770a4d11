"""The first schema: events, their questions, their answers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "event",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("code", sa.String(6), nullable=False, unique=True),
        sa.Column("secret_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("model", sa.String(20), nullable=False),
        sa.Column("started", sa.DateTime, nullable=False),
        sa.Column("delete_on", sa.Date, nullable=False),
        sa.Column("closed", sa.DateTime),
        sa.Column("shown", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("event", sa.String(32), sa.ForeignKey("event.id", ondelete="CASCADE"), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("declaration", sa.Text, nullable=False),
    )
    op.create_index("question_of_event", "question", ["event"])
    op.create_table(
        "answer",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("question", sa.String(32), sa.ForeignKey("question.id", ondelete="CASCADE"), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("seat", sa.Integer),
        sa.Column("given", sa.DateTime, nullable=False),
        sa.Column("model", sa.String(20), nullable=False),
        sa.Column("appears", sa.Boolean, nullable=False),
        sa.UniqueConstraint("question", "person", name="one_answer_each"),
    )
