"""Make the tables of folding and pinyin (run by ``python3 dev.py tables``).

han.txt      the characters that are one to a search: each group begins with the simplified form, then come its
             traditional and Japanese forms. From OpenCC's dictionaries, one character at a time, because a search
             folds a query that may end in the middle of a word.
pinyin.txt   how the characters of GB 2312 are read: a syllable, then its characters. From pypinyin; a character
             with several readings stands under the usual one, polyphones.txt says where another holds.

The program reads these two files and needs neither package. Same packages, same bytes.
"""

import unicodedata
from collections import defaultdict
from pathlib import Path

from opencc import OpenCC
from pypinyin import Style, pinyin

HERE = Path(__file__).resolve().parent
LINE = 110
RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))

# What is one word but not one character for OpenCC, which decides such by the words around: 計画 and 计划,
# 予算 and 预算, 労働 and 劳动, 弁護 and 辩护, 強靱 and 强韧, 鄕 of 郷 and 乡; and two ways to write 高 and 崎.
ALSO = {
    "画": "划", "豫": "预", "予": "预", "働": "动", "辨": "辩", "鄕": "乡", "靱": "韧", "靭": "韧", "髙": "高",
    "﨑": "崎",
}  # fmt: skip


def representative(character: str, japanese: OpenCC, simplified: OpenCC) -> str:
    """Return the one character that stands for all forms of `character`."""
    for _ in range(5):
        found = simplified.convert(japanese.convert(character))
        found = ALSO.get(found, found)
        if len(found) != 1 or found == character:
            return ALSO.get(character, character)
        character = found
    return character


def groups() -> list[str]:
    """Return the groups, each with its representative first."""
    japanese, simplified = OpenCC("jp2t"), OpenCC("t2s")
    others: defaultdict[str, list[str]] = defaultdict(list)
    for first, last in RANGES:
        for code in range(first, last + 1):
            character = chr(code)
            if not unicodedata.name(character, ""):
                continue
            found = representative(character, japanese, simplified)
            if found != character:
                others[found].append(character)
    return [head + "".join(rest) for head, rest in sorted(others.items())]


def readings() -> list[str]:
    """Return the lines of pinyin.txt."""
    by_syllable: defaultdict[str, list[str]] = defaultdict(list)
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                character = bytes((high, low)).decode("gb2312")
            except UnicodeDecodeError:
                continue
            ((syllable,),) = pinyin(character, style=Style.NORMAL)
            by_syllable[syllable].append(character)
    return [f"{syllable} {''.join(characters)}" for syllable, characters in sorted(by_syllable.items())]


def wrapped(words: list[str]) -> str:
    """Return `words` in lines of at most LINE characters."""
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) >= LINE:
            lines.append("")
        lines[-1] += f"{' ' if lines[-1] else ''}{word}"
    return "".join(f"{line}\n" for line in lines)


def main() -> None:
    """Write both tables beside this script."""
    (HERE / "han.txt").write_text(wrapped(groups()), encoding="utf-8", newline="\n")
    (HERE / "pinyin.txt").write_text("".join(f"{line}\n" for line in readings()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
