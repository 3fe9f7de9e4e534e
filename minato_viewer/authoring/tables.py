"""Tables of a TOML source: read, and handed out value by value, with the place of whatever is wrong."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from minato_viewer.domain.faults import SourceFault
from minato_viewer.domain.messages import N_

Table = Mapping[str, Any]
Choice = TypeVar("Choice", bound=StrEnum)


def read(path: Path, *known: str) -> Table:
    """Return the tables of a file, none where it is missing; SourceFault where one is not `known`."""
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(text_of(path))
    except tomllib.TOMLDecodeError as error:
        raise SourceFault(N_("{path} is not correct TOML: {reason}."), path=path, reason=error) from error
    for name in tables:
        if name not in known:
            raise unknown_key(path, path.stem, name)
    return tables


def text_of(path: Path) -> str:
    """Return the text of a file; SourceFault where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceFault(N_("{path} cannot be read as UTF-8 text: {reason}."), path=path, reason=error) from error


def unknown_key(path: Path, code: str, key: str) -> SourceFault:
    """Return what is wrong with a key that nothing asks for."""
    return SourceFault(
        N_("{path}, {code}: the key {key} is not known: correct or remove it."), path=path, code=code, key=key
    )


def rows(tables: Table, name: str, path: Path) -> list[Table]:
    """Return the tables `name` of a file; SourceFault where they are no list of tables."""
    found = tables.get(name, [])
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):  # pyright: ignore[reportUnknownVariableType] - the same
        raise SourceFault(N_("{path}: write the tables {table} with double brackets."), path=path, table=name)
    return found  # pyright: ignore[reportUnknownVariableType] - TOML has no types of its own


class Row:
    """One table of a file: hands out its values by name and type, and says where it stands when one is wrong."""

    def __init__(self, row: Table, path: Path) -> None:
        """Hand out the values of `row`, a table of `path`."""
        self._row = dict(row)
        self._path = path
        self._name = str(row.get("code") or row.get("from") or row.get("file") or "?")

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; SourceFault where it is none, or missing without a `default`."""
        value = self._row.pop(key, default)
        if not isinstance(value, str):
            raise self._fault(key, "text")
        return value

    def integer(self, key: str) -> int:
        """Return a whole number; SourceFault where it is none."""
        value = self._row.pop(key, None)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._fault(key, "integer")
        return value

    def truth(self, key: str, *, default: bool) -> bool:
        """Return true or false; SourceFault where it is neither."""
        value = self._row.pop(key, default)
        if not isinstance(value, bool):
            raise self._fault(key, "truth value")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, an empty one where it is missing; SourceFault where it is none."""
        value = self._row.pop(key, [])
        if not isinstance(value, list):
            raise self._fault(key, "list")
        return tuple(str(item) for item in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - TOML has no types of its own

    def choice(self, key: str, choices: type[Choice], default: str | None = None) -> Choice:
        """Return one of `choices`; SourceFault where it is none of them."""
        value = self.text(key, default)
        try:
            return choices(value)
        except ValueError:
            raise self._fault(key, " / ".join(choices)) from None

    def done(self) -> None:
        """Refuse keys that nothing has asked for: they are mistyped."""
        for key in self._row:
            raise unknown_key(self._path, self._name, key)

    def _fault(self, key: str, kind: str) -> SourceFault:
        return SourceFault(
            N_("{path}, {code}: the key {key} is missing or is no {kind}."),
            path=self._path,
            code=self._name,
            key=key,
            kind=kind,
        )
