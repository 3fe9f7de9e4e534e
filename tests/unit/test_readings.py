"""How Japanese is read: the markup, the files that hold it, and what a plan file has of it."""

import re
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minato_viewer.authoring.analyser import hiragana
from minato_viewer.authoring.readings import (
    KANJI,
    LANGUAGES,
    Annotated,
    Annotation,
    MarkupError,
    Run,
    parse,
    sound,
    title_readings,
    write,
)
from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.plan import Status
from minato_viewer.domain.plan_data import Reading, Text
from minato_viewer.paths import SOURCES

FILES = sorted((SOURCES / "readings").glob("*.toml"))

# markup, the text, its runs, how it is read
SOUND = {
    "words": ("{港区|みなとく}{基本|きほん}", "港区基本", [(0, 2, "みなとく"), (2, 2, "きほん")], "みなとくきほん"),
    "okurigana": ("{取|と}り{組|く}み", "取り組み", [(0, 1, "と"), (2, 1, "く")], "とりくみ"),
    "no kanji": ("めざすまちAI", "めざすまちAI", [], "めざすまちAI"),
    "digits and letters": ("7つの{課題|かだい}、5G", "7つの課題、5G", [(3, 2, "かだい")], "7つのかだい、5G"),
    "digit within": ("1{月|がつ}{1日|ついたち}", "1月1日", [(1, 1, "がつ"), (2, 2, "ついたち")], "1がつついたち"),
    "repeated kanji": ("{人々|ひとびと}", "人々", [(0, 2, "ひとびと")], "ひとびと"),
    "small ke": ("3{ヶ月|かげつ}", "3ヶ月", [(1, 2, "かげつ")], "3かげつ"),
    "long vowel": ("{珈琲|こーひー}", "珈琲", [(0, 2, "こーひー")], "こーひー"),
    "kanji beyond the first plane": ("{𠮷野|よしの}", "𠮷野", [(0, 2, "よしの")], "よしの"),
    "empty": ("", "", [], ""),
}
BROKEN = {
    "open at the end": ("{港区|みなとく", "alone"),
    "closed at the start": ("港区|みなとく}", "alone"),
    "bar outside": ("港区|みなとく", "alone"),
    "nested": ("{港{区|く}|みなとく}", "alone"),
    "no reading": ("{港区}", "no kanji with their reading"),
    "empty reading": ("{港区|}", "not written in hiragana"),
    "empty base": ("{|みなとく}", "no kanji with their reading"),
    "kana base": ("{まち|まち}", "no kanji with their reading"),
    "base with okurigana": ("{取り|とり}", "no kanji with their reading"),
    "digits alone": ("{12|じゅうに}", "no kanji with their reading"),
    "two bars": ("{港区|みなと|く}", "not written in hiragana"),
    "katakana reading": ("{港区|ミナトク}", "not written in hiragana"),
    "kanji reading": ("{港区|港く}", "not written in hiragana"),
    "blank in the reading": ("{港区|みなと く}", "not written in hiragana"),
}


def annotation(text: str, *, lang: str = "ja", field: str = "title", reviewed: bool = True) -> Annotation:
    return Annotation("2021", "2021/policy/2", field, lang, text, reviewed)


def words(text: str, *, lang: str = "ja", field: str = "title") -> Text:
    return Text("2021/policy/2", field, lang, text, Status.ORIGINAL, "")


@pytest.mark.parametrize("case", SOUND.values(), ids=SOUND)
def test_markup_is_a_text_and_its_readings(case: tuple[str, str, list[tuple[int, int, str]], str]) -> None:
    markup, text, runs, kana = case
    annotated = parse(markup)
    assert annotated == Annotated(text, tuple(Run(*run) for run in runs))
    assert (annotated.kana(), annotated.markup(), annotated.unread()) == (kana, markup, [])


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN)
def test_braces_that_are_no_reading_are_refused_and_shown(case: tuple[str, str]) -> None:
    markup, words = case
    with pytest.raises(MarkupError, match=words) as caught:
        parse(markup)
    assert any(part in str(caught.value) for part in (markup, "}|みなとく}", "{港"))


