"""The order in which a reader of a language looks for names: by reading, by pinyin, by Hangul, by letters.

Qt and Python would put ideographs in the order of their codes, which no reader knows.
"""

import re

from minato_viewer.language import pinyin
from minato_viewer.language.folding import fold

_VOICED = str.maketrans("がぎぐげござじずぜぞだぢづでどばびぶべぼゔぱぴぷぺぽぁぃぅぇぉっゃゅょゎ",
                        "かきくけこさしすせそたちつてとはひふへほうはひふへほあいうえおつやゆよわ")  # fmt: skip
_THEN = "\x1f"
"""Before all letters and blanks, so that a shorter name comes before a longer one."""
_DIGITS = re.compile(r"\d+")


def sort_key(text: str, lang: str, reading: str = "") -> str:
    """Return what a name is put in order by, compared as plain text.

    `reading` is that of a Japanese name, in kana; without one its ideographs come after all kana. Numbers are in
    the order of their values.
    """
    folded = fold(reading if reading and lang.startswith("ja") else text)
    if lang.startswith("ja"):
        # As dictionaries do: without the marks of voice first, and by them where nothing else differs.
        main = folded.translate(_VOICED).replace("ー", "")
        folded = f"{main}{_THEN}{folded}"
    elif lang == "zh-Hans":
        spoken = " ".join(" ".join(run) for run in pinyin.syllables(text))
        folded = f"{spoken}{_THEN}{folded}" if spoken else folded
    return _DIGITS.sub(lambda found: found[0].zfill(9), folded)
