"""Numbers, dates and periods as a reader of each language writes them.

Babel knows the compact numbers (851億, 85.1 billion) and the dates. The yen sign's place for Chinese
and Korean is ours, because Babel lacks it; so are fiscal years (`fiscal`). This module is imported
where a number or a day is shown and not before, because Babel takes a tenth of the start.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from babel.core import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_compact_decimal, format_decimal

from minato_viewer.domain.messages import N_
from minato_viewer.language.catalogues import Messages
from minato_viewer.language.fiscal import fiscal_years
from minato_viewer.language.tags import language

_YEN = {"ja": "{amount}円", "zh-Hans": "{amount}日元", "ko": "{amount} 엔", "en": "¥{amount}"}
_LARGE = Decimal(100_000_000)


class _Counted(NamedTuple):
    one: str
    many: str


_COUNTED = {
    "person": _Counted(N_("{amount} person"), N_("{amount} people")),
    "meeting": _Counted(N_("{amount} meeting"), N_("{amount} meetings")),
    "proposal": _Counted(N_("{amount} proposal"), N_("{amount} proposals")),
    "field": _Counted(N_("{amount} field"), N_("{amount} fields")),
    "project": _Counted(N_("{amount} project"), N_("{amount} projects")),
}


def amount(value: str, unit: str, messages: Messages) -> str:
    """Return a number with its unit; `value` is decimal text in the base unit (`JPY`, `person`, ...)."""
    number = Decimal(value)
    if unit == "JPY":
        return _yen(number, messages.tag)
    written = format_decimal(number, locale=_locale(messages.tag))
    counted = _COUNTED.get(unit)
    if counted is None:
        # A unit that only a newer format knows.
        return f"{written} {unit}"
    return messages.ngettext(counted.one, counted.many, int(number), amount=written)


def day(iso: str, tag: str) -> str:
    """Return a day (`2027-01-01`) or a month (`2024-01`) in the long form of the language."""
    if len(iso) == len("2024-01"):
        return format_skeleton("yMMMM", date.fromisoformat(f"{iso}-01"), locale=_locale(tag))
    return format_date(date.fromisoformat(iso), format="long", locale=_locale(tag))


def period(first: str, last: str, messages: Messages) -> str:
    """Return a period: in fiscal years where both ends are those of fiscal years, else from day to day."""
    return fiscal_years(first, last, messages.tag) or f"{day(first, messages.tag)} – {day(last, messages.tag)}"


def _yen(number: Decimal, tag: str) -> str:
    tag = "ja" if tag == "ja-x-easy" else tag
    locale = _locale(tag)
    if number < _LARGE:
        return _YEN[tag].format(amount=format_decimal(number, locale=locale))
    if tag == "en":
        compact = format_compact_decimal(number, format_type="long", locale=locale, fraction_digits=1)
        return _YEN[tag].format(amount=compact)
    # Babel leaves out the grouping of the part before 億; the sources print it (5,739億).
    hundreds_of_millions = format_decimal(number / _LARGE, locale=locale)
    sign = format_compact_decimal(_LARGE, locale=locale).lstrip("1")
    return _YEN[tag].format(amount=hundreds_of_millions + sign)


def _locale(tag: str) -> Locale:
    return Locale.parse(language(tag).locale)
