"""Numbers, days and periods in every language."""

import tomllib
from gettext import NullTranslations

import pytest

from minato_viewer.domain.plan import UNITS
from minato_viewer.language import formats
from minato_viewer.language.catalogues import Messages, messages
from minato_viewer.language.fiscal import fiscal_years
from minato_viewer.language.tags import TAGS
from minato_viewer.paths import SOURCES


def untranslated(tag: str) -> Messages:
    return Messages(tag, NullTranslations())


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("ja", "令和3(2021)年度～令和5(2023)年度"),
        ("ja-x-easy", "令和3(2021)年度～令和5(2023)年度"),
        ("en", "FY2021–FY2023"),
        ("zh-Hans", "2021年度～2023年度"),
        ("ko", "2021년도~2023년도"),
    ],
)
def test_a_period_of_fiscal_years_ends_in_the_year_before_its_last_march(tag: str, written: str) -> None:
    assert fiscal_years("2021-04-01", "2024-03-31", tag) == written


@pytest.mark.parametrize(
    ("tag", "written"),
    [("ja", "令和元(2019)年度"), ("en", "FY2019"), ("zh-Hans", "2019年度"), ("ko", "2019년도")],
)
def test_one_fiscal_year_is_named_alone_and_the_first_of_reiwa_is_gannen(tag: str, written: str) -> None:
    assert fiscal_years("2019-04-01", "2020-03-31", tag) == written


@pytest.mark.parametrize(("tag", "column"), [("ja-x-easy", "easy"), ("en", "en"), ("zh-Hans", "zh"), ("ko", "ko")])
def test_a_fiscal_year_is_written_as_the_glossary_has_it(tag: str, column: str) -> None:
    terms = tomllib.loads((SOURCES / "glossary.toml").read_text(encoding="utf-8"))["term"]
    term = next(term for term in terms if term["ja"] == "令和3年度")
    assert fiscal_years("2021-04-01", "2022-03-31", tag) == term[column]


@pytest.mark.parametrize(
    ("first", "last"),
    [("2021-04-02", "2024-03-31"), ("2021-04-01", "2024-03-30"), ("2021-01-01", "2021-12-31"), ("2021-04-01", "")],
)
def test_a_period_with_other_bounds_is_not_called_fiscal_years(first: str, last: str) -> None:
    assert fiscal_years(first, last, "ja") == ""


@pytest.mark.parametrize(
    ("tag", "small", "cost", "finance"),
    [
        ("ja", "12,345円", "851億円", "5,739億円"),
        ("ja-x-easy", "12,345円", "851億円", "5,739億円"),
        ("en", "¥12,345", "¥85.1 billion", "¥573.9 billion"),
        ("zh-Hans", "12,345日元", "851亿日元", "5,739亿日元"),
        ("ko", "12,345 엔", "851억 엔", "5,739억 엔"),
    ],
)
def test_yen_are_written_as_each_language_writes_them(tag: str, small: str, cost: str, finance: str) -> None:
    written = [formats.amount(value, "JPY", untranslated(tag)) for value in ("12345", "85100000000", "573900000000")]
    assert written == [small, cost, finance]


@pytest.mark.parametrize(
    ("tag", "people"),
    [
        ("ja", "282,317人"),
        ("ja-x-easy", "282,317人"),
        ("en", "282,317 people"),
        ("zh-Hans", "282,317人"),
        ("ko", "282,317명"),
    ],
)
def test_people_are_counted_as_each_language_counts_them(tag: str, people: str) -> None:
    written = formats.amount("282317", "person", messages(tag))
    assert (written if tag == "en" else written.replace(" ", "")) == people


def test_one_is_not_written_in_the_plural() -> None:
    assert formats.amount("1", "meeting", untranslated("en")) == "1 meeting"
    assert formats.amount("71", "meeting", untranslated("en")) == "71 meetings"


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_of_the_plan_is_written_with_its_digits_in_every_language(unit: str, tag: str) -> None:
    written = formats.amount("1269", unit, messages(tag))
    assert "1,269" in written
    assert written.strip() != "1,269"


@pytest.mark.parametrize(
    ("tag", "day", "month"),
    [
        ("ja", "2027年1月1日", "2024年1月"),
        ("ja-x-easy", "2027年1月1日", "2024年1月"),
        ("en", "January 1, 2027", "January 2024"),
        ("zh-Hans", "2027年1月1日", "2024年1月"),
        ("ko", "2027년 1월 1일", "2024년 1월"),
    ],
)
def test_days_and_months_are_written_out(tag: str, day: str, month: str) -> None:
    assert formats.day("2027-01-01", tag) == day
    assert formats.day("2024-01", tag) == month


def test_a_period_is_told_in_fiscal_years_where_it_is_one_and_in_days_elsewhere() -> None:
    assert formats.period("2024-04-01", "2027-03-31", untranslated("en")) == "FY2024–FY2026"
    assert formats.period("2024-01-01", "2024-06-30", untranslated("en")) == "January 1, 2024 – June 30, 2024"
