"""The interface's catalogues: complete, none fuzzy, and every placeholder of a message in its translations."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import LANGUAGES, TAGS, language
from minato_viewer.paths import CATALOGUES, ROOT

# Call -> which of its arguments are messages.
CALLS = {"gettext": (0,), "N_": (0,), "ngettext": (0, 1)}
PERCENT = re.compile(r"%(?:\(\w+\))?[srd]")
TRANSLATED = [row for row in LANGUAGES if row.tag != "en"]


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def calls() -> Iterator[tuple[Path, str, ast.Call]]:
    for path in sorted((ROOT / "minato_viewer").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and called(node) in CALLS:
                yield path, called(node), node


@cache
def msgids() -> dict[str, bool]:
    """Every message of the program's source, and whether it is one of a plural pair."""
    found: dict[str, bool] = {}
    for _, name, node in calls():
        for place in CALLS[name]:
            argument = node.args[place] if place < len(node.args) else None
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                found[argument.value] = found.get(argument.value, False) or name == "ngettext"
    return found


def placeholders(text: str) -> set[str]:
    """The names in braces, and those of argparse's own messages, which use per cent."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None} | set(PERCENT.findall(text))


@cache
def catalogue(folder: str) -> Catalog:
    with (CATALOGUES / folder / "LC_MESSAGES" / "viewer.po").open("rb") as file:
        return read_po(file, locale=folder, abort_invalid=True)


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def originals(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def test_the_program_has_messages() -> None:
    assert len(msgids()) > 100
    assert "There is no entry with the code {code}: codes look like 2021/policy/4." in msgids()
    assert any(msgids().values())


@pytest.mark.parametrize("message", msgids(), ids=lambda text: text[:40])
def test_a_message_has_named_placeholders_alone_and_formats(message: str) -> None:
    names = placeholders(message) - set(PERCENT.findall(message))
    assert all(name.isidentifier() for name in names)
    filled = message.format(**dict.fromkeys(names, "x")) if names else message
    assert "{" not in filled


def test_a_message_with_a_plural_stands_in_the_call_itself() -> None:
    """Only then does the extraction make a plural message of it, which is what ngettext looks for."""
    loose = [
        f"{path.name}:{node.lineno}"
        for path, name, node in calls()
        if name == "ngettext" and path.name != "catalogues.py"
        if not all(isinstance(node.args[place], ast.Constant) for place in CALLS[name])
    ]
    assert loose == []


@pytest.mark.parametrize("folder", [row.folder for row in LANGUAGES])
def test_a_catalogue_holds_every_message_of_the_program_as_it_is_called(folder: str) -> None:
    held = {original: isinstance(row.id, tuple) for row in catalogue(folder) if row.id for original in originals(row)}
    assert {message for message in msgids() if message not in held} == set()
    assert {message for message, plural in msgids().items() if plural and not held[message]} == set()


@pytest.mark.parametrize("folder", [row.folder for row in LANGUAGES])
def test_no_message_of_a_catalogue_is_fuzzy(folder: str) -> None:
    assert [row.id for row in catalogue(folder) if row.id and row.fuzzy] == []


@pytest.mark.parametrize("folder", [row.folder for row in TRANSLATED])
def test_every_message_of_a_catalogue_is_translated(folder: str) -> None:
    assert [row.id for row in catalogue(folder) if row.id and not all(forms(row))] == []


@pytest.mark.parametrize("folder", [row.folder for row in LANGUAGES])
def test_a_translation_has_the_placeholders_of_its_message(folder: str) -> None:
    wrong = [
        (row.id, form)
        for row in catalogue(folder)
        if row.id
        for form in forms(row)
        if form and placeholders(form) not in [placeholders(original) for original in originals(row)]
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", [row.folder for row in TRANSLATED])
def test_a_catalogue_has_as_many_plural_forms_as_its_language(folder: str) -> None:
    rows = [row for row in catalogue(folder) if isinstance(row.id, tuple)]
    assert rows
    assert {len(forms(row)) for row in rows} == {catalogue(folder).num_plurals}


@pytest.mark.parametrize("tag", [row.tag for row in TRANSLATED])
def test_the_program_speaks_the_catalogue(tag: str) -> None:
    said_in = messages(tag)
    for row in catalogue(language(tag).folder):
        if isinstance(row.id, str) and row.id and row.context is None:
            assert said_in.gettext(row.id) == row.string


def test_a_plural_message_is_said_for_one_and_for_many() -> None:
    for tag in TAGS:
        for count in (1, 3):
            said = messages(tag).ngettext("{count} mistake found.", "{count} mistakes found.", count)
            assert str(count) in said
            assert ("mistake" in said) == (tag == "en")


def test_the_words_that_must_stand_in_every_language_do() -> None:
    """The window names the city, and what was translated is called so (design: truth on the screen)."""
    for tag in TAGS:
        assert any(name in messages(tag).gettext("Minato City Basic Plan") for name in ("港区", "Minato"))
    marks = {"ja": "参考訳", "zh-Hans": "参考", "ko": "참고", "en": "Reference"}
    for tag, mark in marks.items():
        assert mark in messages(tag).gettext("Reference translation, not the city's official text.")
    japanese = [messages("ja").gettext(message) for message in msgids()]
    assert not any("原文" in text for text in japanese)


def test_english_has_the_apostrophes_of_books() -> None:
    """Beside curly quotation marks a straight one looks like a slip; `dev.py i18n` makes them of the source's."""
    said_in = messages("en")
    assert "’" in said_in.gettext("The city's own words")
    said = [said_in.gettext(message) for message in msgids()]
    assert [text for text in said if "'" in text] == []
