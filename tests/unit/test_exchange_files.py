"""Files that are no table: one sentence with the file and what to do, never a traceback, never a changed byte."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minato_viewer.authoring import exchange_csv, exchange_json, exchange_po, toml_texts
from minato_viewer.authoring.exchange import Delivery, Row, compare, rows
from minato_viewer.authoring.files import replace
from minato_viewer.authoring.glossary import load, terms_in
from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.faults import Fault, SourceFault
from minato_viewer.language.tags import TAGS
from minato_viewer.paths import CATALOGUES, SOURCES
from tests.unit.exchanging import Office

HEAD = b'msgid ""\nmsgstr ""\n"Language: ko\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
JSON = {"format": "minato-plan texts 1", "languages": ["ko"], "texts": []}
TEXT = {
    "code": "2024", "field": "title", "original": "", "translations": {}, "stale": [], "version": "v1",
}  # fmt: skip


def as_json(**changes: object) -> bytes:
    return json.dumps({**JSON, **changes}).encode()


BAD = {
    "no column version": ("x.csv", b"code,field\r\n2024,title\r\n", "the column version is missing"),
    "nothing": ("x.csv", b"", "the column code is missing"),
    "unknown column": ("x.csv", b"code,field,version,fr\r\n", "the column fr is not known or stands twice"),
    "column that stands twice": ("x.csv", b"code,field,version,ko,ko\r\n", "the column ko is not known or"),
    "Japanese Windows": ("x.csv", "code,field,version,ja\r\n2024,title,v,港区\r\n".encode("cp932"), "CSV UTF-8"),
    "half a character": ("x.csv", "code,field,version\r\n港".encode()[:-1], "CSV UTF-8"),
    "odd UTF-16": ("x.csv", "code".encode("utf-16") + b"\0", "CSV UTF-8"),
    "broken quotes": ("x.csv", b'code,field,version\r\n"2024"x,title,v\r\n', "cannot be read as CSV"),
    "open quotes": ("x.csv", b'code,field,version\r\n"2024,title,v\r\n', "cannot be read as CSV"),
    "too many cells": ("x.csv", b"code,field,version\r\n2024,title,v,x\r\n", "x.csv, row 2: there are more cells"),
    "a workbook": ("x.xlsx", b"PK\x03\x04", "name a file that ends in"),
    "no JSON": ("x.json", b"{", "cannot be read as JSON"),
    "JSON in another encoding": ("x.json", '{"a": "港"}'.encode("cp932"), "cannot be read as JSON"),
    "a key that stands twice": ("x.json", b'{"format": "a", "format": "b"}', "the key format stands twice"),
    "endless nesting": ("x.json", b"[" * 100_000, "cannot be read as JSON"),
    "a list": ("x.json", b"[]", "its format must be"),
    "another format": ("x.json", as_json(format="2"), "its format must be “minato-plan texts 1”"),
    "no texts": ("x.json", as_json(texts=None), "{}: the key texts is missing"),
    "unknown language": ("x.json", as_json(languages=["fr"]), "the key languages"),
    "text that is none": ("x.json", as_json(texts=[TEXT, 1]), "texts[1]"),
    "text without a code": ("x.json", as_json(texts=[{**TEXT, "code": 1}]), "texts[0]: the key code"),
    "stale that is a word": ("x.json", as_json(texts=[{**TEXT, "stale": "ko"}]), "texts[0]: the key stale"),
    "translations in a list": ("x.json", as_json(texts=[{**TEXT, "translations": []}]), "the key translations"),
    "number for a translation": (
        "x.json", as_json(texts=[{**TEXT, "translations": {"ko": 1}}]), "the key translations.ko",
    ),
    "catalogue without a language": ("x.po", b'msgid ""\nmsgstr ""\n', "does not say its language"),
    "catalogue in another language": ("x.po", HEAD.replace(b"ko", b"fr"), "does not say its language"),
    "catalogue in another encoding": ("x.po", HEAD + 'msgid "港"\n'.encode("cp932"), "UTF-8"),
    "broken header": ("x.po", HEAD.replace(b'ko\\n"', b'ko\\n"\n"POT-Creation-Date: x\\n"'), "x.po, line 1"),
    "broken line": ("x.po", HEAD + b'msgctxt "2024#title"\nmsgid "a\nmsgstr "b"\n', "x.po, line 7"),
    "nonsense": ("x.po", HEAD + b"nonsense\n", "x.po, line 6"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "reason"), BAD.values(), ids=BAD)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(
    office: Office, name: str, content: bytes, reason: str
) -> None:
    before = office.files()
    path = office.folder / name
    path.write_bytes(content)
    said = office.run("import", path)
    assert said.code == (2 if name.endswith("xlsx") else 1)
    assert (said.out, len(said.err.splitlines())) == ([], 1)
    assert str(path) in said.err
    assert reason in said.err
    assert office.files() == before


def test_an_interface_catalogue_has_no_texts_of_the_plan(office: Office) -> None:
    path = office.folder / "viewer.po"
    path.write_bytes((CATALOGUES / "ko" / "LC_MESSAGES" / "viewer.po").read_bytes())
    said = office.run("import", path)
    assert said.code == 1
    assert "there is no such text" in said.out[0]


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_is_not_there_is_told(office: Office, name: str) -> None:
    said = office.run("import", office.folder / name)
    assert said.code in (1, 2)
    assert len(said.err.splitlines()) == 1


def test_broken_sources_are_told_with_file_and_line(office: Office) -> None:
    path = office.export("csv")
    broken = office.folder / "db" / "2021" / "20-vision.toml"
    broken.write_text(broken.read_text("utf-8").replace('number = "2"', 'number = "2"\nnumber = "2"', 1), "utf-8")
    said = office.run("import", path)
    assert said.code == 1
    assert "20-vision.toml" in said.err
    assert "at line 8" in said.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["export", "--edition", "2030"], 2, "There is no edition 2030: choose one of 2021, 2024, viewer."),
        (["export", "--format", "xlsx"], 2, "xlsx"),
        (["export", "--format", "csv", "--lang", "fr"], 2, "fr"),
        (["import"], 2, "FILE"),
    ],
)
def test_what_does_not_exist_is_no_use(office: Office, arguments: list[str], code: int, words: str) -> None:
    said = office.run(*arguments)
    assert (said.code, said.out) == (code, [])
    assert words in said.err


def test_an_export_into_a_file_that_is_a_folder_is_a_sentence(office: Office) -> None:
    (office.folder / "taken").mkdir()
    said = office.run("export", "--format", "csv", "-o", office.folder / "taken")
    assert said.code == 1
    assert "cannot be written" in said.err


# -- what nobody thought of --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def exported(sources: Sources) -> dict[str, tuple[ModuleType, bytes]]:
    """The first texts of the plan in each format."""
    few = rows(sources.data, (), ["2024"], TAGS)[:12]
    catalogue = (CATALOGUES / "ko" / "LC_MESSAGES" / "plan-2024.po").read_bytes()
    return {
        "csv": (exchange_csv, exchange_csv.written(few, TAGS)),
        "json": (exchange_json, exchange_json.written(few, TAGS)),
        "po": (exchange_po, b"\n\n".join(catalogue.split(b"\n\n")[:12])),
    }


@pytest.fixture(scope="module")
def known(sources: Sources) -> list[Row]:
    return rows(sources.data, (), ["2024"], TAGS)


SPOIL: tuple[Callable[[bytes, int, bytes], bytes], ...] = (
    lambda content, place, new: content[:place] + new + content[place:],
    lambda content, place, new: content[:place] + new + content[place + 1 :],
    lambda content, place, new: content[:place] + content[place + len(new) :],
    lambda content, place, new: content[:place],
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    form=st.sampled_from(["csv", "json", "po"]),
    wounds=st.lists(
        st.tuples(
            st.sampled_from(SPOIL),
            st.floats(0, 1),
            st.sampled_from([b'"', b"\\", b"\n", b"\r", b"\0", b"\xff", b",", b"{", b"]", b"#", b"9", "港".encode()]),
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_a_damaged_file_is_a_fault_or_a_delivery_whose_rows_can_be_compared(
    exported: dict[str, tuple[ModuleType, bytes]], known: list[Row], form: str, wounds: list
) -> None:
    reader, content = exported[form]
    for spoil, where, new in wounds:
        content = spoil(content, int(where * len(content)), new)
    try:
        delivery = reader.read(Path(f"x.{form}"), content)
    except SourceFault:
        return
    assert isinstance(delivery, Delivery)
    compare(known, delivery)


TEXTS = st.text(st.sampled_from("=+-@'\",;\t\n\r\\ 港あa1ⅡFORMULA|"), max_size=12)


@given(original=TEXTS, translation=TEXTS)
def test_any_text_comes_back_from_any_table_as_it_went(original: str, translation: str) -> None:
    row = Row("2024", "title", "edition", "zh-Hans", "original", original, {"ko": translation}, (), frozenset(), "")
    for form in (exchange_csv, exchange_json):
        (back,) = form.read(Path("x"), form.written([row], ["ko"])).rows
        assert (back.original, back.translations["ko"]) == (original, translation)


@given(text=TEXTS)
def test_no_cell_of_a_table_is_a_formula(text: str) -> None:
    row = Row("2024", "title", "edition", "zh-Hans", "original", text, {"ko": text}, (), frozenset(), text)
    content = exchange_csv.written([row], ["ko"]).decode("utf-8-sig")
    import csv
    from io import StringIO

    cells = [cell for line in csv.reader(StringIO(content, newline="")) for cell in line]
    assert not [cell for cell in cells if cell[:1] and cell[0] in "=+-@\t\r"]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@settings(max_examples=30)
@given(new=WORDS)
def test_a_text_of_a_toml_file_is_replaced_and_nothing_else(new: str) -> None:
    key = ("viewer/guide", "title")
    ((path, content),) = toml_texts.edited(SOURCES, {key: new}).items()
    old = path.read_bytes()
    before, after = tomllib.loads(old.decode()), tomllib.loads(content.decode())
    (row,) = [row for row in after["text"] if (row["code"], row["field"]) == key]
    assert row["text"] == new
    row["text"] = next(row["text"] for row in before["text"] if (row["code"], row["field"]) == key)
    assert before == after
    lines = [pair for pair in zip(old.split(b"\n"), content.split(b"\n"), strict=True) if pair[0] != pair[1]]
    assert len(lines) <= 1


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            '[[text]]\ncode = "a"\nfield = "b"\ntext = "old" # why\n',
            '[[text]]\ncode = "a"\nfield = "b"\ntext = "n" # why\n',
        ),
        (
            "[[ text ]]\r\ntext='old'\r\nfield='b'\r\ncode='a'\r\n",
            "[[ text ]]\r\ntext=\"n\"\r\nfield='b'\r\ncode='a'\r\n",
        ),
        ('[[text]]\ncode = "a"\nfield = "b"\ntext = """\nold"""\n', None),
        ('text = [{code = "a", field = "b", text = "old"}]\n', None),
    ],
)
def test_a_toml_file_is_edited_in_place_or_not_at_all(tmp_path: Path, source: str, expected: str | None) -> None:
    (tmp_path / "x").mkdir()
    path = tmp_path / "x" / "y.toml"
    path.write_bytes(source.encode())
    if expected is None:
        with pytest.raises(SourceFault, match="by hand"):
            toml_texts.edited(tmp_path, {("a", "b"): "n"})
    else:
        assert toml_texts.edited(tmp_path, {("a", "b"): "n"}) == {path: expected.encode()}


def test_files_are_replaced_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Fault, match="cannot be written"):
        replace({tmp_path / "a": b"new", tmp_path / "file" / "b": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old", "file": b""}
    replace({tmp_path / "a": b"new", tmp_path / "c" / "b": b"new"})
    assert [(tmp_path / name).read_bytes() for name in ("a", "c/b")] == [b"new", b"new"]


def test_the_longest_term_of_the_glossary_wins() -> None:
    glossary = load(SOURCES / "glossary.toml")
    found = [term.words["ja"] for term in terms_in("港区基本計画の重点課題", "ja", glossary)]
    assert found == ["港区基本計画", "重点課題"]
    assert terms_in("あ", "ja", glossary) == []


@pytest.mark.parametrize("content", [b"[[term]", b"term = 1", b"term = [1]", b"\xff"])
def test_a_broken_glossary_is_a_fault_that_names_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "glossary.toml").write_bytes(content)
    with pytest.raises(SourceFault, match=r"glossary\.toml"):
        load(tmp_path / "glossary.toml")
    assert load(tmp_path / "none.toml") == ()


def test_what_the_fonts_can_show_is_what_their_own_tables_say() -> None:
    from fontTools.ttLib import TTFont

    from minato_viewer.authoring.characters import shown, unshown
    from minato_viewer.paths import RESOURCES

    # Of the languages that are not the plan's there are the names alone, which no text of the plan is set in.
    fonts = [
        path for path in (RESOURCES / "fonts").glob("minato-*-400.ttf") if not path.stem.startswith("minato-names-")
    ]
    fonts.append(RESOURCES / "fonts" / "minato-names-400.ttf")
    assert shown() == {code for path in fonts for code in TTFont(path).getBestCmap()}
    assert unshown("港区の강인한😀强韧😀") == "😀"
