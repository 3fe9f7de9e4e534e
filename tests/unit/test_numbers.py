"""The numbers of every translation are those of its original: what is read, found and left in peace."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minato_viewer.authoring.check import findings
from minato_viewer.authoring.numbers import listing, mismatch, mismatches
from minato_viewer.authoring.quantities import quantities
from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.plan import UNITS, Status
from minato_viewer.domain.plan_data import Text
from minato_viewer.language.catalogues import messages
from minato_viewer.language.fiscal import fiscal_years
from minato_viewer.language.formats import amount
from minato_viewer.language.tags import TAGS

# What means the same in each language.
SAME = [
    {
        "ja": "851億円（令和3年度～令和5年度）",
        "ja-x-easy": "851億円（令和3(2021)年度から令和5(2023)年度まで）",
        "en": "¥85.1 billion (FY2021–FY2023)",
        "zh-Hans": "851亿日元（2021～2023财政年度）",
        "ko": "851억 엔(2021년도~2023년도)",
    },
    {"ja": "８５１億円（令和3～5年度）", "en": "85.1 billion yen (FY2021–2023)", "ko": "851억 엔(2021~2023회계연도)"},
    {"ja": "1兆2,345億6,789万円", "en": "¥1,234,567,890,000", "zh-Hans": "1 万亿 2345 亿 6789 万日元"},
    {"ja": "関東大震災から100年", "en": "one hundred years", "zh-Hans": "一百周年", "ko": "간토 대지진 100년"},
    {"ja": "百周年", "en": "the 100th anniversary", "zh-Hans": "100 周年", "ko": "100주년"},
    {"ja": "28万人", "en": "280,000 residents", "zh-Hans": "28 万区民", "ko": "28만 구민"},
    {"ja": "AIや5G、F2", "en": "AI, 5G and F2", "zh-Hans": "AI、5G、F2", "ko": "AI, 5G, F2"},
    {"ja": "2024年1月1日", "en": "January 1, 2024", "zh-Hans": "2024 年 1 月 1 日", "ko": "2024년 1월 1일"},
    {"ja": "令和元年5月", "en": "May 2019", "zh-Hans": "二〇一九年五月", "ko": "2019년 5월"},
    {"ja": "18歳以下", "en": "aged 18 or under", "zh-Hans": "18 岁以下", "ko": "18세 이하"},
    {"ja": "18歳", "en": "18-year-olds", "zh-Hans": "18 周岁", "ko": "18살"},
    {"ja": "4組の標語、2通り", "en": "four slogans, two names", "zh-Hans": "四组标语，两种", "ko": "네 개, 두 가지"},
    {"ja": "24時間、10%", "en": "24-hour, 10 percent", "zh-Hans": "24 小时，百分之十", "ko": "24시간, 10퍼센트"},
    {"ja": "3割", "en": "30%", "zh-Hans": "三成", "ko": "30%"},
    {"ja": "3か月と7日間", "en": "three months and seven days", "zh-Hans": "3 个月零 7 天", "ko": "3개월과 7일간"},
    {"ja": "分野Ⅱ、第三", "en": "field II, the third", "zh-Hans": "领域Ⅱ、第三", "ko": "분야 2, 3"},
    {"ja": "2021年度版、2024年の改定版", "en": "2021 edition, 2024 revision", "ko": "2021년도판, 2024년 개정판"},
    {"ja": "1年に1か月", "en": "a month in one year", "zh-Hans": "一年中一个月", "ko": "1년에 1개월"},
    {"ja": "24時間、365日", "en": "24 hours a day, 365 days a year", "zh-Hans": "365 天 24 小时", "ko": "365일 24시간"},
    {"ja": "午前9時、110番", "en": "9am, 110", "zh-Hans": "上午 9 点，110", "ko": "오전 9시, 110번"},
    {"ja": "東京2020大会、2050年", "en": "Tokyo 2020 Games, 2050", "zh-Hans": "东京 2020 奥运会，2050 年"},
]  # fmt: skip

# Words that look like numbers and are none.
NO_NUMBERS = [
    (
        "ja",
        "区民一人ひとり、一つに結びつけ、世界一、唯一無二、二酸化炭素、万一、十分、一層、日本、統一、百貨店、新型コロナ",
    ),
    ("ja-x-easy", "もう一度、ただひとつ、CO2、一番"),
    ("en", "one-of-a-kind, each and every one, one another, first of all, both, at once, COVID-19, half marathon"),
    ("zh-Hans", "独一无二、每一位、一座、活力四射、十分、下一代、进一步、万一、三思、五彩缤纷、统一"),
    ("ko", "한 사람 한 사람, 유일무이, 한층, 세대, 네트워크, 열 수, 코로나19"),
]

DIFFERENT = {
    "another number of people": ("79 人", "71 people"),
    "two numbers exchanged": ("79 人先后参加了 71 次", "71 people took part in 79 meetings"),
    "a scale": ("5,739 亿日元", "¥573.9 million"),
    "a point": ("5,739 亿日元", "¥5.739 billion"),
    "a currency": ("5,739 亿日元", "573.9 billion people"),
    "a lost number": ("在 9 个领域", "in several fields"),
    "a number nobody wrote": ("在各领域", "in 9 fields"),
    "a calendar year for a fiscal year": ("2026 年度", "in 2026"),
    "a month": ("2024 年 1 月", "June 2024"),
    "a day": ("2024 年 1 月 1 日", "January 2, 2024"),
    "months for a month": ("3 个月", "March 2024"),
    "percent": ("10%", "10"),
    "a generation of radio": ("5G", "4G"),
    "a key": ("F2", "F3"),
    "the virus": ("新冠", "COVID-18"),
    "a word": ("四组标语", "five slogans"),
    "an idiom turned into a number": ("独一无二", "two cities"),
}


@pytest.mark.parametrize("texts", SAME, ids=lambda texts: texts["ja"])
def test_what_means_the_same_is_read_the_same(texts: dict[str, str]) -> None:
    def exact(tag: str) -> list[tuple[str, str]]:
        return sorted((row.value, row.unit) for row in quantities(texts[tag], tag))

    assert exact("ja")
    for tag in texts:
        original, translation = (Text("c", "f", lang, texts[lang], Status.ORIGINAL, "") for lang in ("ja", tag))
        assert list(mismatch(original, translation)) == [], (exact("ja"), exact(tag))


@pytest.mark.parametrize(("tag", "text"), NO_NUMBERS)
def test_idioms_and_names_are_no_numbers(tag: str, text: str) -> None:
    assert [row for row in quantities(text, tag) if not row.vague] == []


@pytest.mark.parametrize(("chinese", "english"), DIFFERENT.values(), ids=DIFFERENT)
def test_a_difference_is_found_and_both_sides_are_named(chinese: str, english: str) -> None:
    original = Text("2024/x", "body.1", "zh-Hans", chinese, Status.ORIGINAL, "")
    (found,) = mismatch(original, Text("2024/x", "body.1", "en", english, Status.REFERENCE, ""))
    assert found.startswith("2024/x#body.1 (en): ")
    named = {row.text.strip() for row, tag in ((chinese, "zh-Hans"), (english, "en")) for row in quantities(row, tag)}
    assert any(text in found for text in named)


def test_an_era_year_that_contradicts_the_year_beside_it_is_found() -> None:
    original = Text("2024/x", "item.1", "zh-Hans", "从 2021 年度到 2023 年度", Status.ORIGINAL, "")
    for wrong in ("令和3(2021)年度から令和3(2023)年度", "令和5(2021)年度から令和5(2023)年度"):
        assert list(mismatch(original, original._replace(lang="ja", text=wrong)))


def test_to_say_a_number_twice_adds_nothing() -> None:
    original = Text("2021/x", "note.1", "ja", "政策24の名称", Status.EDITOR, "")
    assert not list(mismatch(original, original._replace(lang="ja-x-easy", text="政策24です。政策24の名前です。")))
    assert list(mismatch(original, original._replace(lang="ja-x-easy", text="政策24です。政策25の名前です。")))


def test_a_number_is_not_given_away_to_an_idiom() -> None:
    original = Text("2021/x", "body.1", "ja", "一つの重点課題1", Status.ORIGINAL, "")
    assert not list(mismatch(original, original._replace(lang="en", text="Priority issue 1")))
    assert not list(mismatch(original, original._replace(lang="en", text="the one Priority issue 1")))
    assert list(mismatch(original, original._replace(lang="en", text="the one Priority issue 2")))


def test_names_in_braces_are_those_of_the_original(sources: Sources) -> None:
    def renamed(row: Text) -> Text:
        here = (row.code, row.field) == ("2024/vision", "lead.1")
        return row._replace(text=f"{row.text}{{{'day' if row.lang == 'ko' else 'year'}}}") if here else row

    changed = sources.data._replace(texts=tuple(map(renamed, sources.data.texts)))
    assert [line.partition(": ")[0] for line in mismatches(changed)] == ["2024/vision#lead.1 (ko)"]


@given(value=st.integers(2, 9_999), unit=st.sampled_from(UNITS))
def test_what_the_viewer_writes_of_a_figure_is_read_the_same_in_every_language(value: int, unit: str) -> None:
    value *= 10**8 if unit == "JPY" else 1
    for tag in TAGS:
        (read,) = quantities(amount(str(value), unit, messages(tag)), tag)
        assert read.value == str(value)
        assert (read.unit == "JPY") == (unit == "JPY")


@given(first=st.integers(2019, 2060), years=st.integers(0, 20))
def test_what_the_viewer_writes_of_fiscal_years_is_read_the_same_in_every_language(first: int, years: int) -> None:
    expected = [(str(year), "fiscal year") for year in ([first] if not years else [first, first + years])]
    for tag in TAGS:
        written = fiscal_years(f"{first}-04-01", f"{first + years + 1}-03-31", tag)
        assert [(row.value, row.unit) for row in quantities(written, tag)] == expected


@given(
    text=st.text(
        st.sampled_from("0123456789,.一二百万億亿年度月日(令和)FY¥~–-GSCOVID両つ个 두세가지one hundred%"), max_size=30
    )
)
def test_any_text_can_be_read(text: str) -> None:
    for tag in TAGS:
        found = quantities(text, tag)
        assert [row.start for row in found] == sorted(row.start for row in found)
        assert all(row.value for row in found)


def test_the_real_translations_have_the_numbers_of_their_originals(sources: Sources) -> None:
    assert list(mismatches(sources.data)) == []


# What the plan counts without its being a figure of its own, and why not.
COUNTED = {
    ("2021/section/issues", "7"): "the entries below it are counted below",
    ("2024/section/issues", "8"): "the same",
    ("2024/section/districts", "5"): "the same",
    ("2024/section/about", "6 year"): "the period of the edition, which is data of the edition",
    ("2024/issue/6", "280000 person"): "the forecast of 282,317 people, rounded",
    ("2024/slogan/3", "100 year"): "since an earthquake",
    ("2024/participation/children", "18 age"): "who was asked",
    ("2024/section/sdgs", "17"): "goals of the United Nations",
}
BELOW = {"2021/section/issues": "issue", "2024/section/issues": "issue", "2024/section/districts": "district"}


def test_every_number_that_the_plan_counts_is_a_figure_or_known_not_to_be_one(sources: Sources) -> None:
    dates = {"calendar year", "fiscal year", "calendar month", "day"}
    found: set[tuple[str, str]] = set()
    for line in listing(sources.data):
        name, _, (value, unit, held) = split(line)
        if held == "text" and unit not in dates and value != "2020" and not name.endswith("#label.1"):
            found.add((name.partition("#")[0], f"{value} {unit}".strip()))
    assert found == set(COUNTED)
    held = [line for line in listing(sources.data) if line.endswith(": figure")]
    values = {split(line)[2][0] for line in held}
    assert values == {figure.value for figure in sources.data.figures}


def split(line: str) -> tuple[str, str, tuple[str, str, str]]:
    """Return (name, as written, (value, unit, held)) of a line of the listing."""
    match = re.fullmatch(r"(\S+): (.+) \(([0-9.]+) ?([^)]*)\): (figure|text)", line)
    assert match, line
    return match[1], match[2], (match[3], match[4], match[5])


@pytest.mark.parametrize(("code", "kind"), BELOW.items())
def test_how_many_entries_a_section_announces_is_how_many_there_are(sources: Sources, code: str, kind: str) -> None:
    (announced,) = [value for (name, value) in COUNTED if name == code]
    assert sum(entry.kind == kind and entry.parent == code for entry in sources.data.entries) == int(announced)


def test_a_stale_translation_is_left_alone(sources: Sources) -> None:
    def turned(row: Text) -> Text:
        here = (row.code, row.field, row.lang) == ("2024/figure/forum-people", "value.1", "en")
        return row._replace(text="71 people", stale=stale) if here else row

    for stale in (True, False):
        changed = replace(sources, data=sources.data._replace(texts=tuple(map(turned, sources.data.texts))))
        assert (findings(changed) == []) == stale


class Mutation(NamedTuple):
    """One number of a real translation, changed."""

    original: Text
    changed: Text
    what: str


# What stands for a number in words, and the word that is put in its place.
WORDS = {
    "en": (r"\b(?:two|three|four|five|hundred)\b", "nine"),
    "ko": (r"(?<![가-힣])(?:두|세|네|다섯) (?=[가-힣])", "여덟 "),
    "zh-Hans": ("[二三四五百两](?=[个份组种条周])", "八"),
    "ja": ("[二三四五](?=[つ本])", "八"),
    "ja-x-easy": ("[二三四五](?=[つ本])", "八"),
}
SIGNS = (
    ("億", "万"),
    ("billion", "million"),
    ("亿", "万"),
    ("억", "만"),
    ("円", "人"),
    ("日元", "人"),
    ("%", ""),
    ("¥", ""),
)


def mutations(sources: Sources) -> Iterator[Mutation]:
    languages = {edition.code: edition.language for edition in sources.data.editions}
    own = {(row.code, row.field): row for row in sources.data.texts if row.lang == languages[row.code.split("/")[0]]}
    for row in sources.data.texts:
        original = own[row.code, row.field]
        if row.lang == original.lang:
            continue
        for start, end, new in changes(row):
            text = row.text[:start] + new + row.text[end:]
            yield Mutation(original, row._replace(text=text), f"{row.text[start:end]} -> {new}")


def changes(row: Text) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, what is put there) for every number of a text."""
    for match in re.finditer("[0-9]+", row.text):
        digits = match[0]
        last, first = (int(digits[-1]) + 1) % 10, (int(digits[0]) + 3) % 10 or 5
        for new in (f"{digits[:-1]}{last}", f"{first}{digits[1:]}", f"7{digits}"):
            yield match.start(), match.end(), new
    word, other = WORDS[row.lang]
    signs = SIGNS if re.search("[0-9] ?[億亿억万만]|[¥%]", row.text) else ()
    for pattern, new in ((word, other), *((re.escape(sign), new) for sign, new in signs)):
        for match in re.finditer(pattern, row.text):
            yield match.start(), match.end(), new


def test_every_changed_number_of_every_real_translation_is_noticed(sources: Sources) -> None:
    tried = list(mutations(sources))
    unnoticed = [
        f"{row.changed.code}#{row.changed.field} ({row.changed.lang}): {row.what}"
        for row in tried
        if not list(mismatch(row.original, row.changed))
    ]
    assert unnoticed == []
    assert len(tried) > 1000
    assert {row.changed.lang for row in tried} == set(TAGS)


def test_every_lost_number_of_every_real_translation_is_noticed(sources: Sources) -> None:
    languages = {edition.code: edition.language for edition in sources.data.editions}
    own = {(row.code, row.field): row for row in sources.data.texts if row.lang == languages[row.code.split("/")[0]]}
    lost = 0
    for row in sources.data.texts:
        original = own[row.code, row.field]
        if row.lang != original.lang and [
            number for number in quantities(original.text, original.lang) if not number.vague
        ]:
            lost += 1
            assert list(mismatch(original, row._replace(text="…"))), row
    assert lost > 250
