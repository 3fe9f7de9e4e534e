"""What is typed without an input method: romaji, kana as they sound, pinyin, Hangul keys; and the order of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.plan import TITLE
from minato_viewer.language import hangul, kana, pinyin
from minato_viewer.language.folding import Folded, Span, fold
from minato_viewer.language.sorting import sort_key

ROWS = (
    "かがきぎくぐけげこごさざしじすずせぜそぞただちつてでとどなにぬねのは"
    "ばぱひびぴふぶぷへべぺほぼぽまみむめもやゆよらりるれろわん"
)
SYLLABLES = [
    *ROWS,
    *("きゃ", "しゅ", "ちょ", "じゃ", "りょ", "びゅ", "ぴょ", "ぎゅ", "みゃ", "てぃ", "ふぁ"),
    *("っか", "っしゅ", "っち", "おう", "えい"),
]


# -- Japanese ------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=6).map("".join), st.booleans())
def test_what_is_written_in_latin_letters_is_read_as_it_sounds(word: str, kunrei: bool) -> None:
    letters = kana.latin(word, kunrei=kunrei)
    assert letters.isascii()
    # n before a vowel or y may be ん or な, as it may be in Japan.
    if "んあ" not in word and not any(f"ん{vowel}" in word for vowel in "あいうえおやゆよなにぬねの"):
        assert kana.sound(word) in {kana.sound(way) for way in kana.romaji(letters)}


@pytest.mark.parametrize(
    ("letters", "sound"),
    [
        ("bousai", "ぼさい"),
        ("bosai", "ぼさい"),
        ("bōsai", "ぼさい"),
        ("shoubouchou", "しよぼちよ"),
        ("syouboutyou", "しよぼちよ"),
        ("shin'you", "しんよ"),
        ("tempo", "てんぽ"),
        ("tenpo", "てんぽ"),
        ("matchi", "まつち"),
        ("gakkou", "がつこ"),
        ("zyouhou", "じよほ"),
    ],
)
def test_both_systems_of_romaji_sound_the_same(letters: str, sound: str) -> None:
    assert sound in {kana.sound(way) for way in kana.romaji(letters)}


def test_a_word_that_is_only_begun_may_go_on_in_every_way() -> None:
    assert {way[-1] for way in kana.romaji("bous")} == set("さしすせそ")
    assert {way[-1] for way in kana.romaji("bok")} == set("かきくけこ")
    assert "ん" in kana.romaji("n")


@pytest.mark.parametrize("word", ["fangzai", "xyz", "plan", "the", "district", "q", "a" * 500])
def test_what_cannot_be_japanese_is_nothing(word: str) -> None:
    assert kana.romaji(word) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ぼうさい", "ぼーさい"),
        ("ぼうさい", "ぼさい"),
        ("きょう", "きよう"),
        ("せいさく", "せえさく"),
        ("つづく", "つずく"),
        ("ちぢむ", "ちじむ"),
    ],
)
def test_long_vowels_and_small_kana_are_heard_as_one(one: str, other: str) -> None:
    assert kana.sound(one) == kana.sound(other)


@given(st.text(st.sampled_from("かがさざただはばぱあいうえおゃゅょっーん"), max_size=12))
def test_the_sound_of_a_sound_is_itself_but_for_vowels_that_meet(text: str) -> None:
    assert set(kana.sound(text)) <= set("かがさざただはばぱあいうえおやゆよつん")


def test_a_reading_tells_which_words_were_read() -> None:
    text, reading = "港区の特性を生かした商業集積", "みなとくのとくせいをいかしたしょうぎょうしゅうせき"
    for typed, words in {
        "しょうぎょう": "商業集積",
        "tokusei": "特性",
        "minato": "港区",
        "いかした": "生かした",
    }.items():
        span = kana.place(text, reading, typed)
        assert span is not None
        assert text[span.start : span.end] == words
    assert kana.place(text, reading, "ない") is None
    assert kana.place(text, "まったくちがう", "minato") is None


# -- Chinese -------------------------------------------------------------------------------------------


def test_every_chinese_title_has_pinyin_for_every_character(sources: Sources) -> None:
    for row in sources.data.texts:
        if row.lang == "zh-Hans" and row.field == TITLE:
            written = sum("\u3400" <= character <= "\u9fff" for character in row.text)
            assert sum(map(len, pinyin.syllables(row.text))) == written, row.text


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("都市", "du shi"),
        ("重点课题", "zhong dian ke ti"),
        ("音乐", "yin yue"),
        ("东京都", "dong jing du"),
        ("中长期", "zhong chang qi"),
        ("港區", "gang qu"),
    ],
)
def test_characters_of_several_readings_are_read_as_in_their_word(text: str, spoken: str) -> None:
    assert [" ".join(run) for run in pinyin.syllables(text)] == [spoken]


@given(st.lists(st.sampled_from("fang zai yu er xian xi an jiang ren lv zhong".split()), min_size=1, max_size=5))  # noqa: SIM905 - syllables
def test_syllables_that_are_typed_together_are_found_again(syllables: list[str]) -> None:
    assert (
        tuple(syllables) in pinyin.ways("".join(syllables)) or len(pinyin.ways("".join(syllables))) == pinyin.MOST_WAYS
    )


@pytest.mark.parametrize("letters", ["", "fz", "fang zai", "방재", "a" * 500, "123"])
def test_what_is_no_pinyin_is_nothing(letters: str) -> None:
    assert pinyin.ways(letters) == []


# -- Korean --------------------------------------------------------------------------------------------


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=8))
def test_hangul_is_the_same_however_far_it_is_composed(text: str) -> None:
    typed = hangul.jamo(text)
    assert hangul.jamo(typed) == typed
    assert hangul.jamo(fold(typed)) == typed
    assert hangul.on_keys(hangul.keys(typed)) == typed
    assert hangul.keys(typed).isascii()


def test_first_consonants() -> None:
    assert hangul.initials("방재 대책") == "ㅂㅈ ㄷㅊ"
    assert hangul.as_initials("ㅂㅈ") == "ㅂㅈ"
    assert hangul.as_initials("ㅂㅏ") == ""
    assert hangul.as_initials("방ㅈ") == ""


# -- order and marks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("ja", [("赤坂", "あかさか"), ("麻布", "あざぶ"), ("芝", "しば"), ("芝浦", "しばうら"), ("高輪", "たかなわ")]),
        ("zh-Hans", [("赤坂", ""), ("高轮", ""), ("麻布", ""), ("芝", ""), ("芝浦港南", "")]),
        ("ko", [("다카나와", ""), ("시바", ""), ("아자부", ""), ("아카사카", "")]),
        ("en", [("Akasaka", ""), ("azabu", ""), ("Shiba", ""), ("Takanawa", "")]),
        ("ja", [("2つ", "2つ"), ("10", "10"), ("かき", "かき"), ("カギ", "かぎ"), ("かきね", "かきね"), ("区", "")]),
    ],
)  # fmt: skip
def test_names_are_in_the_order_of_their_language(lang: str, names: list[tuple[str, str]]) -> None:
    assert sorted(names, key=lambda name: sort_key(name[0], lang, name[1])) == names


@given(st.text(max_size=30))
def test_every_folded_character_leads_back_to_the_text(text: str) -> None:
    folded = Folded(text)
    for at in range(len(folded.text)):
        span = folded.original(at, at + 1)
        assert Span(0, 1) <= span
        assert text[span.start : span.end]
