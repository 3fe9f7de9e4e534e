"""Easy Japanese is easy: what the lint finds, what it leaves alone, and that the real texts pass it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minato_viewer.authoring import easy_japanese
from minato_viewer.authoring.catalogues import read
from minato_viewer.authoring.check import findings
from minato_viewer.authoring.easy_japanese import LONGEST, MOST_KANJI, TAG, faults
from minato_viewer.authoring.sources import Sources
from minato_viewer.language.tags import language
from minato_viewer.paths import CATALOGUES

HARD = {
    "too many kanji": ("新型感染症影響区民生活地域経済です。", "15 kanji"),
    "too long": ("あ" * LONGEST + "です。", f"{LONGEST + 3} characters"),
    "plain ending": ("区は計画を作る。", "です or ます"),
    "noun at the end": ("区の計画", "です or ます"),
    "half sentence after a sentence": ("計画を作ります。よい計画を。", "です or ます"),
    "cannot but": ("できないことはありません。", "double negative"),
    "not that not": ("使えないわけではありません。", "double negative"),
    "must": ("書かなければなりません。", "double negative"),
    "must, spoken": ("書かないといけません。", "double negative"),
    "must not go without": ("書かなくてはいけません。", "double negative"),
    "is done": ("窓口が設置されます。", "passive"),
    "was done": ("計画が発表されました。", "passive"),
}
EASY = [
    "区は、区民（港区の人）を大切にします。",
    "「めざすまちの姿」をつくります。だれでも住み続けられるまちです。",
    "言葉を入れてください。",
    "ありません。使わないでください。",
    "どんなまちですか？",
    "アプリを作った人の説明です（計画の文ではありません）。",
    "区は力を入れて解決します。",
]


@pytest.mark.parametrize(("text", "said"), HARD.values(), ids=HARD)
def test_what_is_hard_is_found_and_quoted(text: str, said: str) -> None:
    found = list(faults(text, prose=True))
    assert any(said in line and "“" in line for line in found), found


@pytest.mark.parametrize("text", EASY)
def test_what_is_easy_is_left_alone(text: str) -> None:
    assert list(faults(text, prose=True)) == []


def test_the_limits_themselves_are_allowed_and_counted_by_sentence() -> None:
    full = "字" * MOST_KANJI + "です。"
    assert list(faults(full * 3, prose=True)) == []
    assert len(list(faults(full + "字" + full, prose=True))) == 1
    assert list(faults("あ" * (LONGEST - 3) + "です", prose=True)) == []


def test_titles_and_items_may_stop_at_a_noun() -> None:
    assert list(faults("緑と自然がいっぱいのまち", prose=False)) == []


@given(text=st.text(st.sampled_from("字あ。！？（）「」です{}ないければされま"), max_size=40), prose=st.booleans())
def test_any_text_can_be_looked_at(text: str, prose: bool) -> None:
    assert all(fault for fault in faults(text, prose=prose))


def test_the_real_plan_is_easy_and_is_looked_at(sources: Sources) -> None:
    assert list(easy_japanese.findings(sources.data.texts)) == []
    assert sum(row.lang == TAG for row in sources.data.texts) > 300


def test_a_hard_sentence_makes_the_check_fail_at_its_place(sources: Sources) -> None:
    texts = [
        row._replace(text="区により計画が改定された。") if (row.code, row.lang) == ("2024/vision", TAG) else row
        for row in sources.data.texts
    ]
    found = findings(replace(sources, data=sources.data._replace(texts=tuple(texts))))
    assert any(line.startswith(f"2024/vision#lead.1 ({TAG}): a passive, された") for line in found), found
    assert any(line.startswith(f"2024/vision#lead.1 ({TAG}): a sentence that does not end") for line in found), found


def test_the_interface_is_easy_too() -> None:
    catalogue = read(CATALOGUES / "ja@easy" / "LC_MESSAGES" / "viewer.po", language(TAG))
    said = [
        text for row in catalogue if row.id for text in ([row.string] if isinstance(row.string, str) else row.string)
    ]
    assert len(said) > 150
    assert [(text, list(faults(text, prose=False))) for text in said if list(faults(text, prose=False))] == []
