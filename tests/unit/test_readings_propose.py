"""Readings are proposed: what fits stays, known words are read as elsewhere, the rest as analysed."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from minato_viewer.authoring.analyser import Word, analyser, hiragana
from minato_viewer.authoring.readings import Annotation, parse, write
from minato_viewer.authoring.readings_propose import Known, proposals, propose
from minato_viewer.authoring.sources import Sources, load
from minato_viewer.cli import plan as program
from minato_viewer.domain.faults import ExitCode
from minato_viewer.paths import CATALOGUES
from tests.unit.editing import Db

POLICIES, OLD, NEW = "2021/40-policies.toml", "個性ある商業集積の形成", "個性豊かな商業集積の形成"
KEY = ("2021/policy/12", "title", "ja")


def said(*words: str) -> Callable[[str], list[Word]]:
    """Return an analyser that cuts what it is asked into `SURFACE READING`, and knows nothing else."""
    known = dict(word.split(" ") for word in words)

    def analyse(text: str) -> list[Word]:
        found: list[Word] = []
        while text:
            surface = next((word for word in sorted(known, key=len, reverse=True) if text.startswith(word)), text[0])
            found.append(Word(surface, known.get(surface, surface)))
            text = text[len(surface) :]
        return found

    return analyse


def known(*markups: str) -> Known:
    return Known(map(parse, markups))


# what is known, what the analyser says, the text, what is proposed
CASES = {
    "okurigana outside": ((), ("取り組み とりくみ",), "取り組み", "{取|と}り{組|く}み"),
    "katakana outside": ((), ("ポイ捨て ぽいすて",), "ポイ捨て", "ポイ{捨|す}て"),
    "a word with a number": ((), ("851億 はちごいちおく", "億 おく", "円 えん"), "851億円", "851{億|おく}{円|えん}"),
    "nobody knows": ((), (), "港区のまち", "港区のまち"),
    "as elsewhere": (("{港区|みなとく}の",), ("港区 こうく",), "港区は", "{港区|みなとく}は"),
    "known within a longer word": (
        ("{港区|みなとく}の",), ("港区 こうく", "計画 けいかく"), "港区計画", "{港区|みなとく}{計画|けいかく}",
    ),
    "known over two words": (
        ("{区長|くちょう}が",), ("区 く", "長 ちょう"), "新区長", "新{区長|くちょう}",
    ),
    "read in two ways elsewhere": (
        ("{今日|きょう}は", "{今日|こんにち}の"), ("今日 きょう",), "今日も", "{今日|きょう}も",
    ),
    "beside the same neighbour": (
        ("{今日|きょう}は", "{今日|こんにち}の"), ("今日 きょう",), "今日の", "{今日|こんにち}の",
    ),
    "a single kanji elsewhere": (("その{上|うえ}に",), ("上げ あげ",), "上げ", "{上|あ}げ"),
    "a single kanji in the same place": (("その{方|かた}へ",), ("方 ほう",), "その方へ", "その{方|かた}へ"),
    "a digit read with it": (("1{月|がつ}{1日|ついたち}",), ("日 にち",), "4月1日", "4月{1日|ついたち}"),
    "another digit": (("{1日|ついたち}",), ("日 にち",), "21日", "21{日|にち}"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_reading_is_proposed(case: tuple[tuple[str, ...], tuple[str, ...], str, str]) -> None:
    markups, words, text, proposed = case
    assert propose(text, known(*markups), said(*words)).markup() == proposed


def test_what_fits_stays_in_the_order_of_the_plan(sources: Sources) -> None:
    shuffled = replace(sources, annotations=tuple(sorted(sources.annotations, key=lambda row: row.text)))
    rows = [row for edition in proposals(shuffled, said()).values() for row in edition]
    assert rows == list(sources.annotations)


def test_a_proposal_stays_as_it_is_until_it_is_reviewed(sources: Sources) -> None:
    waiting = tuple(row._replace(reviewed=row.key != KEY) for row in sources.annotations)
    rows = proposals(replace(sources, annotations=waiting), said())["2021"]
    assert [row for row in rows if not row.reviewed] == [row for row in waiting if not row.reviewed]


def test_a_changed_text_keeps_the_readings_of_its_words_and_waits_for_review(db: Db) -> None:
    db.replace(POLICIES, OLD, NEW)
    rows = proposals(load(db.folder, CATALOGUES), said("個性 こせい", "豊か ゆたか"))["2021"]
    (row,) = [row for row in rows if not row.reviewed]
    assert row.key == KEY
    assert row.text.startswith("{港区|みなとく}の{特性|とくせい}を{生|い}かした{個性|こせい}{豊|ゆた}かな{商業|")


def test_a_reading_that_a_person_has_mistyped_is_not_thrown_away(sources: Sources) -> None:
    mistyped = tuple(row._replace(text=f"{row.text}}}") if row.key == KEY else row for row in sources.annotations)
    assert proposals(replace(sources, annotations=mistyped), said())["2021"] == [
        row for row in mistyped if row.edition == "2021"
    ]


def test_a_reading_stays_where_its_translation_is_not_there_just_now(bare_sources: Sources) -> None:
    assert [row for rows in proposals(bare_sources, said()).values() for row in rows] == list(bare_sources.annotations)


def test_the_reading_of_a_text_that_is_gone_is_left_out(sources: Sources) -> None:
    gone = Annotation("2021", "2021/policy/99", "title", "ja", "{区|く}", reviewed=True)
    rows = proposals(replace(sources, annotations=(*sources.annotations, gone)), said())["2021"]
    assert gone not in rows


def test_katakana_become_hiragana() -> None:
    assert hiragana("コウクのヴァー・ヶ") == "こうくのゔぁー・ゖ"


def test_the_command_proposes_and_the_file_says_so(
    db: Db, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sudachipy")
    monkeypatch.setattr(program, "SOURCES", db.folder)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    db.replace(POLICIES, OLD, NEW)
    before = (db.folder / "readings/2021.toml").read_text("utf-8").splitlines()
    assert program.main(["readings"]) == ExitCode.WELL
    assert capsys.readouterr().out.startswith("1 reading in ")
    after = (db.folder / "readings/2021.toml").read_text("utf-8").splitlines()
    text, mark = [line for line in after if line not in before]
    assert text.startswith('text = "{港区|みなとく}の{特性|とくせい}を{生|い}かした{個性|こせい}{豊|ゆた}かな{商業|')
    assert mark == "reviewed = false"
    assert len(after) == len(before) + 1


def test_the_command_has_nothing_to_do_where_everything_is_reviewed(
    db: Db, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sudachipy")
    monkeypatch.setattr(program, "SOURCES", db.folder)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    before = {path: path.read_bytes() for path in db.folder.rglob("*.toml")}
    assert program.main(["readings"]) == ExitCode.WELL
    assert capsys.readouterr().out == "Every reading has been looked at: there is nothing to do.\n"
    assert {path: path.read_bytes() for path in db.folder.rglob("*.toml")} == before


def test_the_analyser_cuts_a_text_without_losing_a_character() -> None:
    pytest.importorskip("sudachipy")
    text = "令和6年度に高齢者の851億円を😀 取り組みます。"
    words = analyser()(text)
    assert "".join(word.surface for word in words) == text
    assert Word("令和", "れいわ") in words
    assert Word("高齢者", "こうれいしゃ") in words


@pytest.mark.parametrize("missing", ["sudachipy", "sudachidict_core"])
def test_the_command_says_what_to_install_where_the_analyser_is_missing(
    db: Db, missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if missing != "sudachipy":
        pytest.importorskip("sudachipy")
    monkeypatch.setattr(program, "SOURCES", db.folder)
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    before = (db.folder / "readings/2021.toml").read_bytes()
    assert program.main(["readings"]) == ExitCode.FINDINGS
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "Readings are proposed with SudachiPy, which is missing: "
        "install it with pip install --require-hashes -r requirements-dev.txt.\n"
    )
    assert (db.folder / "readings/2021.toml").read_bytes() == before


def test_a_file_for_a_new_edition_is_made(tmp_path: Path, sources: Sources) -> None:
    made = proposals(replace(sources, annotations=()), said())
    for edition, rows in made.items():
        write(tmp_path / "readings" / f"{edition}.toml", rows)
    assert sorted(path.name for path in (tmp_path / "readings").iterdir()) == ["2021.toml", "2024.toml", "viewer.toml"]
    assert not any(row.reviewed for rows in made.values() for row in rows)
    assert sum(map(len, made.values())) == len(sources.annotations)
