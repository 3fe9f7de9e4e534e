"""Which update of the content the sources are: a number that only grows, and the day for which they hold."""

from datetime import date
from pathlib import Path

from minato_viewer.authoring.tables import Row, read
from minato_viewer.domain.faults import SourceFault
from minato_viewer.domain.messages import N_


def content(path: Path) -> dict[str, str]:
    """Return `serial` and `as_of` as the plan file holds them; SourceFault where `path` does not say both."""
    table = read(path, "content").get("content")
    if not isinstance(table, dict):
        raise SourceFault(N_("{path} has no table [content]: add it."), path=path)
    row = Row(table, path)  # pyright: ignore[reportUnknownArgumentType] - TOML has no types of its own
    serial, as_of = row.integer("serial"), row.text("as_of")
    row.done()
    if serial < 1:
        raise SourceFault(N_("{path}: the serial must be 1 or larger, and larger with every update."), path=path)
    try:
        date.fromisoformat(as_of)
    except ValueError as error:
        raise SourceFault(N_("{path}: as_of must be a day such as 2026-11-27."), path=path) from error
    return {"serial": str(serial), "as_of": as_of}
