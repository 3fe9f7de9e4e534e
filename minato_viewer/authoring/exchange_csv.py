"""The table as CSV for Excel: UTF-8 with its mark, every cell quoted.

What Excel saves as CSV UTF-8 or as Unicode text is read, with the separator of any country.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path

from minato_viewer.authoring.exchange import Delivery, Incoming, Row, version
from minato_viewer.domain.faults import SourceFault
from minato_viewer.domain.messages import N_
from minato_viewer.language.tags import TAGS

_FIRST = ("code", "field", "kind", "language", "status", "original")
_LAST = ("stale", "terms", "version")
_NEEDED = ("code", "field", "version")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What Excel would run as a formula; an apostrophe before it makes it text, and the import takes that away again."""


def written(rows: Iterable[Row], languages: Sequence[str]) -> bytes:
    """Return the table; the column of the original's own language stays empty."""
    file = StringIO(newline="")
    table = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow([*_FIRST, *languages, *_LAST])
    for row in rows:
        cells = [
            *(row.code, row.field, row.kind, row.language, row.status, row.original),
            *(row.translations.get(tag, "") for tag in languages),
            *(" ".join(row.stale), row.terms, version(row, languages)),
        ]
        table.writerow([f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def read(path: Path, content: bytes) -> Delivery:
    """Read a table that came back; SourceFault where it is none."""
    text = _decoded(path, content)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        table = list(reader)
    except csv.Error as error:
        raise SourceFault(
            N_("{path}, line {line}: it cannot be read as CSV ({reason}); save it as CSV UTF-8 again."),
            path=path,
            line=reader.line_num,
            reason=error,
        ) from error
    names = [name.strip() for name in table[0]] if table else []
    _check_names(path, names)
    languages = tuple(tag for tag in TAGS if tag in names)
    rows = [
        _incoming(path, number, names, cells, languages)
        for number, cells in enumerate(table[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    return Delivery(path, languages, tuple(rows))


def _decoded(path: Path, content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceFault(
            N_("{path} is not UTF-8: in Excel, save it as “CSV UTF-8”; plain CSV loses Chinese and Korean."), path=path
        ) from error


def _check_names(path: Path, names: Sequence[str]) -> None:
    for name in _NEEDED:
        if name not in names:
            raise SourceFault(
                N_("{path}: the column {column} is missing: export the table again and keep its first row."),
                path=path,
                column=name,
            )
    for name in names:
        if (name and name not in (*_FIRST, *TAGS, *_LAST)) or (name and names.count(name) > 1):
            raise SourceFault(
                N_("{path}: the column {column} is not known or stands twice: remove it."), path=path, column=name
            )


def _incoming(path: Path, number: int, names: list[str], cells: list[str], languages: Sequence[str]) -> Incoming:
    if any(cell.strip() for cell in cells[len(names) :]):
        raise SourceFault(
            N_("{path}, row {row}: there are more cells than columns: look for a quotation mark too many."),
            path=path,
            row=number,
        )
    plain = [cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell for cell in cells]
    row = dict(zip(names, [*plain, *[""] * len(names)], strict=False))
    return Incoming(
        row=number,
        code=row["code"].strip(),
        field=row["field"].strip(),
        original=row.get("original"),
        translations={tag: row[tag] for tag in languages},
        stale=frozenset(row["stale"].split()) if "stale" in row else None,
        version=row["version"].strip(),
    )
