"""Kana as keys change them: the marks of voiced sounds, and small kana, for a keyboard that has one key for each."""

VOICED_MARK, HALF_VOICED_MARK, SMALL = "゛", "゜", "小"
"""The keys that change the kana before them."""

_VOICED = dict(
    zip("うかきくけこさしすせそたちつてとはひふへほ", "ゔがぎぐげござじずぜぞだぢづでどばびぶべぼ", strict=True)
)
_HALF_VOICED = dict(zip("はひふへほ", "ぱぴぷぺぽ", strict=True))
_SMALL = dict(zip("あいうえおつやゆよわ", "ぁぃぅぇぉっゃゅょゎ", strict=True))
_TABLES = {VOICED_MARK: _VOICED, HALF_VOICED_MARK: _HALF_VOICED, SMALL: _SMALL}
_PLAIN = {changed: plain for table in _TABLES.values() for plain, changed in table.items()}


def changed(kana: str, key: str) -> str:
    """Return a kana as `key` leaves it; the key once more takes it back. What the key does not change stays.

    は is ば and ぱ, whichever mark it had before.
    """
    plain = _PLAIN.get(kana, kana)
    return plain if _TABLES[key].get(plain) == kana else _TABLES[key].get(plain, kana)


def variants(kana: str) -> tuple[str, ...]:
    """Return a kana of the keyboard, and all that the keys after it can make of it: は, ば and ぱ."""
    return (kana, *(table[kana] for table in _TABLES.values() if kana in table))
