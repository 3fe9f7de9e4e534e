"""A copy of the sources and catalogues, and the commands `export` and `import` on it."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from minato_viewer.authoring.check import findings
from minato_viewer.authoring.sources import Sources, load
from minato_viewer.cli import plan, plan_exchange


class Said(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: list[str]
    err: str


class Office:
    """The sources of one city office, in a folder of their own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._capsys = capsys
        for program in (plan, plan_exchange):
            monkeypatch.setattr(program, "SOURCES", folder / "db")
            monkeypatch.setattr(program, "CATALOGUES", folder / "i18n")
        monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def run(self, *arguments: str | Path) -> Said:
        self._capsys.readouterr()
        code = plan.main([str(argument) for argument in arguments])
        said = self._capsys.readouterr()
        return Said(code, said.out.splitlines(), said.err)

    def export(self, form: str, *arguments: str) -> Path:
        path = self.folder / f"out.{form}"
        assert self.run("export", "--format", form, "-o", path, *arguments) == (0, [], "")
        return path

    def files(self) -> dict[str, bytes]:
        """Every file of the sources with its content."""
        found = [path for name in ("db", "i18n") for path in (self.folder / name).rglob("*") if path.is_file()]
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}

    def sources(self) -> Sources:
        loaded = load(self.folder / "db", self.folder / "i18n")
        assert findings(loaded) == []
        return loaded


Row = dict[str, str]


def table(path: Path) -> list[Row]:
    """Read an exported CSV as Excel does."""
    return list(csv.DictReader(StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def save(path: Path, rows: list[Row], encoding: str = "utf-8-sig", **options: Any) -> Path:
    """Write rows as some program would save them."""
    file = StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]), **options)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(file.getvalue().encode(encoding))
    return path


def edit(path: Path, name: str, **cells: str) -> Path:
    """Change cells of the text `CODE#FIELD` in an exported CSV; a hyphen in a column is written `_`."""
    rows = table(path)
    (row,) = [row for row in rows if f"{row['code']}#{row['field']}" == name]
    columns = {column.replace("-", "_"): column for column in row}
    row.update({columns[column]: cell for column, cell in cells.items()})
    return save(path, rows)


def edit_json(path: Path, name: str, change: Callable[[dict[str, Any]], object]) -> Path:
    """Change the text `CODE#FIELD` in an exported JSON."""
    whole = json.loads(path.read_bytes())
    (text,) = [text for text in whole["texts"] if f"{text['code']}#{text['field']}" == name]
    change(text)
    path.write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
    return path
