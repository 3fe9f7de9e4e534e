"""Numbers, dates and periods as a reader of each language writes them.

Babel knows the compact numbers (851億, 85.1 billion) and the dates. The yen sign's place for Chinese
and Korean is ours, because Babel lacks it; so are fiscal years (`fiscal`). This module is imported
where a number or a day is shown and not before, because Babel takes a tenth of the start.
"""

import linecache
from datetime import date
from decimal import Decimal
from functools import cache

from babel.core import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_compact_decimal, format_decimal

from minato_viewer.language.catalogues import Messages
from minato_viewer.language.fiscal import fiscal_years
from minato_viewer.language.tags import language

# PySide6 has read the sources of all that was imported here, 1 MiB; their room is taken by the locales that follow.
linecache.clearcache()

_YEN = {"ja": "{amount}円", "zh-Hans": "{amount}日元", "ko": "{amount} 엔", "en": "¥{amount}"}
_LARGE = Decimal(100_000_000)


def amount(value: str, unit: str, messages: Messages) -> str:
    """Return a number with its unit; `value` is decimal text in the base unit (`JPY`, `person`, ...)."""
    number = Decimal(value)
    if unit == "JPY":
        return _yen(number, messages.tag)
    return _counted(unit, int(number), format_decimal(number, locale=_locale(messages.tag)), messages)


def _counted(unit: str, count: int, written: str, messages: Messages) -> str:
    match unit:
        case "person":
            return messages.ngettext("{amount} person", "{amount} people", count, amount=written)
        case "meeting":
            return messages.ngettext("{amount} meeting", "{amount} meetings", count, amount=written)
        case "proposal":
            return messages.ngettext("{amount} proposal", "{amount} proposals", count, amount=written)
        case "field":
            # TRANSLATORS: A subject that residents talked about in the forum, not one of the plan's four fields.
            return messages.ngettext("{amount} field", "{amount} fields", count, amount=written)
        case "project":
            return messages.ngettext("{amount} project", "{amount} projects", count, amount=written)
        case _:
            # A unit that only a newer format knows.
            return f"{written} {unit}"


@cache
def day(iso: str, tag: str) -> str:
    """Return a day (`2027-01-01`) or a month (`2024-01`) in the long form of the language."""
    if len(iso) == len("2024-01"):
        return format_skeleton("yMMMM", date.fromisoformat(f"{iso}-01"), locale=_locale(tag))
    return format_date(date.fromisoformat(iso), format="long", locale=_locale(tag))


def period(first: str, last: str, messages: Messages) -> str:
    """Return a period: in fiscal years where both ends are those of fiscal years, else from day to day."""
    return fiscal_years(first, last, messages.tag) or f"{day(first, messages.tag)} – {day(last, messages.tag)}"


def when(as_of: str, until: str, messages: Messages) -> str:
    """Return the time of a number: a period, a day, or the month of the document that states it."""
    if until:
        return period(as_of, until, messages)
    if len(as_of) == len("2024-01"):
        # TRANSLATORS: Beside a number whose day is not known: the month of the document that states it.
        return messages.gettext("stated in {month}", month=day(as_of, messages.tag))
    return day(as_of, messages.tag)


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
