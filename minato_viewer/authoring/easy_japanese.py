"""Looks for what makes やさしい日本語 hard to read, sentence by sentence.

The limits are those of the guides for it: at most 13 kanji a sentence (Hirosaki University, for everyday notices),
short sentences in です・ます, no double negative, no passive (Immigration Services Agency and Agency for Cultural
Affairs, 2020). 〜なければなりません counts as a double negative: it is one in form, and 〜してください says the same.
Only the passive of する is looked for (〜されます): れる and られる of other verbs may say that something can be done.
"""

import re
from collections.abc import Iterable, Iterator

from minato_viewer.domain.plan import field_name
from minato_viewer.domain.plan_data import Text

TAG = "ja-x-easy"
MOST_KANJI, LONGEST = 13, 60
_PROSE = ("lead", "body", "note")
"""Fields of whole sentences; titles, items and values may stop at a noun."""

_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
_KANJI = re.compile(r"[\u3400-\u4DBF\u4E00-\u9FFF々]")
_PLACEHOLDER = re.compile(r"\{[a-z_]*\}|%\([a-z_]+\)s|%[a-z]")
_GLOSS = re.compile(r"（[^（）]*）")
_POLITE = re.compile(r"(?:です|でした|でしょう|ます|ました|ません|ましょう|ください)(?:か|ね|よ)?$")
_DOUBLE_NEGATIVE = re.compile(
    r"ない(?:こと|わけ|もの|はず)?(?:は|も|では|でも)(?:ない|なか|ありません|いません)|なく(?:は|も)(?:ない|ありません)"
    r"|な(?:ければ|くては|いと)(?:なら|なり|いけ)(?:ない|ません)|ずには?い(?:られ)?(?:ない|ません)"
)
_PASSIVE = re.compile(r"され(?:る|ま|た|て|ない)")


def findings(texts: Iterable[Text]) -> Iterator[str]:
    """Yield a line for everything that is hard in the texts of easy Japanese."""
    for row in texts:
        if row.lang == TAG:
            for fault in faults(row.text, prose=field_name(row.field) in _PROSE):
                yield f"{row.code}#{row.field} ({row.lang}): {fault}"


def faults(text: str, *, prose: bool) -> Iterator[str]:
    """Yield what is hard in `text`; in `prose` every sentence ends in です or ます."""
    for match in _SENTENCE.finditer(text):
        sentence = match[0].strip()
        bare = _PLACEHOLDER.sub("", sentence)
        if (kanji := len(_KANJI.findall(bare))) > MOST_KANJI:
            yield f"{kanji} kanji in one sentence, at most {MOST_KANJI}: make two of “{sentence}”"
        if len(bare) > LONGEST:
            yield f"{len(bare)} characters in one sentence, at most {LONGEST}: make two of “{sentence}”"
        if double := _DOUBLE_NEGATIVE.search(bare):
            yield f"a double negative, {double[0]}: say it without one in “{sentence}”"
        if passive := _PASSIVE.search(bare):
            yield f"a passive, {passive[0]}: say who does it in “{sentence}”"
        if prose and not _POLITE.search(_end(sentence)):
            yield f"a sentence that does not end in です or ます: “{sentence}”"


def _end(sentence: str) -> str:
    return _GLOSS.sub("", sentence).rstrip("。！？」』")
