"""Search: the words themselves against brute force over every text, and any string at all."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minato_viewer.authoring.sources import Sources
from minato_viewer.language.folding import fold
from minato_viewer.planfile.query import parse
from minato_viewer.planfile.reader import Plan
from minato_viewer.planfile.search import Search
from minato_viewer.planfile.search_rows import Index, Scope, Tier, all_words

LITERAL = {Tier.EXACT, Tier.START, Tier.TITLE, Tier.TEXT}
ALL = 1000


CODES: dict[int, str] = {}
"""Codes of the entries by id."""


@pytest.fixture(scope="module")
def index(plan: Plan) -> Iterator[Index]:
    CODES.update((node.id, node.code) for node in plan.nodes())
    opened = Index(plan)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def search(plan: Plan) -> Iterator[Search]:
    opened = Search(plan)
    yield opened
    opened.close()


# -- brute force, by another way than the index ------------------------------------------------------


def kind(character: str) -> str:
    """Return what a folded character belongs to: a dense script, digits, letters, or nothing."""
    name = unicodedata.name(character, "")
    if character in "々〆〇ー" or name.startswith(("CJK UNIFIED", "HIRAGANA LETTER", "KATAKANA LETTER", "HANGUL")):
        return "dense"
    if character.isdecimal():
        return "digit"
    return "letter" if character.isalpha() else ""


def words_of(text: str) -> list[str]:
    """Cut a folded text where the kind of its characters changes; a blank stands for each cut."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    parts: list[str] = []
    before = ""
    for character in text:
        now = kind(character)
        if now and now == before:
            parts[-1] += character
        elif now:
            parts.append(character)
        before = now
    return parts


def marked(words: list[str]) -> str:
    """Write words so that a part of a dense one and the beginning of any other are found as a substring."""
    return "".join(f"[{word}]" if kind(word[0]) == "dense" else f"<{word}>" for word in words)


def wanted_in(word: str, content: str) -> bool:
    parts = words_of(fold(word))
    text = marked(parts)
    # The first may begin within a dense word, the last may end within any.
    looked_for = text[1:-1] if kind(parts[0][0]) == "dense" else text[:-1]
    return looked_for in content


@pytest.fixture(scope="module")
def texts(sources: Sources) -> dict[str, str]:
    """Every text of an entry, folded and cut into words, a line each."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in sources.data.texts:
        found[row.code].append(marked(words_of(fold(row.text))))
    return {code: "\n".join(contents) for code, contents in found.items()}


def oracle(query: str, texts: dict[str, str]) -> set[str]:
    words = query.split()
    wanted = [word for word in words if not word.startswith("-") and words_of(fold(word))]
    unwanted = [word[1:] for word in words if word.startswith("-") and words_of(fold(word[1:]))]
    if not wanted:
        return set()
    return {
        code
        for code, content in texts.items()
        if all(wanted_in(word, content) for word in wanted) and not any(wanted_in(word, content) for word in unwanted)
    }


def literal(index: Index, query: str) -> set[str]:
    """Return the codes of what the words themselves find, without telling each result."""
    parsed = parse(query)
    ranks: set[int] = set()
    for chunk in index.candidates(parsed, Scope()):
        if chunk[0].way is not None:
            break  # by other ways of typing
        ranks.update(candidate.rank for candidate in chunk if candidate.tier in LITERAL)
        # What is found by its number may hold the words as well.
        if numbered := sorted(candidate.rank for candidate in chunk if candidate.tier is Tier.NUMBER):
            ranks.update(index.among(numbered, f"({all_words(parsed)})"))
    return {CODES[index.node_id(rank)] for rank in ranks}


def test_every_one_and_two_character_word_finds_what_brute_force_finds(
    index: Index, texts: dict[str, str], sources: Sources
) -> None:
    runs = {run for row in sources.data.texts for run in words_of(fold(row.text)) if kind(run[0]) == "dense"}
    words = {run[at : at + length] for run in runs for length in (1, 2) for at in range(len(run) - length + 1)}
    assert len(words) > 4000
    wrong = [word for word in sorted(words) if literal(index, word) != oracle(word, texts)]
    assert wrong == []


def parts_of_texts(sources: Sources) -> st.SearchStrategy[str]:
    contents = sorted({row.text for row in sources.data.texts})

    @st.composite
    def part(draw: st.DrawFn) -> str:
        text = draw(st.sampled_from(contents))
        start = draw(st.integers(0, len(text) - 1))
        length = draw(st.integers(1, 9))
        word = re.sub(r'[\s"“”„‟〝〞-]+', "", text[start : start + length])
        return draw(st.sampled_from(["", "", "", "-"])) + word

    return st.lists(part(), min_size=1, max_size=4).map(" ".join)


def test_thousands_of_queries_find_what_brute_force_finds(
    index: Index, texts: dict[str, str], sources: Sources
) -> None:
    found = 0

    @settings(max_examples=2000, database=None)
    @given(parts_of_texts(sources))
    def check(query: str) -> None:
        nonlocal found
        wanted = oracle(query, texts)
        found += bool(wanted)
        assert literal(index, query) == wanted

    check()
    assert found > 500
