"""Search: the words themselves against brute force over every text, and any string at all."""

import contextlib
import random
import re
import shutil
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.faults import PlanFault
from minato_viewer.domain.plan import Origin, Status
from minato_viewer.domain.plan_data import Entry, Link, Reading, Text
from minato_viewer.language import kana
from minato_viewer.language.catalogues import messages
from minato_viewer.language.folding import fold
from minato_viewer.language.runs import runs
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.wording import kind_name
from minato_viewer.planfile.build import build
from minato_viewer.planfile.query import parse
from minato_viewer.planfile.reader import Plan
from minato_viewer.planfile.search import Hit, Search
from minato_viewer.planfile.search_choices import choices
from minato_viewer.planfile.search_rows import Index, Scope, Tier, all_words
from minato_viewer.planfile.suggest import Script

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
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
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
    assert found > 200


# -- any string at all -------------------------------------------------------------------------------

NASTY = [
    "", " ", "\u3000", '"', '""', '"""', "(", ")", "'", "*", "%", "_", "^", ":", "-", "--", "- -", "+", "~",
    "\\", "\x00", "\n", "AND", "OR", "NOT", "NEAR", "NEAR(a b, 2)", "words:防災", "search_text",
    "防災 AND 災害", "防災 OR", '"防災', '防災"', '-"防災"', "-防災", "- 防災", "防災 -防災",
    "'; DROP TABLE nodes; --", "\ud83d", "防\udc00災", "🏙️", "👨‍👩‍👧", "שלום", "السلام", "a" * 10_000,
    "防災" * 5_000, "a b " * 2_500, '"a" ' * 2_500, "-a " * 3_000, "ㅋㅋㅋㅋ", "ーーー", "々", "\u3099",
    "が\u3099", "①②③", "½", "㍻", "\u00b7区", "\u00b6", "\u00a6防", "\u00a7policy", "2024/issue/", "/", "//",
    "0", "00000000004", "٣", "xi'an", "n'", "''''",
]  # fmt: skip


@pytest.mark.parametrize("query", NASTY, ids=range(len(NASTY)))
def test_no_string_is_a_fault(search: Search, query: str) -> None:
    found = search.find(query, "ja")
    assert search.count(query) >= len(found.hits)
    assert isinstance(search.near_words(query), tuple)
    for script in Script:
        search.suggest(query, script)


@settings(max_examples=300, database=None)
@given(st.text(max_size=40) | st.text(st.sampled_from('防災AND" -*()^:計画nmtsaㅂㅈ방ーっ々1'), max_size=20))
def test_random_strings_are_no_fault(search: Search, query: str) -> None:
    found = search.find(query, "en")
    assert search.count(query) >= len(found.hits)


@pytest.mark.parametrize("query", ["", "  ", "。、", "%", "-防災", '""', "🏙️"])
def test_what_holds_no_word_finds_nothing(search: Search, query: str) -> None:
    assert search.find(query, "ja") == ((), False)
    assert search.count(query) == 0


# -- order, counts and what is told -------------------------------------------------------------------


def found(search: Search, query: str, lang: str = "ja", **scope: str) -> list[Hit]:
    return list(search.find(query, lang, Scope(**scope), ALL).hits)


@pytest.mark.parametrize(
    "query", ["区", "防災", "bousai", "政策4", "2024/issue/2", "地域 -防災", "city", "fz", "ㅂㅈ", "zzz"]
)
def test_the_count_is_that_of_all_results(search: Search, query: str) -> None:
    for scope in (
        Scope(),
        Scope("2024"),
        Scope(kind="policy"),
        Scope(near="2024/district/shiba"),
        Scope("2021", "issue"),
    ):
        hits = search.find(query, "ja", scope, ALL).hits
        assert search.count(query, scope) == len(hits)
        assert len({hit.code for hit in hits}) == len(hits)


@pytest.mark.parametrize("query", ["区", "地域", "city", "구민", "bousai"])
def test_the_order_does_not_depend_on_how_many_are_asked_for(search: Search, query: str) -> None:
    whole = search.find(query, "ja", limit=ALL)
    assert not whole.more
    for limit in (1, 3, 10, 50):
        part = search.find(query, "ja", limit=limit)
        assert part.hits == whole.hits[:limit]
        assert part.more == (len(whole.hits) > limit)


