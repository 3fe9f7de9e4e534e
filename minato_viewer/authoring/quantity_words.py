"""How each language writes numbers and what it counts with: the tables behind `quantities`.

Units that a wrong translation must never change have names of their own (`JPY`, `fiscal year`); what only counts
things (`field`, `project`) is named where the four languages name it right beside the number.
"""

import re
from typing import NamedTuple

PLAIN = ""
YEAR, FISCAL, EDITION, LABEL = "calendar year", "fiscal year", "edition", "label"
_MEASURES = ("JPY", "percent", "calendar month", "year", "month", "day", "hour", "age", "km", "ha")
STRICT = frozenset((YEAR, FISCAL, EDITION, LABEL, *_MEASURES))
"""Units that both sides must have: without its unit, such a number says something else."""

NAMES = re.compile(
    # The digit belongs to a name that other languages say without it: 新型コロナウイルス感染症, 低碳, Roppongi.
    r"COVID-19|코로나19|\bCO2(?![0-9])|六本木",
)

SCALES = {
    "万亿": 10**12, "兆": 10**12, "조": 10**12, "億": 10**8, "亿": 10**8, "억": 10**8, "万": 10**4, "만": 10**4,
    "trillion": 10**12, "billion": 10**9, "bn": 10**9, "million": 10**6, "thousand": 10**3,
}  # fmt: skip
SMALL_SCALES = {"千": 1000, "천": 1000, "百": 100, "백": 100, "十": 10, "십": 10}
CHINESE_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}

ERAS = {
    "令和": 2018, "平成": 1988, "昭和": 1925, "Reiwa": 2018, "Heisei": 1988, "Showa": 1925,
    "레이와": 2018, "헤이세이": 1988, "쇼와": 1925,
}  # fmt: skip
"""The year before the first one of an era."""

MONTHS = {
    name: number
    for number, name in enumerate(
        (
            "January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December",
        ),
        start=1,
    )
}  # fmt: skip


class Speech(NamedTuple):
    """What stands right behind a number in one language: a pattern and the unit it makes, the longest first."""

    units: tuple[tuple[str, str], ...]
    counters: str = ""
    """Beside the units, what makes a number of a Chinese numeral or a Korean number word: 四射 is none, 四组 is one."""
    words: tuple[tuple[str, int], ...] = ()
    """Number words and their values."""
    vague: tuple[tuple[str, int], ...] = ()
    """Words that may stand for a number and mostly do not: "one", "second", 열 수 있다. Nobody misses them."""


_CHINESE = r"[零〇一二三四五六七八九十百千两]"

_JAPANESE = Speech(
    units=(
        (r"年度", FISCAL), (r"年代", YEAR), (r"周年|年間|か年|ヶ年|カ年", "year"), (r"年", YEAR),
        (r"か月|ヶ月|カ月|箇月", "month"), (r"月", "calendar month"), (r"日間|日", "day"), (r"時間", "hour"),
        (r"歳|才", "age"), (r"円", "JPY"), (r"%|パーセント", "percent"), (r"割", "tenths"),
        (r"人|名", "person"), (r"回", "meeting"), (r"分野", "field"), (r"事業", "project"), (r"km|キロ", "km"),
        (r"ha|ヘクタール", "ha"),
    ),
    counters=r"つ|個|本|組|通り|種類|件|項目|課題|地区|政策|目標|言語|倍|か所|ヶ所|カ所|箇所|か国|カ国|世帯|丁目",
)  # fmt: skip

_MANDARIN = Speech(
    units=(
        (r"(?:财政)?年度", FISCAL), (r"年代", YEAR), (r"周年|年间", "year"), (r"年", YEAR), (r"个月", "month"),
        (r"月份?", "calendar month"), (r"日元|日圆", "JPY"), (r"日|天", "day"), (r"个?小时", "hour"),
        (r"周?岁", "age"), (r"%", "percent"), (r"成", "tenths"), (r"人|名|位|区民|居民", "person"), (r"次", "meeting"),
        (r"个?领域", "field"),
        (r"项事业|个?项目", "project"), (r"km|公里", "km"), (r"ha|公顷", "ha"),
    ),
    counters=r"个|组|种|份|项|条|倍|家|座|所|处|点|类|件|户|台|本|丁目",
)  # fmt: skip

_KOREAN = Speech(
    units=(
        (r"회계연도|년도|연도", FISCAL), (r"년대", YEAR), (r"주년|년간|개년", "year"), (r"년", YEAR),
        (r"개월", "month"), (r"월", "calendar month"), (r"일간|일", "day"), (r"시간", "hour"), (r"세|살", "age"),
        (r"엔", "JPY"), (r"%|퍼센트|프로", "percent"), (r"명|구민|사람", "person"), (r"회|차례|번", "meeting"),
        (r"(?:개 ?)?분야", "field"), (r"(?:개 ?)?사업", "project"), (r"km|킬로미터", "km"), (r"ha|헥타르", "ha"),
    ),
    counters=r"[가-힣]",
    words=(
        ("두", 2), ("세", 3), ("네", 4), ("다섯", 5), ("여섯", 6), ("일곱", 7), ("여덟", 8), ("아홉", 9),
    ),
    vague=(("한", 1), ("열", 10)),
)  # fmt: skip

_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ORDINALS = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth")

_ENGLISH = Speech(
    units=(
        (r"%|percent\b|per cent\b", "percent"), (r"-year-olds?\b|years? old\b|years? of age\b", "age"),
        (r"(?:-| )?years?\b|(?:st|nd|rd|th)? anniversary\b", "year"), (r"months?\b", "month"), (r"days?\b", "day"),
        (r"-?hours?\b", "hour"), (r"yen\b", "JPY"), (r"people\b|persons?\b|residents\b", "person"),
        (r"meetings?\b|times\b", "meeting"), (r"fields?\b", "field"), (r"proposals?\b", "proposal"),
        (r"projects?\b", "project"), (r"km\b", "km"), (r"ha\b|hectares\b", "ha"), (r"(?:st|nd|rd|th)\b", PLAIN),
    ),
    words=(
        *((word, value) for value, word in enumerate(_ONES[1:], start=2)),
        *((word, value) for value, word in enumerate(_ORDINALS, start=3)),
        *((word, ten * 10) for ten, word in enumerate(_TENS, start=2)),
        *(
            (f"{tens}-{ones}", ten * 10 + one)
            for ten, tens in enumerate(_TENS, start=2)
            for one, ones in enumerate(_ONES[:9], start=1)
        ),
        ("dozen", 12), ("hundred", 100), ("hundredth", 100), ("thousand", 1000),
    ),
    vague=(("one", 1), ("once", 1), ("first", 1), ("second", 2), ("twice", 2), ("both", 2)),
)  # fmt: skip

SPEECHES = {"ja": _JAPANESE, "ja-x-easy": _JAPANESE, "zh-Hans": _MANDARIN, "ko": _KOREAN, "en": _ENGLISH}
CHINESE_NUMERAL = _CHINESE
