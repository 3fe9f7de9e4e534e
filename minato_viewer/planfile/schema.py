"""The tables behind the public views, declared once for building and checking."""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text

METADATA = MetaData()

NODES = Table(
    "nodes",
    METADATA,
    # In the plan's reading order, so that an entry's descendants are the ids up to `last`, and the
    # entry after it is the next id.
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("edition", Text, nullable=False),
    Column("parent_id", Integer, ForeignKey("nodes.id")),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("short", Integer, nullable=False, unique=True),
    Column("until", Text, nullable=False),
    Column("children", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Index("nodes_by_parent", "parent_id", "position"),
)

TEXTS = Table(
    "texts",
    METADATA,
    Column("node_id", Integer, ForeignKey("nodes.id"), primary_key=True),
    # Order of the field in its entry; the title is always 0, so that a title is found by key.
    Column("ordinal", Integer, primary_key=True),
    Column("lang", Text, primary_key=True),
    Column("field", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("stale", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("approved_on", Text, nullable=False),
    sqlite_with_rowid=False,
)

FOLDED = Table(
    "folded",
    METADATA,
    # The number of an entry and its titles in every language, folded: what the tree's filter looks through.
    Column("node_id", Integer, ForeignKey("nodes.id"), primary_key=True),
    Column("number", Text, nullable=False),
    Column("titles", Text, nullable=False),
)

FIGURES = Table(
    "figures",
    METADATA,
    Column("node_id", Integer, ForeignKey("nodes.id"), primary_key=True),
    Column("value", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("source", Text, nullable=False),
)

LINKS = Table(
    "links",
    METADATA,
    Column("from_id", Integer, ForeignKey("nodes.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("to_id", Integer, ForeignKey("nodes.id"), nullable=False),
    Column("relation", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Index("links_by_target", "to_id"),
    sqlite_with_rowid=False,
)

READINGS = Table(
    "readings",
    METADATA,
    Column("node_id", Integer, ForeignKey("nodes.id"), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("lang", Text, primary_key=True),
    Column("text", Text, nullable=False),
    sqlite_with_rowid=False,
)

RUBIES = Table(
    "rubies",
    METADATA,
    Column("node_id", Integer, ForeignKey("nodes.id"), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("lang", Text, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("length", Integer, nullable=False),
    Column("text", Text, nullable=False),
    sqlite_with_rowid=False,
)

SEARCH_EDITIONS = Table(
    "search_editions",
    METADATA,
    # The order of importance of the editions. An entry's rank is its id and `shift`, so that ranks go from 1 on
    # through the most important edition to the least.
    Column("edition", Text, primary_key=True),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("shift", Integer, nullable=False),
    sqlite_with_rowid=False,
)

SEARCH_CHOICES = Table(
    "search_choices",
    METADATA,
    # What a search can be narrowed down to: kinds in the plan's order (without a language), and codes of districts
    # and topics in the order in which a reader of a language looks for them.
    Column("name", Text, primary_key=True),
    Column("lang", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

SEARCH_NUMBERS = Table(
    "search_numbers",
    METADATA,
    # Numbers of entries in Arabic digits.
    Column("number", Text, primary_key=True),
    Column("rank", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    sqlite_with_rowid=False,
)

SEARCH_TERMS = Table(
    "search_terms",
    METADATA,
    # Words of the plan by what may be typed for them, which `script` says the kind of (planfile/search_terms).
    # An empty form is the key itself.
    Column("script", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("form", Text, primary_key=True),
    # How many entries hold the form.
    Column("weight", Integer, nullable=False),
    sqlite_with_rowid=False,
)

PROPERTIES = Table(
    "properties",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)
