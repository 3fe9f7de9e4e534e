"""The words of the search index, and what FTS5 is asked for them: what filling it and searching it agree on."""

from collections.abc import Sequence

from minato_viewer.language.runs import Run, tokens

# Words of the index that nobody can type, because no text folds to them. All of them are beyond ASCII, which the
# tokenizer takes for letters.
TEXT_END = "\u00b6"
"""After each text, so that no phrase goes from one text into the next, and a phrase can be all of one."""
_FIRST = "\u00a6"
"""Before the beginning of a title."""
_SHORT = "\u00b7"
"""Before a single character, or the one or two first letters of a word: what begins too many words to gather."""
_SCOPE = "\u00a7"
_SHORTEST = 2
"""Letters of the longest beginning of a word that has a place of its own."""


def scope_word(value: str) -> str:
    """Return the word of the index for a kind or a code."""
    return _SCOPE + value.replace("/", "\u2215").replace("-", "\u2010")


def is_short(run: Run) -> bool:
    """Return whether a run begins so many words that it has a place of its own in the index."""
    return len(run.text) <= (1 if run.dense else _SHORTEST)


def short_words(run: Run) -> list[str]:
    """Return the words of the index for the single characters of a run, or for its first letters."""
    if run.dense:
        return [_SHORT + character for character in run.text]
    return [_SHORT + run.text[:length] for length in range(1, min(_SHORTEST, len(run.text)) + 1)]


def first_words(run: Run) -> list[str]:
    """Return the words of the index for the first run of a title."""
    return [_FIRST + run.text[:1], _FIRST + run.text[:2]] if run.dense else [_FIRST + run.text]


def phrase(words: Sequence[Run], *, whole: bool = False) -> str:
    """Return what FTS5 is asked for runs that stand one after the other.

    The last may be the beginning of a word, unless `whole`; of a dense run any part is looked for.
    """
    *before, last = words
    if not before and is_short(last) and not (whole and not last.dense):
        return f'"{_SHORT}{last.text}"'
    return _joined([token for run in before for token in tokens(run)], last, whole=whole)


def first_phrase(words: Sequence[Run], *, whole: bool = False) -> str:
    """Return what FTS5 is asked for titles that begin with `words`; with `whole`, for those that are no more."""
    first, last = words[0], words[-1]
    begun = first_words(first)[-1]
    if whole:
        return f'"{" ".join([begun, *(token for run in words for token in tokens(run)), TEXT_END])}"'
    if len(words) == 1 and (not first.dense or len(first.text) <= 2):
        return f'"{begun}"{"" if first.dense else "*"}'
    return _joined([begun, *(token for run in words[:-1] for token in tokens(run))], last, whole=False)


def _joined(before: list[str], last: Run, *, whole: bool) -> str:
    end = tokens(last)
    if last.dense and len(end) > 1:
        return f'"{" ".join([*before, *end[:-1]])}"'
    # A single character begins a pair or stands alone.
    return f'"{" ".join([*before, *end])}"{"" if whole and not last.dense else "*"}'
