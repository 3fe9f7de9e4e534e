"""Folding: the one normal form in which texts and queries are compared."""

_KATAKANA_FIRST, _KATAKANA_LAST, _KANA_DISTANCE = 0x30A1, 0x30F6, 0x60
_TABLE = {code: code - _KANA_DISTANCE for code in range(_KATAKANA_FIRST, _KATAKANA_LAST + 1)}
_TABLE[ord("〜")] = ord("~")


def fold(text: str) -> str:
    """Return `text` with width, case, hiragana/katakana and the two wave dashes made one."""
    # A table of 1 MB, which no first page needs.
    import unicodedata  # noqa: PLC0415

    return unicodedata.normalize("NFKC", text).casefold().translate(_TABLE)
