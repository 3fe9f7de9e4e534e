"""What the keys of a settings file take: a reader for each kind of value, and the sentence for whatever is none.

Which key has which reader stands in `settings`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple, cast

from minato_viewer.domain.messages import N_
from minato_viewer.language.tags import TAGS
from minato_viewer.language.wordings import Wording
from minato_viewer.services.settings_file import UNSEEN, in_a_line

LONGEST_TEXT = 200
MOST_PROBLEMS = 20
"""How many unknown keys of one file (or languages of one key) are reported: what is not ours may hold thousands."""


class Mistake(NamedTuple):
    """Something wrong at `key`, or at `inside` in its table; `message` also gets file, line, key and {used}."""

    key: str
    message: str
    values: Mapping[str, Any] = {}
    inside: str = ""


Reading = tuple[Any, list[Mistake]]
"""The value, None where there is no usable one, and what is wrong."""

# Not compiled before a file needs them.
CODE = r"[a-z0-9]+(?:[/-][a-z0-9]+)*"
DISTRICT = r"[a-z0-9]+(?:-[a-z0-9]+)*"
"""The last part of a code, which is the same in every edition."""
ADDRESS = r"https?://[!-~]+"

# TRANSLATORS: {used} is a value as it stands in a settings file, such as "system" or 100.
CHOICE = N_("{file}, line {line}: {key} must be one of {choices}; {used} is used.")
_TEXT = N_("{file}, line {line}: {key} must be a text in one line of at most {most} characters; {used} is used.")
_WORDING = N_("{file}, line {line}: {key} must be a text, or a table with a text for each language; {used} is used.")
NO_CODE = N_("{file}, line {line}: {key} must be the code of an entry, such as 2021/policy/4; {used} is used.")
NO_ADDRESS = N_("{file}, line {line}: {key} must be an address that begins with https:// or http://; {used} is used.")
NO_DISTRICT = N_(
    "{file}, line {line}: {key} must be the last part of a district's code, such as azabu of 2024/district/azabu;"
    " {used} is used."
)
UNKNOWN_DISTRICT = N_("{file}, line {line}: the plan has no district {name}; lists stay in their usual order.")
_LIST = N_("{file}, line {line}: {key} must be a list of one or more of {choices}, each once; {used} is used.")
# TRANSLATORS: {used} is a value as it stands in a settings file, such as ["ja", "en"].
_LANGUAGE = N_("{file}, line {line}: the language {tag} is not known, choose from {choices}; {used} is used.")
# TRANSLATORS: [{table}] is a line of the settings file; the keys below it belong to it.
BELOW = N_("{file}, line {line}: {key} stands below [{table}] and is ignored; move it above the line [{table}].")
_NUMBER = N_("{file}, line {line}: {key} must be a whole number from {least} to {most}; {used} is used.")
_MEASURE = N_("{file}, line {line}: {key} must be a number from {least} to {most}; {used} is used.")
_HEX = N_("{file}, line {line}: {key} must be a list of public keys of 64 hexadecimal digits each; {used} is used.")


def one_of(key: str, *choices: str | int) -> Callable[[Any], Reading]:
    """Return the reader of one of some values."""

    def reader(value: Any) -> Reading:
        # The type too, because true equals 1 and 100.0 equals 100.
        if any(type(value) is type(choice) and value == choice for choice in choices):
            return value, []
        return None, [Mistake(key, CHOICE, {"choices": listed(choices)})]

    return reader


def line(key: str, inside: str = "") -> Callable[[Any], Reading]:
    """Return the reader of a text in one line, at a key of a table (`inside`) or at `key` itself."""

    def reader(value: Any) -> Reading:
        if isinstance(value, str) and len(value) <= LONGEST_TEXT and not re.search(UNSEEN, value):
            # Blank words are none: they must not hide the notice.
            return value.strip(), []
        return None, [Mistake(key, _TEXT, {"most": LONGEST_TEXT}, inside)]

    return reader


def matching(key: str, pattern: str, message: str) -> Callable[[Any], Reading]:
    """Return the reader of a short text of a form; "" is none."""

    def reader(value: Any) -> Reading:
        if isinstance(value, str) and (not value or (len(value) <= LONGEST_TEXT and re.fullmatch(pattern, value))):
            return value, []
        return None, [Mistake(key, message)]

    return reader


def languages(value: Any) -> Reading:
    """Read the list of languages."""
    rows = cast("list[Any]", value) if isinstance(value, list) else []
    tags = list(dict.fromkeys(tag for tag in rows if isinstance(tag, str)))
    known = tuple(tag for tag in tags if tag in TAGS)
    wrong = [Mistake("languages", _LANGUAGE, unknown_tag(tag)) for tag in tags if tag not in TAGS][:MOST_PROBLEMS]
    if not rows or len(tags) < len(rows):
        wrong.append(Mistake("languages", _LIST, {"choices": listed(TAGS)}))
    return known or None, wrong


def wording(key: str, keys: Collection[str]) -> Callable[[Any], Reading]:
    """Return the reader of words for all languages or for each; `keys` are those that cannot stand below it."""

    def reader(value: Any) -> Reading:
        if isinstance(value, str):
            plain, wrong = line(key)(value)
            return None if plain is None else Wording(plain), wrong
        if not isinstance(value, dict):
            return None, [Mistake(key, _WORDING)]
        texts: dict[str, str] = {}
        wrong: list[Mistake] = []
        for tag, text in cast("dict[str, Any]", value).items():
            if tag in TAGS:
                texts[tag], mistakes = line(key, tag)(text)
                wrong += mistakes
            elif tag in keys:
                wrong.append(Mistake(key, BELOW, {"table": key}, tag))
            else:
                wrong.append(Mistake(key, _LANGUAGE, unknown_tag(tag), tag))
        said = tuple((tag, text) for tag, text in texts.items() if text)
        return Wording("", said) if said or not wrong else None, wrong[:MOST_PROBLEMS]

    return reader


def whole_number(key: str, least: int, most: int) -> Callable[[Any], Reading]:
    """Return the reader of a number from `least` to `most`."""

    def reader(value: Any) -> Reading:
        # The type itself, because true is a number, too.
        if type(value) is int and least <= value <= most:
            return value, []
        return None, [Mistake(key, _NUMBER, {"least": least, "most": most})]

    return reader


def number(key: str, least: float, most: float) -> Callable[[Any], Reading]:
    """Return the reader of a number from `least` to `most` that need not be whole."""

    def reader(value: Any) -> Reading:
        if type(value) in (int, float) and least <= value <= most:
            return float(value), []
        return None, [Mistake(key, _MEASURE, {"least": least, "most": most})]

    return reader


def public_keys(key: str) -> Callable[[Any], Reading]:
    """Return the reader of a list of public keys."""

    def reader(value: Any) -> Reading:
        rows = cast("list[Any]", value) if isinstance(value, list) else [None]
        keys = [row.lower() for row in rows if isinstance(row, str) and re.fullmatch("[0-9a-fA-F]{64}", row)]
        return (tuple(dict.fromkeys(keys)), []) if len(keys) == len(rows) else (None, [Mistake(key, _HEX)])

    return reader


# -- how a value is said -------------------------------------------------------------------------


def shown(value: Any) -> str:
    """Return a value of `Settings` as a file has it, in one short line."""
    if isinstance(value, Wording):
        pairs = ", ".join(f"{tag} = {shown(text)}" for tag, text in value.by_language)
        return f"{{{pairs}}}" if pairs else shown(value.plain)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{listed(cast('tuple[str, ...]', value))}]"
    if isinstance(value, str):
        return '"{}"'.format(in_a_line(value).replace("\\", "\\\\").replace('"', '\\"'))
    return str(value)


def listed(values: Iterable[str | int]) -> str:
    """Return values as a sentence lists them."""
    return ", ".join(map(shown, values))


def unknown_tag(tag: str) -> dict[str, str]:
    """Return what the sentence of a language that is not known needs."""
    return {"tag": shown(tag), "choices": listed(TAGS)}
