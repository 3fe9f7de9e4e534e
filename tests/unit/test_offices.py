"""The city's file of offices: what a row takes, what is said of a wrong one, and which pages show an office."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.plan import Origin
from minato_viewer.domain.plan_data import Entry, Link
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.language.wordings import Wording
from minato_viewer.pages.blocks import Imprint, Links, Paragraph, WhereNext
from minato_viewer.pages.compose import Composer
from minato_viewer.pages.offices import Office
from minato_viewer.pages.plaintext import as_json, plain_text
from minato_viewer.pages.richtext import escape, rich_text
from minato_viewer.paths import ROOT
from minato_viewer.planfile.build import build
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.office_rows import KEYS, LONGEST_TEXT
from minato_viewer.services.offices import LARGEST_FILE, MOST_PROBLEMS, Offices, load
from minato_viewer.services.settings import office_places, usual_places
from minato_viewer.services.settings_file import LONGEST_LINE
from tests.unit.reading import TODAY, blocks, compose, every_text, untranslated
from tests.unit.setting import assert_sayable, written

DOCUMENTS = {"en": ROOT / "docs" / "offices.md", "ja": ROOT / "docs" / "offices.ja.md"}
EXAMPLE = ROOT / "docs" / "offices.example.toml"
FIELD, POLICY = "2021/field/1", "2021/policy/4"
GOOD = f"""[[office]]
code = "{FIELD}"
section = "課"
checked_on = 2026-11-01
"""
NEVER_OVER = date(2027, 3, 31)


def loaded(folder: Path, content: str | bytes, today: date = TODAY) -> Offices:
    return load((written(folder / "offices.toml", content),), today)


def said(found: Offices) -> list[str]:
    """What is said in English, without the path; each is one sentence or two in one line."""
    sentences = [problem.said_in(messages("en")) for problem in found.problems]
    for problem, sentence in zip(found.problems, sentences, strict=True):
        assert sentence.startswith(str(problem.file))
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert_sayable(problem)
    return [text.removeprefix(str(problem.file)) for text, problem in zip(sentences, found.problems, strict=True)]


# -- the file ------------------------------------------------------------------------------------


def test_without_a_file_there_is_no_office(tmp_path: Path) -> None:
    assert load((tmp_path / "offices.toml", tmp_path / "none" / "offices.toml"), TODAY) == Offices()
    assert loaded(tmp_path, "# nothing yet\n") == Offices()


def test_the_file_is_looked_for_beside_the_settings() -> None:
    settings = usual_places().settings
    assert [path.parent for path in office_places()] == [path.parent for path in settings]
    assert {path.name for path in office_places()} == {"offices.toml"}


def test_every_key_is_read(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        """
        [[office]]
        code = "2021/policy/4"
        section = { ja = " 防災課 ", en = "Disaster section", ko = "  " }
        window = "1"
        floor = "2"
        hours = "3"
        telephone = "4"
        languages = "5"
        responsible = "6"
        address = "7"
        district = "shibaura-konan"
        checked_on = 2026-11-01
        valid_until = "2027-03-31"
        """,
    )
    assert found.problems == ()
    plain = {key: Wording(str(number)) for number, key in enumerate(Office._fields[4:-1], start=1)}
    section = Wording("", (("ja", "防災課"), ("en", "Disaster section")))
    assert found.shown() == (Office(POLICY, section, "2026-11-01", "2027-03-31", **plain, district="shibaura-konan"),)
    assert set(KEYS) == set(Office._fields)


def row(**changes: str) -> str:
    values = {"code": f'"{POLICY}"', "section": '"課"', "checked_on": "2026-11-01", **changes}
    return "[[office]]\n" + "".join(f"{key} = {value}\n" for key, value in values.items() if value)


NO_TEXT = "must be a text in one line of at most 200 characters, or a table with one for each language"


@pytest.mark.parametrize(
    ("wrong", "line", "sentence"),
    [
        (row(section=""), 5, "this office has no section; it is not shown."),
        (row(section='" "'), 7, "this office has no section; it is not shown."),
        (row(section="{}"), 7, "this office has no section; it is not shown."),
        (row(code=""), 5, "this office has no code; it is not shown."),
        (row(checked_on=""), 5, "this office has no checked_on; it is not shown."),
        (row(code='"2021/Policy/4"'), 6, "code must be the code of an entry or a topic"),
        (row(code="4"), 6, "code must be the code of an entry or a topic"),
        (row(code='["2021"]'), 6, "code must be the code of an entry or a topic"),
        (row(checked_on='"soon"'), 8, "checked_on must be a day such as 2026-12-01; this office is not shown."),
        (row(checked_on='"20261101"'), 8, "checked_on must be a day"),
        (row(checked_on="2026-11-01T12:00:00"), 8, "checked_on must be a day"),
        (row(checked_on="20261101"), 8, "checked_on must be a day"),
        (row(valid_until='"2027-02-30"'), 9, "valid_until must be a day"),
        (row(valid_until="true"), 9, "valid_until must be a day"),
        (row(telephone="3"), 9, f"telephone {NO_TEXT}; this office is not shown."),
        (row(telephone='["3"]'), 9, f"telephone {NO_TEXT}"),
        (row(telephone='"3\\n4"'), 9, f"telephone {NO_TEXT}"),
        (row(telephone=f'"{"3" * 201}"'), 9, f"telephone {NO_TEXT}"),
        (row(hours='{ fr = "x" }'), 9, f"hours {NO_TEXT}"),
        (row(hours="{ ja = 9 }"), 9, f"hours {NO_TEXT}"),
        (row(phone='"3"'), 9, "the key phone is not known; this office is not shown."),
        (row(district='"Azabu"'), 9, "district must be the last part of a district’s code, such as azabu of"),
        (row(district='"2024/district/azabu"'), 9, "district must be the last part of a district’s code"),
        (row(district="3"), 9, "district must be the last part of a district’s code"),
        (row(valid_until="2026-11-21"), 9, f"the office for {POLICY} was valid until 2026-11-21"),
        (GOOD, 5, f"this office stands there already for {FIELD}; it is shown once."),
    ],
)  # fmt: skip
def test_a_wrong_row_is_one_sentence_with_its_line_and_the_rest_works(
    tmp_path: Path, wrong: str, line: int, sentence: str
) -> None:
    found = loaded(tmp_path, f"{GOOD}{wrong}{GOOD.replace(FIELD, '2024/issue/2')}")
    (told,) = said(found)
    assert told.startswith(f", line {line}: {sentence}")
    assert [office.code for office in found.shown()] == [FIELD, "2024/issue/2"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe", ", line 1: this is not UTF-8 text; save the file as UTF-8, until then it is ignored."),
        (GOOD.encode("cp932"), ", line 3: this is not UTF-8 text; save the file as UTF-8, until then it is ignored."),
        ("[[office]\n", ", line 1: this is not correct TOML ("),
        (GOOD + "code = 1", ", line 5: this is not correct TOML ("),
        ("#" * (LONGEST_LINE + 1), f", line 1: the line has more than {LONGEST_LINE} characters; the file is ignored."),
        ("#\n" * (LARGEST_FILE // 2 + 1), f" is larger than {LARGEST_FILE // 1024} KiB; it is ignored."),
    ],
    ids=["utf-16", "shift-jis", "bracket", "twice", "long line", "huge"],
)
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path: Path, content: str | bytes, sentence: str) -> None:
    found = loaded(tmp_path, content)
    (told,) = said(found)
    assert told.startswith(sentence)
    assert found.rows == ()


@pytest.mark.parametrize("content", ["office = 3", "[office]\ncode = 'x'", "offices = []", "[[section]]\ncode = 'x'"])
def test_what_is_no_table_of_an_office_is_said(tmp_path: Path, content: str) -> None:
    (told,) = said(loaded(tmp_path, content))
    assert told.startswith(", line 1: write each office below a line of its own, [[office]];")


def test_offices_that_are_written_as_one_list_are_read_and_said_with_the_line_of_the_list(tmp_path: Path) -> None:
    table = f'{{code = "{FIELD}", section = "課", checked_on = 2026-11-01}}'
    found = loaded(tmp_path, f"\noffice = [{table}, 7, {table}]")
    assert [line.partition(":")[0] for line in said(found)] == [", line 2", ", line 2"]
    assert len(found.rows) == 1


def test_a_day_that_is_over_hides_an_office_from_the_next_day_on(tmp_path: Path) -> None:
    content = GOOD + "valid_until = 2026-11-22\n"
    assert len(loaded(tmp_path, content, date(2026, 11, 22)).rows) == 1
    over = loaded(tmp_path, content, date(2026, 11, 23))
    assert over.rows == ()
    assert said(over)[0].startswith(", line 5: ")


def test_a_file_of_nothing_but_mistakes_says_some_of_them(tmp_path: Path) -> None:
    assert len(loaded(tmp_path, row(phone="1") * 500).problems) == MOST_PROBLEMS


def test_the_last_file_that_names_a_code_has_all_its_offices(tmp_path: Path) -> None:
    second = row(section='"別の課"') + row(section='"もう一つの課"')
    one = written(tmp_path / "one.toml", GOOD + row())
    other = written(tmp_path / "other.toml", second)
    found = load((one, other), TODAY)
    assert [(office.code, office.section.plain) for office in found.shown()] == [
        (FIELD, "課"),
        (POLICY, "別の課"),
        (POLICY, "もう一つの課"),
    ]


def test_a_code_that_the_plan_does_not_have_is_said_and_nothing_else_is(plan: Plan, tmp_path: Path) -> None:
    found = loaded(tmp_path, GOOD + "\n" + row(code='"2021/policy/99"'))
    assert found.problems == ()
    (problem,) = found.unknown(plan)
    assert problem.line == 7
    assert "there is no entry with the code 2021/policy/99; this office is not shown." in problem.said_in(
        messages("en")
    )
    assert_sayable(problem)


@given(st.text(alphabet="[ofice]=\"'\n{},#. 2026-1码\\", max_size=200))
def test_no_text_stops_the_program(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    path = written(tmp_path_factory.getbasetemp() / "offices.toml", f"[[office]]\n{content}")
    for problem in load((path,), TODAY).problems:
        assert_sayable(problem)


VALUE = st.recursive(
    st.one_of(st.integers(), st.booleans(), st.dates().map(str), st.text('a港\\"\n', max_size=5), st.floats()),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.sampled_from(TAGS), inner, max_size=2)),
    max_leaves=4,
)


def as_toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {as_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, str):
        return '"{}"'.format(value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n"))
    return str(value).lower()


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), VALUE), max_size=4))
def test_every_row_is_an_office_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, tables: list[dict[str, Any]]
) -> None:
    text = "".join("[[office]]\n" + "".join(f"{k} = {as_toml(v)}\n" for k, v in table.items()) for table in tables)
    path = written(tmp_path_factory.getbasetemp() / "offices.toml", text)
    found = load((path,), TODAY)
    assert len(found.rows) + len(found.problems) == len(tables)
    for problem in found.problems:
        assert_sayable(problem)


# -- documents -----------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", DOCUMENTS)
def test_a_document_describes_every_key_and_its_example_is_right(tag: str, tmp_path: Path) -> None:
    document = DOCUMENTS[tag].read_text("utf-8")
    assert tuple(re.findall(r"^\| `(\w+)` \|", document, re.MULTILINE)) == KEYS_AS_DOCUMENTED
    (example,) = re.findall(r"^```toml\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)
    assert loaded(tmp_path, example, NEVER_OVER).problems == ()
    for number in (LONGEST_TEXT, LONGEST_LINE, LARGEST_FILE // 1024, MOST_PROBLEMS):
        assert str(number) in document


KEYS_AS_DOCUMENTED = (
    "code", "section", "window", "floor", "hours", "telephone", "languages", "responsible", "address",
    "district", "checked_on", "valid_until",
)  # fmt: skip


def test_the_shipped_example_is_right_and_invents_nothing(plan: Plan) -> None:
    found = load((EXAMPLE,), NEVER_OVER)
    assert found.problems == found.unknown(plan) == ()
    assert len(found.rows) == 2
    for office in found.shown():
        for words in office:
            if isinstance(words, Wording):
                texts = [words.plain, *(text for _, text in words.by_language)]
                assert all(text[0] + text[-1] in ("()", "（）") for text in texts if text)
    assert not any((ROOT / name).exists() for name in ("offices.toml", "docs/offices.toml"))


# -- pages ---------------------------------------------------------------------------------------


def office(code: str, name: str = "", **values: Any) -> Office:
    return Office(code, Wording(name or code), "2026-11-01", **values)


def shown_at(plan: Plan, code: str, *offices: Office) -> list[str]:
    """Return the names of the offices on a page."""
    found = blocks(compose(plan, code, "ja", offices=offices), WhereNext)
    assert len(found) <= 1
    return [card.name for block in found for card in block.offices]


def test_an_entry_shows_its_own_offices_and_else_those_of_the_nearest_above(plan: Plan) -> None:
    edition, field, policy = office("2021"), office(FIELD), office(POLICY)
    assert shown_at(plan, POLICY, edition, field, policy) == [POLICY]
    assert shown_at(plan, "2021/policy/3", edition, field, policy) == [FIELD]
    assert shown_at(plan, "2021/field/2", edition, field, policy) == ["2021"]
    assert shown_at(plan, "2024/issue/2", edition, field, policy) == []
    assert shown_at(plan, POLICY, office(POLICY, "一"), office(POLICY, "二")) == ["一", "二"]


@pytest.fixture(scope="module")
def with_topic(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    """The plan with a topic that leads to a policy and to a measure."""
    path = tmp_path_factory.mktemp("topic") / "plan.sqlite"
    topic = Entry("viewer/topic/x", "viewer", "viewer", "topic", "", 90, 9990)
    links = tuple(Link(topic.code, code, "topic", Origin.VIEWER) for code in (POLICY, "2024/measure/disaster"))
    data = sources.data
    build(data._replace(entries=(*data.entries, topic), links=(*data.links, *links)), path)
    plan = Plan(path)
    yield plan
    plan.close()


def test_a_topics_offices_stand_on_the_entries_that_it_leads_to(with_topic: Plan) -> None:
    topic, field, policy = office("viewer/topic/x"), office(FIELD), office(POLICY)
    for code in (POLICY, "2024/measure/disaster", "viewer/topic/x"):
        assert shown_at(with_topic, code, topic) == ["viewer/topic/x"]
    assert shown_at(with_topic, POLICY, topic, field) == ["viewer/topic/x"], "nearer than the field"
    assert shown_at(with_topic, POLICY, topic, field, policy) == [POLICY]
    assert shown_at(with_topic, "2021/policy/3", topic, field) == [FIELD]
    assert shown_at(with_topic, "viewer/topic/x", policy) == [], "a topic does not take over from what it leads to"


def test_offices_stand_below_the_plans_text_and_apart_from_it(plan: Plan) -> None:
    page = compose(plan, "2021/field/1", "en", offices=(office(FIELD, telephone=Wording("00")),))
    kinds = [type(block) for block in page.blocks]
    place = kinds.index(WhereNext)
    assert Paragraph not in kinds[place:]
    assert place < kinds.index(Links) < kinds.index(Imprint)
    (where,) = blocks(page, WhereNext)
    assert where.heading == "Where to go next"
    assert where.offices[0].remark == ("Information of the office, not part of the plan. Checked on November 1, 2026.")
    assert rich_text(page).count('class="box-office') == 1


@pytest.mark.parametrize("tag", TAGS)
def test_every_word_of_an_office_stands_in_every_rendering(plan: Plan, tag: str) -> None:
    words = Wording("", tuple((known, f"<{known}> & ") for known in ("ja", "en")))
    full = office(FIELD, **dict.fromkeys(Office._fields[4:-1], words))
    page = Composer(plan, TODAY, (full,)).page(FIELD, messages(tag))
    (where,) = blocks(page, WhereNext)
    assert len(where.offices[0].lines) == len(Office._fields[4:-1])
    assert {line.lang for line in where.offices[0].lines} == {"en" if tag == "en" else "ja"}
    labels = [line.label for line in where.offices[0].lines]
    assert len(set(labels)) == len(labels)
    for text in every_text(page):
        assert escape(text) in rich_text(page)
        assert text in plain_text(page)
    assert [block["type"] for block in as_json(page)["blocks"]].count("wherenext") == 1


def test_words_in_another_language_alone_are_still_shown() -> None:
    from minato_viewer.pages.offices import _said

    assert _said(Wording("", (("ko", "과"),)), "en") == ("과", "ko")
    assert _said(Wording("", (("ko", "과"), ("ja", "課"))), "zh-Hans") == ("課", "ja")
    assert _said(Wording("", (("ja", "課"), ("ja-x-easy", "か"))), "ja-x-easy") == ("か", "ja-x-easy")
    assert _said(Wording("課"), "en") == ("課", "ja")


def test_what_is_quoted_of_an_entry_holds_no_office(plan: Plan) -> None:
    from minato_viewer.pages.citation import cited

    page = compose(plan, FIELD, "en", offices=(office(FIELD, "Section X"),))
    assert "Section X" not in cited(page, plan.editions, untranslated("en"))
    chosen = cited(page, plan.editions, untranslated("en"), "Section X")
    assert "Some of these lines are not from this entry of the plan." in chosen
