"""Tries changes out in a copy of the sources: what does not pass the check there never reaches db/ or i18n/."""

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from minato_viewer.authoring import readings_check, toml_texts
from minato_viewer.authoring.catalogues import Translated, update
from minato_viewer.authoring.check import text_findings
from minato_viewer.authoring.exchange import Change
from minato_viewer.authoring.sources import Sources, load
from minato_viewer.language.tags import LANGUAGES, language


class Outcome(NamedTuple):
    """What the changes would do."""

    contents: Mapping[Path, bytes]
    """The new contents of the files of db/ and i18n/ that change."""
    findings: tuple[str, ...]
    """What the check says of the texts with the changes and did not say without them."""
    outdated: int
    """Translations that are out of date from now on."""
    unread: int
    """Japanese texts whose readings are to be looked at from now on."""


def tried(sources: Sources, folder: Path, catalogues: Path, changes: Iterable[Change]) -> Outcome:
    """Return what `changes` would do to the sources, which are those of `folder` and `catalogues`."""
    changes = tuple(changes)
    with _copy(folder, catalogues) as (new_folder, new_catalogues):
        _originals(new_folder, changes)
        _translations(load(new_folder, new_catalogues), new_catalogues, changes)
        staged = load(new_folder, new_catalogues)
        known = set(text_findings(sources))
        return Outcome(
            contents={**_changed(new_folder, folder), **_changed(new_catalogues, catalogues)},
            findings=tuple(line for line in text_findings(staged) if line not in known),
            outdated=len(_stale(staged) - _stale(sources)),
            unread=len(set(readings_check.findings(staged)) - set(readings_check.findings(sources))),
        )


@contextmanager
def _copy(folder: Path, catalogues: Path) -> Generator[tuple[Path, Path]]:
    with tempfile.TemporaryDirectory() as name:
        places = Path(name, "db"), Path(name, "i18n")
        shutil.copytree(folder, places[0])
        for path in catalogues.rglob("plan-*.po"):
            target = places[1] / path.relative_to(catalogues)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        yield places


def _originals(folder: Path, changes: Iterable[Change]) -> None:
    originals = {change.key: change.new for change in changes if change.is_original}
    for path, content in toml_texts.edited(folder, originals).items():
        path.write_bytes(content)


def _translations(sources: Sources, catalogues: Path, changes: Iterable[Change]) -> None:
    """Bring the catalogues up to changed originals, and put the changed translations into theirs."""
    translated: defaultdict[tuple[str, str], dict[str, Translated]] = defaultdict(dict)
    for change in changes:
        edition = change.key[0].partition("/")[0]
        if change.is_original:
            for target in LANGUAGES:
                _ = translated[edition, target.tag]
        else:
            translated[edition, change.lang]["#".join(change.key)] = Translated(change.new, change.stale)
    editions = {edition.code: edition for edition in sources.data.editions}
    for (code, tag), texts in translated.items():
        if tag != editions[code].language:
            update(catalogues, editions[code], sources.data.texts, language(tag), texts)


def _changed(copy: Path, real: Path) -> dict[Path, bytes]:
    contents: dict[Path, bytes] = {}
    for path in sorted(copy.rglob("*")):
        if path.is_file():
            target, content = real / path.relative_to(copy), path.read_bytes()
            if not target.exists() or target.read_bytes() != content:
                contents[target] = content
    return contents


def _stale(sources: Sources) -> set[tuple[str, str, str]]:
    return {(text.code, text.field, text.lang) for text in sources.data.texts if text.stale}