def test_tiers_follow_one_another(search: Search) -> None:
    order = list(Tier)
    for query in ("計画", "計画事業", "重点課題", "city", "政策4", "芝", "shiba", "こみゅにてぃー"):
        tiers = [order.index(hit.tier) for hit in found(search, query)]
        assert tiers == sorted(tiers)


def test_an_exact_title_comes_first_then_its_beginning(search: Search) -> None:
    hits = found(search, "計画事業")
    assert (hits[0].code, hits[0].tier) == ("2021/section/projects", Tier.EXACT)
    assert found(search, "港区基本計画")[0].code == "2024", "the current edition before the superseded one"
    assert [hit.tier for hit in found(search, "計画")][:3] == [Tier.START] * 3


def test_within_a_tier_the_readers_language_comes_first(search: Search, plan: Plan) -> None:
    for lang in ("ja", "en", "ko"):
        foreign = [hit.lang != lang for hit in found(search, "SDGs", lang) if hit.tier is Tier.TEXT]
        assert foreign == sorted(foreign)


def test_what_stands_there_as_typed_comes_before_what_is_folded(search: Search) -> None:
    """Both 計画 and 计划 are titles of the same entries; each reader sees his own."""
    for query, lang in (("計画", "ja"), ("计划", "zh-Hans")):
        first = [query in hit.snippet.text for hit in found(search, query, lang) if hit.tier is Tier.START]
        assert first.count(True) > 4
        assert first == sorted(first, reverse=True)


@pytest.mark.parametrize("tag", TAGS)
def test_marks_are_on_the_characters_that_were_looked_for(search: Search, tag: str) -> None:
    for query, forms in {
        "計画": {"計画", "计划"},
        "ｃｉｔｙ": {"city", "City", "cities", "Citi"},
        "強靭": {"強靱", "強靭", "强韧"},
        "5739": {"5,739"},
        "コミュニティ": {"コミュニティ"},
    }.items():
        for hit in found(search, query, tag):
            text, marks = hit.snippet
            assert marks, (query, hit.code)
            assert {text[mark.start : mark.end] for mark in marks} <= forms


def test_an_excerpt_shows_what_was_found(search: Search) -> None:
    for query in ("防災", "disaster", "구민", "代", "and"):
        for hit in found(search, query):
            if hit.tier is Tier.TEXT:
                assert len(hit.snippet.text) <= 100
                assert hit.snippet.marks
                assert "<" not in hit.snippet.text


def test_a_result_says_where_it_is(search: Search) -> None:
    (hit,) = [hit for hit in found(search, "子育て") if hit.code == "2024/measure/childcare"]
    assert [step.code for step in hit.path] == ["2024", "2024/section/fields", "2024/field/3"]
    assert (hit.title, hit.title_lang, hit.status) == ("子育て支援サービスの充実", "ja", "reference")


def test_an_entry_without_a_title_is_found_by_its_number(search: Search) -> None:
    (hit,) = found(search, "政策24")
    assert (hit.code, hit.title, hit.tier) == ("2021/policy/24", "", Tier.NUMBER)


@pytest.mark.parametrize("tag", TAGS)
def test_what_the_interface_calls_an_entry_finds_it(search: Search, plan: Plan, tag: str) -> None:
    said = messages(tag)
    for code in ("2021/policy/4", "2024/issue/2", "2024/field/3", "2021/section/purpose"):
        node = plan.node(code)
        assert node is not None
        name = kind_name(node.kind, node.number, said).partition("：")[0]
        if tag in ("zh-Hans", "ko") and node.kind == "section":
            continue  # the number stands within the word there
        assert code in [hit.code for hit in found(search, name, tag)][:3], name


# -- scope, phrases, exclusion ----------------------------------------------------------------------


