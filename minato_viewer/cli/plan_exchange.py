"""`minato-plan export` and `import`: texts and translations out to people who change them, and back."""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from minato_viewer.authoring import exchange, exchange_csv, exchange_json, exchange_po, glossary, staging
from minato_viewer.authoring.catalogues import update
from minato_viewer.authoring.exchange import Change, Delivery, Refusal
from minato_viewer.authoring.files import replace
from minato_viewer.authoring.sources import Sources, load
from minato_viewer.domain.faults import ExitCode, Fault, RequestFault
from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import Edition
from minato_viewer.language.catalogues import Messages
from minato_viewer.language.tags import LANGUAGES, TAGS, language
from minato_viewer.paths import CATALOGUES, SOURCES

_TABLES = {"csv": exchange_csv, "json": exchange_json}
_READERS = {
    ".csv": exchange_csv,
    ".tsv": exchange_csv,
    ".txt": exchange_csv,
    ".json": exchange_json,
    ".po": exchange_po,
}


def run(options: argparse.Namespace, said_in: Messages) -> int:
    """Run the command that `options` name."""
    return _export(options) if options.command == "export" else _import(options, said_in)


def _export(options: argparse.Namespace) -> int:
    sources = load(SOURCES, CATALOGUES)
    editions = _editions(sources, options.edition)
    # The order of the table does not depend on that of the options.
    asked = [language(tag).tag for tag in options.lang or TAGS]
    tags = [tag for tag in TAGS if tag in asked]
    terms = glossary.load(SOURCES / "glossary.toml")
    if options.format == "po":
        _export_catalogues(sources, editions, tags, terms, options.output)
        return ExitCode.WELL
    rows = exchange.rows(sources.data, terms, [edition.code for edition in editions], tags)
    content = _TABLES[options.format].written(rows, tags)
    if options.output:
        replace({options.output: content})
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    return ExitCode.WELL


def _editions(sources: Sources, codes: Sequence[str] | None) -> list[Edition]:
    known = {edition.code: edition for edition in sources.data.editions}
    for code in codes or ():
        if code not in known:
            raise RequestFault(
                N_("There is no edition {code}: choose one of {known}."),
                ExitCode.USAGE,
                code=code,
                known=", ".join(known),
            )
    return [known[code] for code in known if not codes or code in codes]


def _export_catalogues(
    sources: Sources,
    editions: Sequence[Edition],
    tags: Sequence[str],
    terms: tuple[glossary.Term, ...],
    folder: Path | None,
) -> None:
    """Bring the catalogues of i18n up to the sources, or write copies with the glossary's words into a folder."""
    copies: dict[Path, bytes] = {}
    for edition in editions:
        for target in LANGUAGES:
            if target.tag == edition.language or target.tag not in tags:
                continue
            if folder is None:
                update(CATALOGUES, edition, sources.data.texts, target)
            else:
                name = exchange_po.file_name(edition, target)
                copies[folder / name] = exchange_po.written(CATALOGUES, edition, sources.data, target, terms)
    replace(copies)


def _import(options: argparse.Namespace, said_in: Messages) -> int:
    delivery = _delivery(options.file)
    sources = load(SOURCES, CATALOGUES)
    codes = [edition.code for edition in sources.data.editions]
    known = exchange.rows(sources.data, (), codes, TAGS)
    changes, refused = exchange.compare(known, delivery)
    lines = [_refusal(row, said_in) for row in refused]
    outcome = None
    if changes and not refused:
        outcome = staging.tried(sources, SOURCES, CATALOGUES, changes)
        lines += [_finding(line, changes, said_in) for line in outcome.findings]
    if lines:
        count = len(lines)
        lines.append(
            said_in.ngettext(
                "Nothing is written: mend {count} place and import again.",
                "Nothing is written: mend {count} places and import again.",
                count,
            )
        )
        sys.stdout.write("\n".join(lines) + "\n")
        return ExitCode.FINDINGS
    if outcome and not options.dry_run:
        replace(outcome.contents)
    lines = [_change(change, said_in) for change in changes]
    lines += _summary(changes, outcome, said_in, dry=options.dry_run)
    sys.stdout.write("\n".join(lines) + "\n")
    return ExitCode.WELL


def _delivery(path: Path) -> Delivery:
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise Fault(N_("{path} is no table: name a file that ends in .po, .csv or .json."), ExitCode.USAGE, path=path)
    try:
        return reader.read(path, path.read_bytes())
    except OSError as error:
        raise Fault(N_("{path} cannot be read ({reason})."), path=path, reason=error.strerror) from error


def _refusal(refusal: Refusal, said_in: Messages) -> str:
    return said_in.gettext(
        # TRANSLATORS: {name} is the code and field of a text (2024/issue/2#title), {reason} why it is refused.
        "row {row}, column {column} ({name}): {reason}.",
        row=refusal.row,
        column=refusal.column,
        name=refusal.name,
        reason=said_in.gettext(refusal.message, **refusal.values),
    )


def _finding(line: str, changes: Sequence[Change], said_in: Messages) -> str:
    """Name the row that a finding of the check comes from, where its text is one of those that change."""
    for change in changes:
        if re.match(rf"{re.escape('#'.join(change.key))}(?![0-9])", line):
            return said_in.gettext("row {row}: {finding}", row=change.row, finding=line)
    return line


def _change(change: Change, said_in: Messages) -> str:
    values = {"row": change.row, "name": f"{change.key[0]}#{change.key[1]}", "lang": change.lang}
    if change.old == change.new and change.stale:
        return said_in.gettext("row {row}, {name} ({lang}): marked as out of date.", **values)
    if change.old == change.new:
        return said_in.gettext("row {row}, {name} ({lang}): no longer marked as out of date.", **values)
    if not change.old:
        return said_in.gettext("row {row}, {name} ({lang}): new: “{new}”", **values, new=change.new)
    return said_in.gettext(
        "row {row}, {name} ({lang}): “{old}” becomes “{new}”", **values, old=change.old, new=change.new
    )


def _summary(changes: Sequence[Change], outcome: staging.Outcome | None, said_in: Messages, *, dry: bool) -> list[str]:
    if outcome is None:
        return [said_in.gettext("The file says what is there already: nothing is changed.")]
    lines: list[str] = []
    if outcome.outdated:
        lines.append(
            said_in.ngettext(
                "{count} translation is out of date from now on, because its original has changed.",
                "{count} translations are out of date from now on, because their originals have changed.",
                outcome.outdated,
            )
        )
    if outcome.unread:
        lines.append(
            # TRANSLATORS: a reading is how kanji are read (furigana); minato-plan readings is a command.
            said_in.ngettext(
                "The reading of {count} Japanese text is to be looked at: run minato-plan readings.",
                "The readings of {count} Japanese texts are to be looked at: run minato-plan readings.",
                outcome.unread,
            )
        )
    lines.append(
        said_in.ngettext("{count} text would change.", "{count} texts would change.", len(changes))
        if dry
        else said_in.ngettext("{count} text changed.", "{count} texts changed.", len(changes))
    )
    return lines
