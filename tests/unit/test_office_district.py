"""The setting `district`: this office's own district first, in what is listed and what is found; all else stays."""

import random
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.districts import is_of, own_first
from minato_viewer.domain.plan_data import Entry
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.language.wordings import Wording
from minato_viewer.pages.blocks import DistrictMap, Links, Page, WhereNext
from minato_viewer.pages.compose import PARTS, Composer
from minato_viewer.pages.offices import Office
from minato_viewer.pages.paper import Order, for_paper
from minato_viewer.paths import ROOT
from minato_viewer.planfile.build import build
from minato_viewer.planfile.reader import Plan
from minato_viewer.planfile.search import Hit, Search
from minato_viewer.planfile.search_choices import has_district
from minato_viewer.planfile.search_rows import CHUNK
from minato_viewer.services import offices
from minato_viewer.services.settings import Settings
from tests.unit.reading import TODAY, blocks, links
from tests.unit.setting import assert_sayable, loaded, said, written

NAMES = ("shiba", "azabu", "akasaka", "takanawa", "shibaura-konan")
SECTION, TOPIC = "2024/section/districts", "viewer/topic/participation"
QUERIES = tomllib.loads((ROOT / "tests" / "data" / "search_queries.toml").read_text("utf-8"))["entry"]


def code(name: str) -> str:
    return f"2024/district/{name}"


def first(name: str) -> list[str]:
    """Return the districts as an office of one of them lists them."""
    return [code(own) for own in sorted(NAMES, key=lambda other: other != name)]


def page(plan: Plan, of: str, district: str, tag: str = "ja", **options: tuple[Office, ...]) -> Page:
    return Composer(plan, TODAY, district=district, **options).page(of, messages(tag))


def listed(page: Page) -> list[list[str]]:
    return [[link.code for link in block.links] for block in blocks(page, Links)]


# -- the rule ------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(["", *map(code, NAMES), "2027/district/azabu"])), st.sampled_from(["", "x", *NAMES]))
def test_nothing_is_lost_and_only_districts_change_places(districts: list[str], name: str) -> None:
    rows = list(enumerate(districts))
    found = own_first(rows, districts, name)
    assert sorted(found) == rows
    assert [row for row, of in zip(found, districts, strict=True) if not of] == [row for row in rows if not row[1]]
    ours = [is_of(of, name) for _, of in found if of]
    assert ours == sorted(ours, reverse=True)
    for own in (True, False):
        assert [row for row in found if row[1] and is_of(row[1], name) is own] == [
            row for row in rows if row[1] and is_of(row[1], name) is own
        ]


def test_an_office_without_a_district_changes_nothing() -> None:
    assert own_first("abc", [code("shiba"), "", code("azabu")], "") == ["a", "b", "c"]
    assert not is_of("", "")
    assert not is_of("2024/district/minami-azabu", "azabu")


# -- pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_its_own_district_comes_first_and_the_others_in_the_order_of_the_plan(plan: Plan, name: str) -> None:
    for tag in TAGS:
        parts = links(page(plan, SECTION, name, tag), messages(tag).gettext(PARTS))
        assert [link.code for link in parts] == first(name)
        (reached,) = [codes for codes in listed(page(plan, TOPIC, name, tag)) if SECTION in codes]
        place = reached.index(SECTION)
        assert reached[place + 1 : place + 6] == first(name)
        usual = next(codes for codes in listed(page(plan, TOPIC, "", tag)) if SECTION in codes)
        assert (reached[: place + 1], reached[place + 6 :]) == (usual[: place + 1], usual[place + 6 :])


def test_lists_without_districts_and_everything_else_stay_as_they_are(plan: Plan) -> None:
    composer, ours = Composer(plan, TODAY), Composer(plan, TODAY, district="takanawa")
    changed: list[str] = []
    for node in plan.nodes():
        usual, own = (each.page(node.code, messages("ja")) for each in (composer, ours))
        assert own._replace(blocks=()) == usual._replace(blocks=()), "the ways on and back follow the plan"
        if own != usual:
            changed.append(node.code)
        for block, arranged in zip(usual.blocks, own.blocks, strict=True):
            if block != arranged:
                assert isinstance(block, Links)
                assert sorted(block.links) == sorted(arranged.links)
                assert block._replace(links=()) == arranged._replace(links=())
    assert set(changed) == {SECTION, TOPIC}


