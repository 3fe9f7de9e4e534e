"""The table as JSON, for programs."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

from minato_viewer.authoring.exchange import Delivery, Incoming, Row, version
from minato_viewer.domain.faults import SourceFault
from minato_viewer.domain.messages import N_
from minato_viewer.language.tags import TAGS

FORMAT = "minato-plan texts 1"


def written(rows: Iterable[Row], languages: Sequence[str]) -> bytes:
    """Return the table."""
    texts = [
        {
            **{"code": row.code, "field": row.field, "kind": row.kind, "language": row.language},
            **{"status": row.status, "original": row.original, "translations": row.translations},
            **{"stale": row.stale, "terms": row.terms, "version": version(row, languages)},
        }
        for row in rows
    ]
    table = {"format": FORMAT, "languages": list(languages), "texts": texts}
    return f"{json.dumps(table, ensure_ascii=False, indent=1)}\n".encode()


def read(path: Path, content: bytes) -> Delivery:
    """Read a table that came back; SourceFault where it is none."""
    try:
        table = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        # Of ValueError: no UTF-8, no JSON, a key that stands twice.
        raise SourceFault(N_("{path} cannot be read as JSON ({reason})."), path=path, reason=error) from error
    if not isinstance(table, dict) or cast("dict[str, Any]", table).get("format") != FORMAT:
        raise SourceFault(
            N_("{path} is no table of minato-plan: its format must be “{format}”."), path=path, format=FORMAT
        )
    whole = _Object(path, "", cast("dict[str, Any]", table))
    languages = tuple(whole.strings("languages"))
    if any(tag not in TAGS for tag in languages):
        raise whole.fault("languages")
    rows = [
        _incoming(_Object(path, f"texts[{number}]", text), number) for number, text in enumerate(whole.rows("texts"))
    ]
    return Delivery(path, languages, tuple(rows))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(name for name in names if names.count(name) > 1)} stands twice")
    return found


def _incoming(text: "_Object", number: int) -> Incoming:
    return Incoming(
        row=number,
        code=text.string("code"),
        field=text.string("field"),
        original=text.string("original"),
        translations=text.texts("translations"),
        stale=frozenset(text.strings("stale")),
        version=text.string("version"),
    )


class _Object:
    """One object of the file: hands out its values by name and type, and says where it stands when one is wrong."""

    def __init__(self, path: Path, name: str, values: Any) -> None:
        self._path, self._name = path, name
        if not isinstance(values, dict):
            raise self.fault("{}")
        self._values = cast("dict[str, Any]", values)

    def string(self, key: str) -> str:
        value = self._values.get(key)
        if not isinstance(value, str):
            raise self.fault(key)
        return value

    def strings(self, key: str) -> list[str]:
        value = self._values.get(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in cast("list[Any]", value)):
            raise self.fault(key)
        return cast("list[str]", value)

    def texts(self, key: str) -> dict[str, str]:
        value = self._values.get(key)
        if not isinstance(value, dict):
            raise self.fault(key)
        texts = cast("dict[str, Any]", value)
        for tag, text in texts.items():
            if tag not in TAGS or not isinstance(text, str):
                raise self.fault(f"{key}.{tag}")
        return cast("dict[str, str]", texts)

    def rows(self, key: str) -> list[Any]:
        value = self._values.get(key)
        if not isinstance(value, list):
            raise self.fault(key)
        return cast("list[Any]", value)

    def fault(self, key: str) -> SourceFault:
        return SourceFault(
            N_("{path}, {place}: the key {key} is missing or has the wrong type."),
            path=self._path,
            place=self._name or "{}",
            key=key,
        )
