"""Catalogues and plan files in which the city has approved translations, as tests want them."""

from collections.abc import Mapping
from pathlib import Path

from minato_viewer.authoring.sources import Sources
from minato_viewer.planfile.build import build
from minato_viewer.planfile.reader import Plan

OFFICE, DAY = "港区企画経営部企画課", "2026-12-01"
APPROVAL = f"# approved_by: {OFFICE}\n# approved_on: {DAY}\n"


def comment(path: Path, context: str, comments: str) -> int:
    """Write a translator's comments above the text of a context; return the line of its original."""
    text = path.read_text("utf-8")
    before, found, after = text.partition(f'msgctxt "{context}"')
    assert found, context
    # Above what the program writes itself: #. and #, of the same text.
    head, gap, own = before.rpartition("\n\n")
    path.write_text(f"{head}{gap}{comments}{own}{found}{after}", "utf-8")
    return path.read_text("utf-8").partition(found)[0].count("\n") + 2


def plan_with(
    sources: Sources, path: Path, approved: Mapping[str, tuple[str, str]], stale: tuple[str, ...] = ()
) -> Plan:
    """Return the plan in which reference texts `CODE#FIELD` are approved (office, day), or stale, in every language.

    The approval of the empty key is that of all other reference texts.
    """
    texts = []
    for row in sources.data.texts:
        context = f"{row.code}#{row.field}"
        office, day = approved.get(context, approved.get("", ("", ""))) if row.status == "reference" else ("", "")
        old = row.status == "reference" and context in stale
        texts.append(row._replace(approved_by=office, approved_on=day, stale=old))
    build(sources.data._replace(texts=tuple(texts)), path)
    return Plan(path)