def test_kanji_outside_of_every_run_are_named() -> None:
    assert parse("{港|みなと}区の{人|ひと}々と計画").unread() == ["区", "々", "計画"]


@given(st.lists(st.sampled_from(["区", "の", "{港区|みなとく}", "AI", "{人|ひと}", "7", "\n", '"', "\\", "ー"])))
def test_markup_and_text_say_the_same(pieces: list[str]) -> None:
    markup = "".join(pieces)
    annotated = parse(markup)
    assert annotated.markup() == markup
    assert annotated.text == re.sub(r"\{(.*?)\|.*?\}", r"\1", markup)
    assert all(KANJI.search(annotated.base(run)) for run in annotated.runs)


def test_only_what_is_reviewed_and_fits_its_text_is_sound() -> None:
    texts = [words("港区"), words("港区", field="body.1"), words("区", field="body.2"), words("区", field="body.3")]
    rows = [
        annotation("{港区|みなとく}"),
        annotation("{港区|みなとく}", field="body.1", reviewed=False),
        annotation("{港区|みなとく}", field="body.2"),
        annotation("{区|く", field="body.3"),
        annotation("{港区|みなとく}", field="body.4"),
        annotation("{港区|みなとく}", lang="zh-Hans"),
    ]
    assert list(sound(rows, texts)) == [("2021/policy/2", "title", "ja")]


def test_a_title_is_read_as_its_runs_or_as_it_stands_and_nothing_else_has_a_reading() -> None:
    texts = [
        words("港区のDX"),
        words("まち", lang="ja-x-easy"),
        words("港区", field="body.1"),
        words("港区", lang="ko"),
    ]
    found = sound([annotation("{港区|みなとく}のDX"), annotation("{港区|みなとく}", field="body.1")], texts)
    assert list(title_readings(found, texts)) == [
        Reading("2021/policy/2", "title", "ja", "みなとくのDX"),
        Reading("2021/policy/2", "title", "ja-x-easy", "まち"),
    ]