def test_a_scope_is_no_more_than_its_part(search: Search) -> None:
    everything = {hit.code for hit in found(search, "都市")}
    for edition in ("2021", "2024", "viewer"):
        within = {hit.code for hit in found(search, "都市", edition=edition)}
        assert within == {code for code in everything if code.partition("/")[0] == edition}
    kinds = {hit.code for hit in found(search, "都市", kind="issue")}
    assert kinds == {hit.code for hit in found(search, "都市") if hit.kind == "issue"} != set()
    assert found(search, "都市", edition="1999") == []


def test_a_topic_holds_what_it_is_linked_with_and_what_is_below_it(sources: Sources, tmp_path: Path) -> None:
    data = sources.data
    topic = Entry("viewer/topic/test", "viewer", "viewer", "topic", "", 99, 99_999)
    title = Text(topic.code, "title", "ja", "ためしの話題", Status.EDITOR, "")
    link = Link(topic.code, "2024/measure/disaster", "related", Origin.VIEWER)
    path = tmp_path / "topic.sqlite"
    build(data._replace(entries=(*data.entries, topic), texts=(*data.texts, title), links=(*data.links, link)), path)
    with closing(Plan(path)) as plan, closing(Search(plan)) as search:
        assert topic.code in choices(path, "ja")["topic"]
        assert [hit.code for hit in found(search, "災害", near=topic.code)] == ["2024/measure/disaster"]
        assert [hit.code for hit in found(search, "話題", near=topic.code)] == [topic.code]
        assert [hit.code for hit in found(search, "saigai", near=topic.code)] == ["2024/measure/disaster"]


def test_where_reference_translations_are_not_shown_no_result_shows_one(plan: Plan) -> None:
    with closing(Search(plan.without_references())) as search:
        for query in ("防災", "disaster", "bousai", "fangzai", "방재", "2024/issue/2", "政策4", "kosodate", "区"):
            hits = search.find(query, "en").hits
            assert hits, query
            for hit in hits:
                node = plan.node(hit.code)
                assert node is not None
                shown = {row.text for row in plan.without_references().texts(node.id)}
                assert hit.status != Status.REFERENCE
                assert hit.title in {"", *shown}
                assert hit.snippet.text.strip("…")[:20] in " ".join(shown).replace("\n", " ")


def test_a_number_ends_where_its_groups_of_three_end() -> None:
    assert [run.text for run in runs("5,739 1,234,567 4.0,2026 1,23")] == [
        "5739",
        "1234567",
        "4",
        "0",
        "2026",
        "1",
        "23",
    ]


def test_a_phrase_is_found_in_one_piece(search: Search) -> None:
    assert found(search, '"Basic Plan"', "en")
    assert found(search, '"Plan Basic"', "en") == []
    assert found(search, "Plan Basic", "en")
    assert found(search, '"cit"', "en") == [], "a quoted word is a whole one"


def test_exclusion_holds_for_every_text_of_an_entry(search: Search) -> None:
    with_word = {hit.code for hit in found(search, "地域")}
    without = {hit.code for hit in found(search, "地域 -支援")}
    both = {hit.code for hit in found(search, "地域 支援")}
    assert without == with_word - both
    assert without
    assert both


# -- other ways of typing ---------------------------------------------------------------------------

NEAR_PAIRS = (  # noqa: SIM905 - a list of sixty strings would be no easier to read
    "あかる/あがる かき/かぎ はし/ばし ほうさい/ぼうさい ひょうし/びょうし たいがく/だいがく しえん/じえん "
    "こうつう/ごうつう きん/ぎん てんき/でんき さいせい/ざいせい ふくし/ぶくし かいかい/がいかい "
    "くみん/ぐみん とし/どし せんしん/ぜんしん そう/ぞう ちいき/ぢいき つく/づく へいわ/べいわ ぱす/ばす "
    "ぴん/びん ぷらん/ぶらん ぺん/べん ぽすと/ぼすと しんこう/じんこう かくしん/がくしん すいしん/ずいしん "
    "けんこう/げんこう こころ/ごころ"
).split()


