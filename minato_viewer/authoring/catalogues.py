"""Translations of the plan: gettext catalogues with msgctxt `CODE#FIELD`, one a language and edition.

A translated text is `reference` (ours), or `editor` where the original is the viewer's own. gettext's
fuzzy mark is what makes a text stale: the original changed after the translation was made. `approvals` says how
the city approves one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from minato_viewer.authoring.approvals import approval, without_approval
from minato_viewer.authoring.files import replace
from minato_viewer.domain.faults import SourceFault
from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import Edition, Status
from minato_viewer.domain.plan_data import Text
from minato_viewer.language.tags import LANGUAGES, Language

_LINE = re.compile(r'(#.*|(msg(ctxt|id|id_plural|str(\[[0-9]+\])?)\s+)?"([^"\\]|\\.)*")?')


def catalogue_path(folder: Path, language: Language, edition: str) -> Path:
    """Return where the translations of an edition into `language` are."""
    return folder / language.folder / "LC_MESSAGES" / f"plan-{edition}.po"


def translations(folder: Path, edition: Edition, texts: Iterable[Text]) -> Iterator[Text]:
    """Yield the texts of `edition` in the other languages, as far as catalogues have them.

    A catalogue is never asked for a text that the city has worded itself (`official`).
    """
    texts = [row for row in texts if _belongs(row.code, edition.code)]
    official = {(row.code, row.field, row.lang) for row in texts if row.status is Status.OFFICIAL}
    own = [row for row in texts if row.lang == edition.language]
    for language in LANGUAGES:
        path = catalogue_path(folder, language, edition.code)
        if language.tag == edition.language or not path.exists():
            continue
        catalogue = read(path, language)
        for row in own:
            message = catalogue.get(row.text, context(row))
            if (row.code, row.field, language.tag) in official or message is None:
                continue
            status = Status.EDITOR if row.status is Status.EDITOR else Status.REFERENCE
            by, on = approval(message, status, path)
            if message.string:
                translated = str(message.string)
                yield Text(row.code, row.field, language.tag, translated, status, "", message.fuzzy, by, on)


class Translated(NamedTuple):
    """What a translator has made of a text."""

    text: str
    stale: bool


def update(
    folder: Path,
    edition: Edition,
    texts: Iterable[Text],
    language: Language,
    translated: Mapping[str, Translated] | None = None,
) -> None:
    """Bring a catalogue up to the originals: new ones empty, changed ones fuzzy, gone ones removed.

    `translated` are new translations by msgctxt. The file is replaced whole, and only where it changes.
    """
    path = catalogue_path(folder, language, edition.code)
    content = updated(path, edition, texts, language, translated or {})
    if not path.exists() or path.read_bytes() != content:
        replace({path: content})


def updated(
    path: Path,
    edition: Edition,
    texts: Iterable[Text],
    language: Language,
    translated: Mapping[str, Translated],
    *,
    comments: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """Return the catalogue at `path` brought up to the originals; `comments` by msgctxt are for the translator."""
    template = Catalog(project="minato-plan", charset="utf-8")
    for row in texts:
        if row.lang == edition.language and _belongs(row.code, edition.code):
            # The status stands beside each text, so that a translator knows whose words they are.
            more = (comments or {}).get(context(row), ())
            template.add(row.text, context=context(row), auto_comments=[row.status.value, *more])
    catalogue = read(path, language) if path.exists() else Catalog(locale=language.folder)
    by_context = {message.context: message for message in catalogue if message.id}
    fresh = Catalog(
        locale=language.folder,
        header_comment=f"# {_contents(edition)}. msgctxt is CODE#FIELD; comments say whose words they are.",
        project="minato-plan",
        version=edition.code,
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        charset="utf-8",
        fuzzy=False,
        # Kept, so that writing the catalogue again changes no byte.
        creation_date=catalogue.creation_date,
        revision_date=catalogue.creation_date,
    )
    for message in template:
        if message.id:
            carried = _carried(message, by_context.get(message.context))
            fresh[message.id] = _retold(carried, translated.get(str(message.context)))
    file = BytesIO()
    write_po(file, fresh, width=0, omit_header=False)
    return file.getvalue()


def _contents(edition: Edition) -> str:
    return f"The plan, edition {edition.code}" if edition.is_plan else "The viewer's own pages"


def _carried(message: Message, known: Message | None) -> Message:
    if known is not None:
        message.user_comments = known.user_comments
    if known is not None and known.string:
        message.string = known.string
        if known.id != message.id or known.fuzzy:
            message.flags.add("fuzzy")
            message.user_comments = without_approval(known.user_comments)
    return message


def _retold(message: Message, translated: Translated | None) -> Message:
    if translated is not None:
        if translated.text != message.string:
            # Nobody has approved the new words.
            message.user_comments = without_approval(message.user_comments)
        message.string = translated.text
        message.flags.discard("fuzzy")
        if translated.stale:
            message.flags.add("fuzzy")
    return message


def context(row: Text) -> str:
    """Return the msgctxt of a text."""
    return f"{row.code}#{row.field}"


def read(path: Path, language: Language) -> Catalog:
    """Read a catalogue; SourceFault names file and line where it is broken."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceFault(N_("{path} cannot be read as UTF-8 text: {reason}."), path=path, reason=error) from error
    return read_text(path, text, language)


def read_text(path: Path, text: str, language: Language) -> Catalog:
    """Read the text of a catalogue, which stands at `path`; SourceFault names file and line where it is broken."""
    for number, line in enumerate(text.splitlines(), start=1):
        # Babel takes the last character of an unfinished line for its closing quote.
        if not _LINE.fullmatch(line.strip()):
            raise _broken(path, number, line.strip())
    try:
        return read_po(StringIO(text), locale=language.folder, abort_invalid=True)
    except PoFileError as error:
        raise _broken(path, error.lineno + 1, error) from error
    except ValueError as error:
        # A date or a plural rule of the header.
        raise _broken(path, 1, error) from error


def _broken(path: Path, line: int, reason: object) -> SourceFault:
    return SourceFault(
        N_("{path}, line {line}: the catalogue cannot be read ({reason})."), path=path, line=line, reason=reason
    )


def _belongs(code: str, edition: str) -> bool:
    return code == edition or code.startswith(f"{edition}/")
