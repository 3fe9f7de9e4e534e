"""Folding: what must be found by what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minato_viewer.authoring.sources import Sources
from minato_viewer.language.folding import fold

KATAKANA = "".join(chr(code) for code in range(0x30A1, 0x30F7))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＩ", "ai"),
        ("ｼﾃｨ", "シティ"),
        ("ｶﾞｰﾄﾞ", "がーど"),
        ("シティーフマラソン", "してぃーふまらそん"),
        ("2021～2023", "2021〜2023"),
        ("〜", "~"),
        ("SDGs", "sdgs"),
        ("８５１億円", "851億円"),
        ("Ⅳ", "iv"),
        ("Straße", "STRASSE"),
        ("が", "か\u3099"),
        ("　", " "),
        ("計画", "计划"),
        ("計畫", "计划"),
        ("区", "區"),
        ("強靱", "强韧"),
        ("予防", "预防"),
        ("億", "亿"),
    ],
)
def test_what_a_reader_takes_for_the_same_folds_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("か", "が"), ("は", "ば"), ("つ", "っ"), ("あかる", "あがる"), ("億", "兆"), ("a", "b")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_every_katakana_folds_to_the_hiragana_of_the_same_sound() -> None:
    assert fold(KATAKANA) == "".join(chr(ord(character) - 0x60) for character in KATAKANA)


def test_folding_the_texts_of_the_plan_twice_changes_nothing_more(sources: Sources) -> None:
    for row in sources.data.texts:
        assert fold(fold(row.text)) == fold(row.text)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x9FFF, exclude_categories=["Cs", "Mn"])))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from("防災かガSdＧs～〜12１ 人"), max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_a_part_of_a_text_is_found_in_the_folded_whole(part: str, before: str, after: str) -> None:
    assert fold(part) in fold(f"{before} {part} {after}")
