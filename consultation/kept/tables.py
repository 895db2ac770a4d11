"""The tables of the store as they are now; :mod:`.migrations` says how they came to be so."""

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Index, Integer, MetaData, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

METADATA = MetaData()

EVENTS = Table(
    "event",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("code", String(6), nullable=False, unique=True),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("model", String(20), nullable=False),
    Column("started", DateTime, nullable=False),
    Column("delete_on", Date, nullable=False),
    Column("closed", DateTime),
    Column("shown", String(32), nullable=False),
    Column("revision", Integer, nullable=False),
)
QUESTIONS = Table(
    "question",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("event", String(32), ForeignKey("event.id", ondelete="CASCADE"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("declaration", Text, nullable=False),
    Index("question_of_event", "event"),
)
ANSWERS = Table(
    "answer",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("question", String(32), ForeignKey("question.id", ondelete="CASCADE"), nullable=False),
    Column("person", String(64), nullable=False),
    Column("value", Text, nullable=False),
    Column("seat", Integer),
    Column("given", DateTime, nullable=False),
    Column("model", String(20), nullable=False),
    Column("appears", Boolean, nullable=False),
    Unique("question", "person", name="one_answer_each"),
)