@pytest.mark.parametrize("pair", NEAR_PAIRS)
def test_voiced_and_unvoiced_kana_never_merge(pair: str) -> None:
    one, other = pair.split("/")
    assert fold(one) != fold(other)
    assert kana.sound(one) != kana.sound(other)


def test_a_title_is_found_by_its_reading_in_every_way(sources: Sources, tmp_path: Path) -> None:
    """As the reviewed readings will have it; the words of the title are in no glossary."""
    code = "2021/policy/12"
    reading = Reading(
        code, "title", "ja", "みなとくのとくせいをいかしたこせいあるしょうぎょうしゅうせきのけいせいをしえんする"
    )
    path = tmp_path / "read.sqlite"
    build(sources.data._replace(readings=(reading,), terms=()), path)
    with closing(Plan(path)) as plan, closing(Search(plan)) as search:
        for query in (
            "しょうぎょう",
            "ショウギョウ",
            "しようぎよう",
            "しょぎょ",
            "shougyou",
            "syougyou",
            "shogyo",
            "shougyo",
            "shougy",
        ):
            hits = found(search, query)
            (hit,) = [hit for hit in hits if hit.code == code]
            assert hit.tier in (Tier.READING, Tier.LATIN)
            assert "商業" in "".join(hit.snippet.text[mark.start : mark.end] for mark in hit.snippet.marks), query
        kinds = {hit.code: hit.tier for hit in found(search, "じょうぎょう")}
        assert code not in kinds, "voiced kana are others"


def test_pinyin_marks_the_syllables(search: Search) -> None:
    (hit,) = [hit for hit in found(search, "yuer zhichi", "zh-Hans") if hit.code == "2024/measure/childcare"]
    assert [hit.snippet.text[mark.start : mark.end] for mark in hit.snippet.marks] == ["育儿支持"]


# -- suggestions --------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", Script)
def test_every_key_offered_leads_to_a_word_and_every_word_to_an_entry(search: Search, script: Script) -> None:
    prefixes, steps = [""], 0
    while prefixes and steps < 60:
        prefix = prefixes.pop()
        offered = search.suggest(prefix, script)
        assert offered.completions
        for key in offered.keys:
            assert search.suggest(prefix + key, script).completions
        prefixes += [prefix + key for key in offered.keys[:: max(1, len(offered.keys) // 3)]]
        steps += 1
        for completion in offered.completions:
            assert search.count(completion.text) > 0, completion
    assert steps > 20


def test_a_key_that_is_not_offered_leads_nowhere(search: Search) -> None:
    offered = search.suggest("bous", Script.LATIN)
    assert offered.keys == ("a",)
    assert search.suggest("bousx", Script.LATIN) == ((), ())
    assert [completion.text for completion in offered.completions] == ["防災"]


# -- files that cannot be searched ---------------------------------------------------------------------


def test_a_file_of_an_older_program_is_a_fault_of_the_plan(plan_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "older.sqlite"
    shutil.copy(plan_path, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE search_editions")
        connection.commit()
    with closing(Plan(path)) as older, pytest.raises(PlanFault, match="build it anew"):
        Search(older)


def test_a_file_that_was_folded_otherwise_is_a_fault_of_the_plan(plan_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    shutil.copy(plan_path, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE properties SET value = '0' WHERE key = 'folding'")
        connection.commit()
    with closing(Plan(path)) as other, pytest.raises(PlanFault, match="build it anew"):
        Search(other)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_index_is_a_fault_and_no_crash(plan_path: Path, tmp_path: Path, seed: int) -> None:
    data = bytearray(plan_path.read_bytes())
    chance = random.Random(seed)
    for _ in range(400):
        data[chance.randrange(4096, len(data))] = chance.randrange(256)
    path = tmp_path / "damaged.sqlite"
    path.write_bytes(data)
    with contextlib.suppress(PlanFault), closing(Plan(path)) as damaged, closing(Search(damaged)) as search:
        for query in ("区", "防災", "bousai", "fz", "政策4", "2024/issue/2", "地域 -防災"):
            with contextlib.suppress(PlanFault):
                search.find(query, "ja")
            with contextlib.suppress(PlanFault):
                search.count(query)