def test_the_drawing_of_the_city_keeps_its_places(plan: Plan) -> None:
    usual, own = (blocks(page(plan, SECTION, name), DistrictMap) for name in ("", "takanawa"))
    assert len(usual) == 1
    assert own == usual


def test_paper_lists_them_as_the_screen_does(plan: Plan) -> None:
    shown = page(plan, SECTION, "akasaka")
    printed = for_paper(shown, messages("ja"), Order((SECTION,), ("ja",)))
    assert listed(printed) == listed(shown) != listed(page(plan, SECTION, ""))


def test_a_district_that_the_plan_does_not_have_changes_nothing(plan: Plan) -> None:
    for name in ("nowhere", "district", "2024", "4"):
        assert page(plan, SECTION, name) == page(plan, SECTION, "")


@pytest.fixture(scope="module")
def with_parts(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    """The plan with an entry below each district, and one that holds no district, all led to by a topic."""
    path = tmp_path_factory.mktemp("parts") / "plan.sqlite"
    data = sources.data
    parts = tuple(
        Entry(f"2024/project/{name}", "2024", code(name), "project", "", 1, 9990 + number)
        for number, name in enumerate(NAMES)
    )
    topic = [link for link in data.links if link.from_code == TOPIC and link.to_code == SECTION]
    led = tuple(topic[0]._replace(to_code=entry.code) for entry in parts)
    build(data._replace(entries=(*data.entries, *parts), links=(*data.links, *led)), path)
    with closing(Plan(path)) as plan:
        yield plan


def test_what_stands_below_a_district_belongs_to_it(with_parts: Plan) -> None:
    (reached,) = [codes for codes in listed(page(with_parts, TOPIC, "akasaka")) if SECTION in codes]
    districts = [found for found in reached if "/district/" in found or "/project/" in found]
    assert districts[:2] == [code("akasaka"), "2024/project/akasaka"]
    assert districts[2:] == [
        *(found for found in first("akasaka")[1:]),
        *(f"2024/project/{name}" for name in NAMES if name != "akasaka"),
    ]


# -- where to go next ----------------------------------------------------------------------------


def office(name: str, district: str = "") -> Office:
    return Office("2021/field/1", Wording(name), "2026-11-01", district=district)


def test_the_office_of_its_own_district_comes_first(plan: Plan) -> None:
    rows = (office("本庁"), office("芝", "shiba"), office("麻布", "azabu"), office("麻布二", "azabu"))

    def shown(district: str) -> list[str]:
        found = blocks(page(plan, "2021/policy/3", district, offices=rows), WhereNext)
        return [card.name for block in found for card in block.offices]

    assert shown("") == shown("akasaka") == ["本庁", "芝", "麻布", "麻布二"]
    assert shown("azabu") == ["麻布", "麻布二", "本庁", "芝"]


def test_offices_of_two_districts_may_have_one_name_and_a_strange_district_is_said(plan: Plan, tmp_path: Path) -> None:
    row = '[[office]]\ncode = "2021/field/1"\nsection = "区民課"\nchecked_on = 2026-11-01\n'
    text = "".join(f'{row}district = "{name}"\n' for name in ("shiba", "azabu", "asabu", "azabu"))
    found = offices.load((written(tmp_path / "offices.toml", text),), TODAY)
    assert [shown.district for shown in found.shown()] == ["shiba", "azabu", "asabu"]
    assert [problem.line for problem in found.problems] == [16], "the same one twice"
    (problem,) = found.unknown(plan)
    assert problem.said_in(messages("en")).endswith(
        "line 15: the plan has no district asabu; lists stay in their usual order."
    )
    assert_sayable(problem)


# -- search --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def searches(plan: Plan) -> Iterator[dict[str, Search]]:
    """A search for an office of each district, and of none."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(closing(Search(plan, name))) for name in ("", *NAMES)}


def district_of(hit: Hit) -> str:
    steps = [(step.code, step.kind) for step in hit.path] + [(hit.code, hit.kind)]
    return next((code for code, kind in steps if kind == "district"), "")


@pytest.mark.parametrize("name", NAMES)
def test_among_equal_results_its_own_district_comes_first(searches: dict[str, Search], name: str) -> None:
    for query, lang in (("地区版計画", "ja"), ("地区版计划", "zh-Hans"), ("district plan", "en"), ("総合支所", "ja")):
        found = [hit.code for hit in searches[name].find(query, lang).hits if hit.kind == "district"]
        assert sorted(found) == sorted(map(code, NAMES))
        assert found[0] == code(name)
        usual = [hit.code for hit in searches[""].find(query, lang).hits if hit.kind == "district"]
        assert found[1:] == [other for other in usual if other != code(name)]


def test_a_better_result_stays_before_its_own_district(searches: dict[str, Search]) -> None:
    for query in ("芝地区", "shiba district", "芝地区版計画"):
        usual = searches[""].find(query, "ja").hits
        found = searches["takanawa"].find(query, "ja").hits
        assert usual[0].code == found[0].code == code("shiba")


def test_no_result_comes_or_goes_and_all_but_districts_keep_their_places(searches: dict[str, Search]) -> None:
    chosen = random.Random(7).sample([query for entry in QUERIES for query in entry["queries"]], 60)
    for query in (*chosen, "地区", "港区", "a", "支所", "mina"):
        usual = searches[""].find(query, "ja", limit=1000)
        for name in NAMES:
            found = searches[name].find(query, "ja", limit=1000)
            assert sorted(found.hits) == sorted(usual.hits)
            assert [hit.tier for hit in found.hits] == [hit.tier for hit in usual.hits]
            for hit, before in zip(found.hits, usual.hits, strict=True):
                assert hit == before or (district_of(hit) and district_of(before))
            few = searches[name].find(query, "ja", limit=3)
            assert few.hits == found.hits[:3], "however many are asked for"


def test_what_stands_below_a_district_is_found_with_it(with_parts: Plan) -> None:
    with closing(Search(with_parts, "takanawa")) as ours, closing(Search(with_parts)) as usual:
        for query in ("地区", "まち"):
            found, before = (search.find(query, "ja", limit=2 * CHUNK).hits for search in (ours, usual))
            assert sorted(found) == sorted(before)
            for _, tier in groupby(found[:CHUNK], key=lambda hit: (hit.tier, hit.lang)):
                own = [is_of(district_of(hit), "takanawa") for hit in tier if district_of(hit)]
                assert own == sorted(own, reverse=True)


@pytest.mark.parametrize("name", NAMES)
def test_what_people_type_still_finds_what_they_mean(searches: dict[str, Search], name: str) -> None:
    missed = [
        (query, entry["code"])
        for entry in QUERIES
        for query in entry["queries"]
        if not {entry["code"], *entry.get("also", [])}
        & {hit.code for hit in searches[name].find(query, "ja", limit=3).hits}
    ]
    assert missed == []


# -- the setting ---------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [*NAMES, "", "x1-2"])
def test_a_name_of_a_district_is_taken(tmp_path: Path, value: str) -> None:
    found = loaded(tmp_path, f'district = "{value}"')
    assert (found.settings, found.problems) == (Settings(district=value), ())


@pytest.mark.parametrize(
    "value", ['"Azabu"', '"2024/district/azabu"', '" "', '"麻布"', "3", "true", '["azabu"]', '"azabu-"', '"azabu\\n"']
)
def test_what_is_no_name_of_a_district_is_said(tmp_path: Path, value: str) -> None:
    found = loaded(tmp_path, f"district = {value}")
    assert said(found) == [
        ", line 1: district must be the last part of a district’s code, such as azabu of 2024/district/azabu; "
        '"" is used.'
    ]
    assert found.settings == Settings()
    assert_sayable(found.problems[0])


def test_a_district_that_the_plan_does_not_have_is_said_with_its_place(plan: Plan, tmp_path: Path) -> None:
    found = loaded(tmp_path, 'theme = "dark"\ndistrict = "nowhere"')
    (problem,) = found.unknown_district(plan)
    assert problem.said_in(messages("en")) == (
        f"{tmp_path / 'settings.toml'}, line 2: the plan has no district nowhere; lists stay in their usual order."
    )
    assert_sayable(problem)
    for known in ("", *NAMES):
        assert loaded(tmp_path, f'district = "{known}"').unknown_district(plan) == ()
    assert not has_district(plan.path, "")
