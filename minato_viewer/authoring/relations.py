"""Looks for mistakes in what links mean: editions related, compared, arranged and reached by topics."""

from collections import defaultdict
from collections.abc import Iterator

from minato_viewer.domain.plan import ARRANGEMENT, OUTCOMES, Edition
from minato_viewer.domain.plan_data import Entry, Link, PlanData


def relations(data: PlanData) -> Iterator[str]:
    """Yield a finding for every link between sound entries that says what cannot be, and for what links leave out."""
    entries = {entry.code: entry for entry in data.entries}
    editions = {edition.code: edition for edition in data.editions}
    for link in data.links:
        start, end = entries[link.from_code], entries[link.to_code]
        says = _mistake(link, start, end, editions)
        if says:
            yield f"{link.from_code} -> {link.to_code}: {says}"
    yield from _comparisons(data, entries)
    yield from _topics(data)
    yield from _arrangements(data, entries)


def _mistake(link: Link, start: Entry, end: Entry, editions: dict[str, Edition]) -> str:
    """Return why a link of this relation cannot lead from `start` to `end`; empty where it can."""
    first, second = editions[start.edition], editions[end.edition]
    if link.relation in OUTCOMES:
        if not (first.is_plan and second.is_plan and first.published < second.published):
            return f"a link {link.relation} leads from an edition of the plan into a later one"
        whole = {"added": start, "ended": end}.get(link.relation)
        if whole is not None and whole.kind != "edition":
            return "added leads from the earlier edition itself, ended to the later edition itself"
    if link.relation == "topic" and (start.kind != "topic" or not second.is_plan):
        return "topic leads from a topic to an entry of the plan"
    if link.relation == "compares" and (first.is_plan or not second.is_plan):
        return "compares leads from a page of the viewer to an entry of the plan"
    return ""


def _comparisons(data: PlanData, entries: dict[str, Entry]) -> Iterator[str]:
    """A page compares two entries; what stands below them is left out by none of those of its kind."""
    pages: defaultdict[str, list[str]] = defaultdict(list)
    told: defaultdict[str, set[str]] = defaultdict(set)
    below: defaultdict[str, list[Entry]] = defaultdict(list)
    for link in data.links:
        if link.relation == "compares":
            pages[link.from_code].append(link.to_code)
        if link.relation in OUTCOMES:
            told[link.from_code].add(entries[link.to_code].edition)
            told[link.to_code].add(entries[link.from_code].edition)
    for entry in data.entries:
        below[entry.parent].append(entry)
    for page, compared in pages.items():
        if len({entries[code].edition for code in compared}) != 2 or len(compared) != 2:
            yield f"{page}: it compares {', '.join(compared)}: name one entry of each of two editions"
            continue
        for code, other in (compared, compared[::-1]):
            edition = entries[other].edition
            kinds = {entry.kind for entry in below[code] if edition in told[entry.code]} - {"section"}
            for entry in below[code]:
                if entry.kind in kinds and edition not in told[entry.code]:
                    yield f"{entry.code}: {page} compares its like, but no link says what became of it in {edition}"


def _topics(data: PlanData) -> Iterator[str]:
    """Every entry, or the one just above it, is where a topic leads to; an edition without any is not sorted yet."""
    reached = {link.to_code for link in data.links if link.relation == "topic"}
    sorted_editions = {code.partition("/")[0] for code in reached}
    for entry in data.entries:
        if entry.edition in sorted_editions and not reached & {entry.code, entry.parent}:
            yield f"{entry.code}: no topic leads to it: add a link topic"


def _arrangements(data: PlanData, entries: dict[str, Entry]) -> Iterator[str]:
    """What a document draws side by side stands below one entry, each once."""
    for key, rows in data.properties.items():
        if not key.startswith(ARRANGEMENT):
            continue
        parent = key.removeprefix(ARRANGEMENT)
        drawn = rows.replace(";", " ").split()
        for code in drawn:
            if code not in entries or entries[code].parent != parent or drawn.count(code) > 1:
                yield f"{parent}: its arrangement holds {code}, which is not below it, or stands there twice"
