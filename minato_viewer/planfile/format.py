"""What writer and reader of the plan file agree on. FORMAT.md documents it for everyone else."""

APPLICATION_ID = 0x4D4E5450
"""`MNTP`, in the header of the file."""

FORMAT_MAJOR = 1
"""Raised when an older program can no longer read the file."""

FORMAT_MINOR = 2
"""Raised when only something was added."""

USER_VERSION = FORMAT_MAJOR << 16 | FORMAT_MINOR

PAGE_SIZE = 4096

VIEWS = {
    "entry": """
        SELECT node.code, node.edition, parent.code AS parent_code, node.kind, node.number, node.position,
               node.short, node.until
        FROM nodes AS node LEFT JOIN nodes AS parent ON parent.id = node.parent_id
        ORDER BY node.id""",
    "entry_text": """
        SELECT node.code, node.edition, node.kind, text.field, text.lang, text.text, text.status, text.stale,
               text.source, text.approved_by, text.approved_on
        FROM texts AS text JOIN nodes AS node ON node.id = text.node_id
        ORDER BY text.node_id, text.ordinal, text.lang""",
    "figure": """
        SELECT node.code, node.edition, figure.value, figure.unit, figure.basis, figure.as_of, figure.until,
               figure.source
        FROM figures AS figure JOIN nodes AS node ON node.id = figure.node_id
        ORDER BY figure.node_id""",
    "link": """
        SELECT origin_node.code AS from_code, target_node.code AS to_code, link.relation, link.origin
        FROM links AS link
        JOIN nodes AS origin_node ON origin_node.id = link.from_id
        JOIN nodes AS target_node ON target_node.id = link.to_id
        ORDER BY link.from_id, link.ordinal""",
    "reading": """
        SELECT node.code, reading.field, reading.lang, reading.text
        FROM readings AS reading JOIN nodes AS node ON node.id = reading.node_id
        ORDER BY reading.node_id, reading.field, reading.lang""",
    "ruby": """
        SELECT node.code, ruby.field, ruby.lang, ruby.start, ruby.length, ruby.text
        FROM rubies AS ruby JOIN nodes AS node ON node.id = ruby.node_id
        ORDER BY ruby.node_id, ruby.field, ruby.lang, ruby.start""",
    "meta": "SELECT key, value FROM properties ORDER BY key",
}
"""The public views; columns are only ever added, at the end."""
