"""What a search can be narrowed down to."""

from contextlib import closing
from pathlib import Path

from minato_viewer.domain.districts import is_of
from minato_viewer.planfile.opening import connect, faults

KIND, DISTRICT, TOPIC = "kind", "district", "topic"


def choices(path: Path, lang: str) -> dict[str, list[str]]:
    """Return by name the kinds of a plan file's entries, and the codes of districts and topics in a reader's order.

    A district or topic without a title in `lang` is not among them, and in a file of an older program is nothing.
    """
    found: dict[str, list[str]] = {KIND: [], DISTRICT: [], TOPIC: []}
    with faults(path), closing(connect(path)) as connection:
        if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'search_choices'").fetchone():
            sql = "SELECT name, value FROM search_choices WHERE lang IN ('', ?) ORDER BY name, place"
            for name, value in connection.execute(sql, (lang,)):
                found[name].append(value)
    return found


def has_district(path: Path, name: str) -> bool:
    """Return whether a district of any edition has a code that ends with `name`.

    Asked of the few choices and not of all entries. A file of an older program does not say, and may have it.
    """
    with faults(path), closing(connect(path)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'search_choices'").fetchone():
            return True
        sql = "SELECT value FROM search_choices WHERE name = ?"
        return any(is_of(str(code), name) for (code,) in connection.execute(sql, (DISTRICT,)))
