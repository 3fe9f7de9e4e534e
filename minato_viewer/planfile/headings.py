"""What lists and trees ask of a plan file: numbers with titles, in a chain of languages; and what is shown at all."""


def heading_query(languages: int, where: str, *, approvals: bool, references: bool) -> str:
    """Return the SELECT of `Heading` for a chain of so many languages; only numbers are formatted into it.

    `approvals`: whether the file has their columns, which format 1.0 does not know. Without `references` a title
    that is our translation counts as missing, unless the city approved it.
    """
    texts = [f"text{number}" for number in range(languages)]
    joins = " ".join(
        f"LEFT JOIN texts AS {text} ON {text}.node_id = node.id AND {text}.ordinal = 0 AND {text}.lang = ?"
        f"{'' if references else and_shown(text, approvals=approvals)}"
        for text in texts
    )

    def first(column: str) -> str:
        # A missing text leaves '', which is no title, no language, not stale and not approved.
        return f"coalesce({', '.join(f'{text}.{column}' for text in texts)}, '')"

    approved = first("approved_on") if approvals else "''"
    return (
        "SELECT node.id, node.code, node.parent_id, node.kind, node.number, node.position, node.children,"
        f" {first('text')} AS title, {first('lang')}, {first('status')}, {first('stale')}, {approved}"
        f" FROM nodes AS node {joins} WHERE {where}"
    )


def and_shown(text: str, *, approvals: bool) -> str:
    """Return the condition under which a row of the table `text` is shown where reference translations are not."""
    approved = f" OR ({text}.approved_on <> '' AND {text}.stale = 0)" if approvals else ""
    return f" AND ({text}.status <> 'reference'{approved})"
