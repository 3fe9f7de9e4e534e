"""A new edition is a folder of db/ and new catalogues; no code knows how many there are."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.plan import Edition, in_force, replaced_from
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.blocks import Notice
from minato_viewer.pages.compose import Composer
from minato_viewer.pages.plaintext import plain_text
from minato_viewer.pages.wording import edition_name
from minato_viewer.planfile.build import build
from minato_viewer.planfile.reader import Plan
from tests.third_edition import checked, make
from tests.unit.exchanging import Office
from tests.unit.reading import blocks
from tests.unit.running import run

BEFORE, AFTER = date(2027, 3, 31), date(2027, 4, 2)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return checked(tmp_path_factory.mktemp("three"))


@pytest.fixture(scope="module")
def plan_of_three(three: Sources, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    path = tmp_path_factory.mktemp("plan-of-three") / "plan.sqlite"
    build(three.data, path)
    plan = Plan(path)
    yield plan
    plan.close()


def said(plan: Plan, code: str, today: date, tag: str = "en") -> list[str]:
    page = Composer(plan, today).page(code, messages(tag))
    return [notice.text for notice in blocks(page, Notice)]


def test_all_three_are_in_the_plan_in_all_languages(plan_of_three: Plan) -> None:
    assert [code for code, edition in plan_of_three.editions.items() if edition.is_plan] == ["2021", "2024", "2027"]
    counts = {(edition, lang): texts for edition, lang, _, texts in plan_of_three.counts() if edition == "2027"}
    assert counts == {("2027", tag): 7 for tag in TAGS}


def test_a_revision_is_called_one_and_a_new_plan_is_not(plan_of_three: Plan) -> None:
    editions = plan_of_three.editions
    names = {
        tag: [edition_name(editions[code], editions, messages(tag)) for code in ("2021", "2024", "2027")]
        for tag in TAGS
    }
    assert names["en"] == ["2021 edition", "2024 revision", "2027 edition"]
    assert all(len(set(found)) == 3 for found in names.values())
    assert "改定" not in names["ja"][2]


def test_the_edition_that_holds_is_told_by_the_day(plan_of_three: Plan) -> None:
    days = {
        "2021-04-01": "2021",
        "2023-12-31": "2021",
        "2024-01-01": "2024",
        "2027-03-31": "2024",
        "2027-04-01": "2027",
    }
    assert {day: in_force(plan_of_three.editions, date.fromisoformat(day)).code for day in days} == days
    assert in_force(plan_of_three.editions, date(2000, 1, 1)).code == "2021"


def test_editions_that_supersede_each_other_in_a_circle_end_somewhere() -> None:
    first = Edition("a", "ja", "a.txt", "2021-01", "x", "2021-04-01", "2027-03-31", "x", superseded_by="b")
    circle = {"a": first, "b": first._replace(code="b", superseded_by="a")}
    assert in_force(circle, AFTER).code in circle
    assert replaced_from(first._replace(superseded_by="c"), circle) == ""


def test_what_supersedes_an_edition_is_told_along_the_chain(plan_of_three: Plan) -> None:
    revised = "This edition was superseded by the revision of January 2024."
    coming = "From April 1, 2027, the plan of February 2027 takes the place of this one."
    replaced = "This edition was superseded by the plan of February 2027."
    over = "The period of this plan ended on March 31, 2027."
    assert revised in said(plan_of_three, "2021", BEFORE)
    assert coming in said(plan_of_three, "2024", BEFORE)
    assert {replaced, over} <= set(said(plan_of_three, "2024", AFTER))
    assert {revised, over} <= set(said(plan_of_three, "2021", AFTER))
    assert not [line for line in said(plan_of_three, "2027", AFTER) if "superseded" in line or "ended" in line]
    page = Composer(plan_of_three, AFTER).page("2024/issue/2", messages("en"))
    assert "entry:2027" in [notice.action for notice in blocks(page, Notice)]


@pytest.mark.parametrize("tag", TAGS)
def test_every_page_of_the_new_edition_can_be_read_in_every_language(plan_of_three: Plan, tag: str) -> None:
    composer = Composer(plan_of_three, AFTER)
    pages = {node.code: plain_text(composer.page(node.code, messages(tag))) for node in plan_of_three.nodes()}
    assert {code for code in pages if code.startswith("2027")} == {
        "2027", "2027/section/issues", "2027/issue/1", "2027/figure/cost",
    }  # fmt: skip
    assert "900" in pages["2027/figure/cost"] or "90.0" in pages["2027/figure/cost"]


def test_the_commands_know_the_new_edition(plan_of_three: Plan, tmp_path: Path) -> None:
    shown = run("plan", "show", "2027/issue/1", "--lang", "ko", "--plan", plan_of_three.path, home=tmp_path)
    assert "12개 사업을 추진합니다." in shown.stdout
    counted = run("plan", "stats", "--plan", plan_of_three.path, home=tmp_path)
    assert "editions: 2021 2024 2027 viewer" in counted.stdout


def test_the_new_edition_is_exported_and_comes_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path)
    office = Office(tmp_path, capsys, monkeypatch)
    before = office.files()
    path = office.export("csv", "--edition", "2027")
    assert len(path.read_bytes().decode().splitlines()) == 8
    assert office.run("import", path).out == ["The file says what is there already: nothing is changed."]
    assert office.run("export").code == 0
    assert office.files() == before
    assert {name for name in before if "2027" in name} == {
        "db/2027/10-plan.toml", "db/2027/edition.toml", "db/readings/2027.toml", "db/sources/2027.txt",
        *(f"i18n/{folder}/LC_MESSAGES/plan-2027.po" for folder in ("en", "ja@easy", "ko", "zh_Hans")),
    }  # fmt: skip