def test_a_title_with_kanji_that_nobody_has_read_has_no_reading() -> None:
    texts = [words("港区")]
    assert list(title_readings(sound([annotation("{港区|みなとく}", reviewed=False)], texts), texts)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_writing_a_file_again_changes_no_byte(sources: Sources, path: Path, tmp_path: Path) -> None:
    rows = [row for row in sources.annotations if row.edition == path.stem]
    assert rows
    write(tmp_path / path.name, rows)
    assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_whatever_is_written_is_read_again_as_it_was(tmp_path: Path) -> None:
    text = 'say "{区|く}" \\ twice\nand again'
    write(tmp_path / "new" / "2021.toml", [annotation(text, reviewed=False), annotation("まち", field="body.1")])
    rows = tomllib.loads((tmp_path / "new" / "2021.toml").read_text("utf-8"))["ruby"]
    common = {"code": "2021/policy/2", "lang": "ja"}
    assert rows == [
        {**common, "field": "title", "text": text, "reviewed": False},
        {**common, "field": "body.1", "text": "まち"},
    ]


def test_every_kanji_of_every_japanese_text_is_read(sources: Sources) -> None:
    read = {row.key: parse(row.text) for row in sources.annotations}
    texts = [row for row in sources.data.texts if row.lang in LANGUAGES]
    assert {row.lang for row in texts} == set(LANGUAGES)
    assert len(FILES) == len(sources.data.editions)
    for row in texts:
        annotated = read.get((row.code, row.field, row.lang), Annotated(row.text, ()))
        assert annotated.text == row.text
        assert annotated.unread() == [], row
    assert all(row.reviewed for row in sources.annotations)


def test_terms_are_read_as_the_glossary_says(sources: Sources) -> None:
    terms = tomllib.loads((SOURCES / "glossary.toml").read_text("utf-8"))["term"]
    # The glossary spells numbers and letters out and keeps few marks; a title keeps them as they stand.
    readings = {term["ja"]: _bare(term["reading"]) for term in terms if not re.search("[0-9A-Za-z]", term["ja"])}
    found = set[str]()
    for row in sources.annotations:
        annotated = parse(row.text)
        for term, reading in readings.items():
            for place in re.finditer(re.escape(term), annotated.text):
                part = _part(annotated, *place.span())
                if part is not None:
                    found.add(term)
                    assert _bare(part.kana()) == reading, (row.key, term)
    assert len(found) > 0.9 * len(readings)


def _part(annotated: Annotated, start: int, end: int) -> Annotated | None:
    """Return the characters from `start` to `end`; None where they cut a word, as 区 does in 地区."""
    touched = [run for run in annotated.runs if run.start < end and run.start + run.length > start]
    if any(run.start < start or run.start + run.length > end for run in touched):
        return None
    return Annotated(annotated.text[start:end], tuple(run._replace(start=run.start - start) for run in touched))


def _bare(kana: str) -> str:
    return re.sub("[^ぁ-ゖー]", "", hiragana(kana))


# What an analyser reads otherwise, and what only a person from here knows.
@pytest.mark.parametrize(
    ("code", "field", "lang", "kana"),
    [
        ("2021", "title", "ja", "みなとくきほんけいかく"),
        ("2024/section/message", "signature.1", "ja", "みなとくちょう"),
        ("2024/district/shibaura-konan", "title", "ja", "しばうらこうなんちくばんけいかくしょ"),
        ("2024/district/azabu", "label.1", "ja", "あざぶちく"),
        ("2024/figure/population-2024", "date.1", "ja", "2024ねん1がつついたち"),
        ("2024/figure/population-2024", "title", "ja-x-easy", "じんこう（すんでいるひとのかず）"),
        ("viewer/guide/start", "title", "ja", "はじめてのかたへ"),
        ("viewer/guide", "lead.1", "ja", "F1キーをおすと、いつでもこのつかいかたをひらけます。"),
        ("2024/wish/6", "item.1", "ja-x-easy", "としやぶんかがちがっても、みんながあんしんしてせいかつできる"),
        ("2024/issue/3", "title", "ja", "ちいきぜんたいではぐくむ「こどものえがおあふれるまち」のじつげん"),
    ],
)  # fmt: skip
def test_what_is_read_otherwise_elsewhere_is_read_as_here(
    sources: Sources, code: str, field: str, lang: str, kana: str
) -> None:
    (row,) = [row for row in sources.annotations if row.key == (code, field, lang)]
    assert parse(row.text).kana() == kana


def test_the_plan_file_has_the_reading_of_every_title_and_a_ruby_over_every_kanji(plan_path: Path) -> None:
    with closing(sqlite3.connect(plan_path)) as connection:
        texts = {
            row[:3]: row[3]
            for row in connection.execute("SELECT code, field, lang, text FROM entry_text WHERE lang LIKE 'ja%'")
        }
        readings = {row[:3]: row[3] for row in connection.execute("SELECT code, field, lang, text FROM reading")}
        rubies = connection.execute("SELECT code, field, lang, start, length, text FROM ruby").fetchall()
    left = {key: list(text) for key, text in texts.items()}
    for *key, start, length, reading in rubies:
        run = left[tuple(key)][start : start + length]
        assert KANJI.search("".join(run)), (key, start)
        left[tuple(key)][start : start + length] = [reading, *[""] * (length - 1)]
    assert not [key for key, text in left.items() if KANJI.search("".join(text))]
    assert readings == {key: "".join(text) for key, text in left.items() if key[1] == "title"}
    assert set(readings) == {key for key in texts if key[1] == "title"}
    assert len(rubies) > 4000
