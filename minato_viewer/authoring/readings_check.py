"""Looks for mistakes in db/readings: what is no reading, what no longer fits its text, what nobody has looked at."""

from collections import Counter
from collections.abc import Iterator

from minato_viewer.authoring.readings import KANJI, LANGUAGES, Annotation, MarkupError, parse
from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.plan import TITLE
from minato_viewer.domain.plan_data import PlanData, Text

_PROPOSE = "run minato-plan readings, then look at what it proposes"


def findings(sources: Sources) -> Iterator[str]:
    """Yield a line for every mistake: file, code, field and language, what is wrong, what to do."""
    texts = {(row.code, row.field, row.lang): row for row in sources.data.texts if row.lang in LANGUAGES}
    fields = {(row.code, row.field) for row in sources.data.texts}
    for annotation in sources.annotations:
        if annotation.lang not in LANGUAGES:
            yield f"{_name(annotation)}: only {' and '.join(LANGUAGES)} have kanji to be read: correct the language"
        elif annotation.code.partition("/")[0] != annotation.edition:
            yield f"{_name(annotation)}: the readings of this entry belong in the file of its edition: move them"
        elif (annotation.code, annotation.field) not in fields:
            yield f"{_name(annotation)}: there is no such text: correct code and field, or remove the reading"
        elif row := texts.get(annotation.key):
            yield from _annotation(annotation, row)
        # Else the text has no translation into this language yet.
    for key, times in Counter(annotation.key for annotation in sources.annotations).items():
        if times > 1:
            yield f"{_file(key[0])}, {key[0]}#{key[1]} ({key[2]}): this reading stands {times} times; keep one"
    read = {annotation.key for annotation in sources.annotations}
    for key, row in texts.items():
        if key not in read and KANJI.search(row.text):
            yield f"{_file(row.code)}, {row.code}#{row.field} ({row.lang}): nobody says how it is read: {_PROPOSE}"


def unread_titles(data: PlanData) -> Iterator[str]:
    """Yield a line for every Japanese title without a reviewed reading: it could not be found by how it is read."""
    read = {(reading.code, reading.lang) for reading in data.readings}
    for row in data.texts:
        if row.field == TITLE and row.lang in LANGUAGES and (row.code, row.lang) not in read:
            yield f"{_file(row.code)}, {row.code}#title ({row.lang}): it has no reviewed reading: {_PROPOSE}"


def _annotation(annotation: Annotation, row: Text) -> Iterator[str]:
    try:
        annotated = parse(annotation.text)
    except MarkupError as error:
        yield f"{_name(annotation)}: {error}: correct it"
        return
    if annotated.text != row.text:
        yield f"{_name(annotation)}: it reads “{annotated.text}”, but the text is “{row.text}”: {_PROPOSE}"
    elif unread := annotated.unread():
        yield f"{_name(annotation)}: no reading stands over {', '.join(unread)}: add it"
    elif not annotation.reviewed:
        yield f"{_name(annotation)}: this reading is only proposed: look at it, then remove reviewed = false"


def _name(annotation: Annotation) -> str:
    place = f"{annotation.code}#{annotation.field} ({annotation.lang})"
    return f"readings/{annotation.edition}.toml, {place}"


def _file(code: str) -> str:
    return f"readings/{code.partition('/')[0]}.toml"
