"""Fiscal years, which run from April to March, with the Japanese era. Neither is in Babel."""

_FISCAL_START = "-04-01"
_FISCAL_END = "-03-31"
_BEFORE_REIWA = 2018
"""Reiwa 1 is 2019; the fiscal years of the plan all lie in Reiwa."""


def fiscal_years(first: str, last: str, tag: str) -> str:
    """Return the fiscal years from ISO day `first` to `last`; empty where these are not their bounds."""
    if not (first.endswith(_FISCAL_START) and last.endswith(_FISCAL_END)):
        return ""
    start, end = int(first[:4]), int(last[:4]) - 1
    match tag:
        case "ja" | "ja-x-easy":
            one, many = f"{_era(start)}年度", f"{_era(start)}年度～{_era(end)}年度"
        case "zh-Hans":
            one, many = f"{start}年度", f"{start}年度～{end}年度"
        case "ko":
            one, many = f"{start}년도", f"{start}년도~{end}년도"
        case _:
            one, many = f"FY{start}", f"FY{start}–FY{end}"
    return one if start == end else many


def _era(year: int) -> str:
    number = year - _BEFORE_REIWA
    return f"令和{'元' if number == 1 else number}({year})"
