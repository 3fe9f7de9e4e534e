"""Reads the numbers of a text: what they are worth, and what they count.

851億円, ¥85.1 billion, 851亿日元 and 851억 엔 are one quantity; so are 令和3年度, FY2021, 2021年度 and 2021년도.
A digit that belongs to a name is a label (5G, F2) and compared as it is written. Small numbers in words count where
a counter follows (四组, 두 가지), so that idioms (独一无二, 活力四射, 一人ひとり) are no numbers. Signs are not read.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from minato_viewer.authoring.quantity_words import (
    CHINESE_DIGITS,
    CHINESE_NUMERAL,
    EDITION,
    ERAS,
    FISCAL,
    LABEL,
    MONTHS,
    NAMES,
    PLAIN,
    SCALES,
    SMALL_SCALES,
    SPEECHES,
    YEAR,
    Speech,
)


class Quantity(NamedTuple):
    """One number of a text."""

    value: str
    """Decimal text in the base unit; of a label, the label."""
    unit: str
    text: str
    """As it is written."""
    start: int
    vague: bool = False
    """Perhaps no number at all, such as the "one" of "one another"."""

    def __str__(self) -> str:
        """Return the quantity as findings name it."""
        return f"{self.text.strip()} ({self.value}{f' {self.unit}' if self.unit not in (PLAIN, LABEL) else ''})"


_ERA = "|".join(ERAS)
_MONTH = "|".join(MONTHS)
_DIGITS = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_DASH = r" ?[~–—-] ?"
_ERA_YEARS = re.compile(
    rf"(?P<era>{_ERA}) ?(?P<first>元|[0-9]+) ?(?:\((?P<check>[0-9]{{4}})\))? ?(?P<unit>年度|年|년도|년)?"
    rf"(?:{_DASH}(?P<last>[0-9]+) ?(?:\((?P<check_last>[0-9]{{4}})\))? ?(?P<unit_last>年度|年|년도|년))?"
)
_ENGLISH_DATE = re.compile(
    rf"(?:(?P<day_first>[0-9]{{1,2}})(?:st|nd|rd|th)? )?\b(?P<month>{_MONTH})\b"
    r"(?: (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9,.]*[0-9]))?(?:,? (?P<year>[0-9]{4})(?![0-9]))?"
)
_EDITIONS = re.compile(
    r"(?<![0-9])(?P<year>[0-9]{4}) ?(?:年度?の?|년도?)? ?(?:改定版|修订版|개정판|版|판|edition\b|revision\b)"
)
_FISCAL_YEARS = re.compile(rf"\b(?:FY|fiscal (?:year )?)(?P<first>[0-9]{{4}})(?:{_DASH}(?P<last>[0-9]{{4}})(?![0-9]))?")
_LABELS = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z]+-?[0-9]+(?:\.[0-9]+)?[A-Za-z]*|[0-9]+[A-Za-z]+)(?![A-Za-z0-9])")
_NO_LABEL = re.compile(r"[0-9]+(?:st|nd|rd|th|bn|km|ha|am|pm)|[0-9]{4}s|(?:JPY|FY)[0-9]+.*")
_PERCENT_FIRST = re.compile(rf"百分之(?P<amount>{_DIGITS}|{CHINESE_NUMERAL}+)")
_ROMAN = re.compile(r"(?<![A-Za-z])(?:III?|IV|VI{1,3}|IX|XII?)(?![A-Za-z])")
_ROMAN_NAMES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN_VALUES = {name: value for value, name in enumerate(_ROMAN_NAMES, start=1)}
_ROMAN_SIGNS = {ord(sign): f" {value} " for value, sign in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", start=1)}
_LARGE_WORDS = {"hundred": 100, "thousand": 1000, "million": 10**6}
_UNTIL = re.compile(_DASH)


def quantities(text: str, tag: str) -> list[Quantity]:
    """Return the numbers of `text`, which is written in the language `tag`, in the order of the text."""
    rest = unicodedata.normalize("NFKC", text.translate(_ROMAN_SIGNS)).replace("〜", "~")
    rest = NAMES.sub(_blank, rest)
    found: list[Quantity] = []
    for pattern, reading in _readings(tag):
        for match in pattern.finditer(rest):
            if read := list(reading(match, tag)):
                found += read
                rest = rest[: match.start()] + _blank(match) + rest[match.end() :]
    found.sort(key=lambda quantity: quantity.start)
    return _ranges(found, rest)


Reading = Callable[[re.Match[str], str], Iterator[Quantity]]


def _blank(match: re.Match[str]) -> str:
    # A character that is part of no word, so that nothing is read across the gap.
    return "\0" * len(match[0])


@cache
def _readings(tag: str) -> list[tuple[re.Pattern[str], Reading]]:
    """Return what is looked for, the most exact first; what one has read, the next no longer sees."""
    speech = SPEECHES[tag]
    units = "|".join(f"(?P<u{number}>{pattern})" for number, (pattern, _) in enumerate(speech.units))
    patterns: list[tuple[re.Pattern[str], Reading]] = [(_ERA_YEARS, _era_years), (_EDITIONS, _edition)]
    if tag == "en":
        patterns += [(_ENGLISH_DATE, _english_date), (_FISCAL_YEARS, _fiscal_years)]
    patterns += [(_LABELS, _label), (_PERCENT_FIRST, _percent), (_ROMAN, _roman)]
    scale = "|".join(SCALES)
    small = "|".join(SMALL_SCALES)
    part = rf"{_DIGITS} ?(?:{small})?"
    amount = rf"(?:{part} ?(?:{scale})(?![a-z]) ?)*(?:{part})?"
    patterns.append(
        (
            re.compile(
                rf"(?P<before>¥ ?|JPY ?|\b[Aa]ge[ds]? )?(?=[0-9])(?P<amount>{amount})(?P<decade>s\b)?(?: ?(?:{units}))?"
            ),
            _amount,
        )
    )
    if tag == "en":
        return [*patterns, *_english_words(speech, units)]
    if speech.words:
        return [*patterns, *_korean_words(speech, f"{units}|{speech.counters}")]
    numeral = rf"(?:{CHINESE_NUMERAL}+(?:万亿|[万億亿兆])?)+"
    counted = rf"(?<!第)(?P<amount>{numeral})(?: ?(?:{units}|{speech.counters}))"
    return [*patterns, (re.compile(counted), _amount), (re.compile(rf"第(?P<amount>{numeral})"), _amount)]


def _english_words(speech: Speech, units: str) -> list[tuple[re.Pattern[str], Reading]]:
    known = "|".join(sorted((word for word, _ in speech.words), key=len, reverse=True))
    large = "|".join(_LARGE_WORDS)
    vague = "|".join(word for word, _ in speech.vague)
    readings: tuple[tuple[str, Reading], ...] = (
        (rf"\b(?P<times>{known}|one|a) (?P<scale>{large})\b(?: ?(?:{units}))?", _scaled),
        (rf"\b(?P<word>{known})\b(?: ?(?:{units}))?", _word),
        (rf"\b(?P<vague>{vague})\b(?: ?(?:{units}))?", _word),
        # "a year", which may be 1年; any other "a" is no number.
        (rf"\b(?P<one>an?) (?:{units})", _one),
    )
    return [(re.compile(pattern, re.IGNORECASE), reading) for pattern, reading in readings]


def _korean_words(speech: Speech, units: str) -> list[tuple[re.Pattern[str], Reading]]:
    readings = {"word": speech.words, "vague": speech.vague}
    return [
        (re.compile(rf"(?<![가-힣])(?P<{group}>{'|'.join(word for word, _ in words)}) (?:{units})"), _word)
        for group, words in readings.items()
    ]


def _era_years(match: re.Match[str], _tag: str) -> Iterator[Quantity]:
    unit = FISCAL if "年度" in match[0] or "년도" in match[0] else YEAR
    before = ERAS[match["era"]]
    for year, check in (("first", "check"), ("last", "check_last")):
        if match[year]:
            value = str(before + (1 if match[year] == "元" else int(match[year])))
            # 令和3(2022)年度: one of the two is wrong, and nothing is equal to it.
            contradiction = match[check] and match[check] != value
            yield Quantity(f"{value} or {match[check]}" if contradiction else value, unit, match[0], match.start(year))


def _english_date(match: re.Match[str], _tag: str) -> Iterator[Quantity]:
    day = match["day"] or match["day_first"]
    if not (day or match["year"]) and match["month"] in ("March", "May"):
        return  # to march; you may
    yield Quantity(str(MONTHS[match["month"]]), "calendar month", match["month"], match.start("month"))
    if day:
        yield Quantity(day, "day", match[0], match.start())
    if match["year"]:
        yield Quantity(match["year"], YEAR, match["year"], match.start("year"))


def _edition(match: re.Match[str], _tag: str) -> Iterator[Quantity]:
    yield Quantity(match["year"], EDITION, match[0], match.start())


def _fiscal_years(match: re.Match[str], _tag: str) -> Iterator[Quantity]:
    for group in ("first", "last"):
        if match[group]:
            yield Quantity(match[group], FISCAL, match[0], match.start(group))


def _label(match: re.Match[str], _tag: str) -> Iterator[Quantity]:
    if not _NO_LABEL.fullmatch(match[0]):
        yield Quantity(match[0].upper(), LABEL, match[0], match.start())


def _percent(match: re.Match[str], _tag: str) -> Iterator[Quantity]:
    yield Quantity(_decimal(_value(match["amount"])), "percent", match[0], match.start())


def _roman(match: re.Match[str], _tag: str) -> Iterator[Quantity]:
    yield Quantity(str(_ROMAN_VALUES[match[0]]), PLAIN, match[0], match.start())


def _amount(match: re.Match[str], tag: str) -> Iterator[Quantity]:
    written = match["amount"].strip()
    value, unit = _value(written), _unit(match, tag)
    groups = match.groupdict()
    before = (groups.get("before") or "").strip()
    if before:
        unit = "JPY" if before in ("¥", "JPY") else "age"
    bare_year = re.fullmatch("(?:19|20)[0-9]{2}|[〇零一二三四五六七八九]{4}", written) is not None
    if unit == YEAR and not bare_year:
        unit = "year"
    elif (unit == PLAIN and bare_year) or groups.get("decade"):
        unit = YEAR
    elif unit == "tenths":
        value, unit = value * 10, "percent"
    words = not re.search("[0-9]", written)
    # 一つ, 每一位 and 1つ are often no count at all.
    vague = value == 1 and unit != "calendar month" and (words or _thing(match))
    yield Quantity(_decimal(value), unit, match[0], match.start(), vague)


def _thing(match: re.Match[str]) -> bool:
    return match.string[match.end("amount") :].lstrip().startswith(("つ", "人", "个", "개"))


def _scaled(match: re.Match[str], tag: str) -> Iterator[Quantity]:
    known = dict(SPEECHES["en"].words) | {"one": 1, "a": 1}
    value = known[match["times"].lower()] * _LARGE_WORDS[match["scale"].lower()]
    yield Quantity(str(value), _unit(match, tag), match[0], match.start())


def _word(match: re.Match[str], tag: str) -> Iterator[Quantity]:
    speech = SPEECHES[tag]
    groups = match.groupdict()
    vague = groups.get("vague")
    word = vague or groups["word"]
    value = dict(speech.vague if vague else speech.words)[word.lower()]
    yield Quantity(str(value), _unit(match, tag), match[0], match.start(), vague=bool(vague))


def _one(match: re.Match[str], tag: str) -> Iterator[Quantity]:
    yield Quantity("1", _unit(match, tag), match[0], match.start(), vague=True)


def _unit(match: re.Match[str], tag: str) -> str:
    groups = match.groupdict()
    for number, (_, unit) in enumerate(SPEECHES[tag].units):
        if groups.get(f"u{number}"):
            return unit
    return PLAIN


def _value(written: str) -> Decimal:
    """Return the value of `5,739億`, `1兆2,345億`, `3千`, `85.1 billion`, `一百`, `二〇二一`."""
    compact = written.replace(",", "").replace(" ", "")
    if re.fullmatch("[〇零一二三四五六七八九]{2,}", compact):
        return Decimal("".join(str(CHINESE_DIGITS[character]) for character in compact))
    total = Decimal(0)
    section = Decimal(0)
    digit: Decimal | None = None
    tokens = re.findall(rf"[0-9]+(?:\.[0-9]+)?|{'|'.join(SCALES)}|.", compact)
    for token in tokens:
        if token in SCALES:
            total += (section + (digit or 0) if section or digit is not None else Decimal(1)) * SCALES[token]
            section, digit = Decimal(0), None
        elif token in SMALL_SCALES:
            section += (Decimal(1) if digit is None else digit) * SMALL_SCALES[token]
            digit = None
        else:
            digit = Decimal(CHINESE_DIGITS[token]) if token in CHINESE_DIGITS else Decimal(token)
    return total + section + (digit or 0)


def _decimal(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _ranges(found: list[Quantity], rest: str) -> list[Quantity]:
    """Give the first number of a range the unit of the second, where only that has one: 3～5人, 2021～2026财政年度."""
    ranged = list(found)
    for place, (first, last) in enumerate(pairwise(found)):
        between = rest[first.start + len(first.text.rstrip()) : last.start]
        bare = first.unit in (PLAIN, YEAR) and first.text.rstrip()[-1].isdigit()
        if bare and last.unit not in (PLAIN, YEAR, LABEL) and _UNTIL.fullmatch(between):
            ranged[place] = first._replace(unit=last.unit)
    return ranged
