"""Whose words these are, to the last step: an original changes in the sources, and window, tree and lists say so."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QTextDocument

from minato_viewer.authoring.sources import Sources
from minato_viewer.cli import plan as tool
from minato_viewer.cli import plan_exchange
from minato_viewer.domain.plan import Status
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.language.wordings import Wording
from minato_viewer.pages.blocks import Paragraph
from minato_viewer.pages.imprint import line_list
from minato_viewer.pages.offices import Office
from minato_viewer.paths import CATALOGUES, SOURCES
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.settings import Settings
from minato_viewer.viewmodel.tree import Role
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk, fetch_all
from tests.gui.sitting import Home, said, until_settled
from tests.unit.approving import APPROVAL, DAY, OFFICE, comment, plan_with

ISSUE, FIELDS = "2024/issue/2", "2024/section/fields"
OLD, NEW = "打造可以抵御地震、台风、传染病等各种威胁和危机的城市。", "打造可以抵御地震、台风等各种威胁的城市。"
OLD_TITLE, NEW_TITLE = "创建“强韧都市”，抵御任何危机，保护区民生命", "创建“强韧都市”，保护区民生命"
STALE = "The city's text has changed since this translation was made."
REFERENCE = "Reference translation, not the city's official text."
MARK, OLD_MARK = "ref. transl.", "old ref. transl."


def say(tag: str, message: str, **values: object) -> str:
    return messages(tag).gettext(message, **values)


def marks(desk: Desk) -> dict[str, str]:
    return {index.data(Role.CODE): index.data(Role.MARK) for index in fetch_all(desk.model)}


# -- an original that changes ----------------------------------------------------------------------


@pytest.fixture
def changed_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plan]:
    """The plan after the city has changed an issue that an office had approved in Japanese, by the real commands."""
    db, catalogues = tmp_path / "db", tmp_path / "i18n"
    shutil.copytree(SOURCES, db)
    shutil.copytree(CATALOGUES, catalogues, ignore=shutil.ignore_patterns("viewer.*"))
    for field in ("title", "body.1"):
        comment(catalogues / "ja" / "LC_MESSAGES" / "plan-2024.po", f"{ISSUE}#{field}", APPROVAL)
    for module in (tool, plan_exchange):
        monkeypatch.setattr(module, "SOURCES", db)
        monkeypatch.setattr(module, "CATALOGUES", catalogues)
    assert tool.main(["build", "-o", str(tmp_path / "before.sqlite")]) == 0
    for path in (*db.rglob("*.toml"), *db.rglob("*.txt")):
        text = path.read_text("utf-8")
        path.write_text(text.replace(OLD, NEW).replace(OLD_TITLE, NEW_TITLE), "utf-8")
    assert tool.main(["export"]) == 0
    assert tool.main(["check"]) == 0
    assert tool.main(["build", "-o", str(tmp_path / "after.sqlite")]) == 0
    plan = Plan(tmp_path / "after.sqlite")
    yield plan
    plan.close()


def test_a_changed_original_makes_its_translations_stale_and_no_other(
    changed_plan: Plan, tmp_path: Path, open_desk: OpenDesk
) -> None:
    before = Plan(tmp_path / "before.sqlite")
    node = before.node(ISSUE)
    assert node is not None
    approved = {row.lang: row.approved_by for row in before.texts(node.id) if row.status is Status.REFERENCE}
    assert (approved["ja"], approved["en"]) == (OFFICE, "")
    before.close()
    stale = {
        (found.code, row.field, row.lang) for found in changed_plan.nodes() for row in rows(changed_plan, found.id)
    }
    assert stale == {(ISSUE, field, tag) for field in ("title", "body.1") for tag in TAGS if tag != "zh-Hans"}
    for tag in TAGS:
        desk = open_desk(tag, changed_plan)
        desk.window.open_entry(ISSUE)
        shown = desk.blocks()
        assert any(line.startswith(say(tag, STALE)) for line in shown) == (tag != "zh-Hans")
        assert any(line.startswith(say(tag, REFERENCE)) for line in shown) == (tag != "zh-Hans")
        assert OFFICE not in desk.text(), "what was approved is no longer what the city says"
        found = marks(desk)
        assert found[ISSUE] == ("" if tag == "zh-Hans" else say(tag, OLD_MARK))
        assert found["2024/issue/3"] == ("" if tag == "zh-Hans" else say(tag, MARK))
        desk.window.open_entry("2024/section/issues")
        (line,) = [text for text in desk.blocks() if say(tag, OLD_MARK) in text] or [""]
        assert bool(line) == (tag != "zh-Hans")
        desk.window.open_entry(ISSUE)
        desk.action("own_words").trigger()
        assert NEW_TITLE in desk.blocks()
        assert NEW in desk.text()
        desk.close()


def rows(plan: Plan, node_id: int) -> list:
    return [row for row in plan.texts(node_id) if row.stale]


# -- the edition's own words and their lines -------------------------------------------------------


@pytest.mark.parametrize("tag", ["en", "ja-x-easy", "ko"])
def test_own_words_stand_with_their_lines_and_go_with_them(tag: str, open_desk: OpenDesk, plan: Plan) -> None:
    desk = open_desk(tag)
    for code in ("2021/issue/2", "2024/section/districts", "2024/participation/forum"):
        desk.window.open_entry(code)
        before = desk.text()
        desk.press(Qt.Key.Key_F7)
        page = desk.window.pane.page
        shown = desk.text().splitlines()
        own = [block for block in page.blocks if isinstance(block, Paragraph)]
        own = [block for block in own if block.words.status is Status.ORIGINAL]
        assert own
        for block in own:
            assert line_list([block.words.source]) in block.remark
            assert any(line.endswith(block.remark) for line in shown)
        assert page.title_remark
        assert any(line.endswith(page.title_remark) for line in shown)
        desk.press(Qt.Key.Key_F7)
        assert desk.text() == before


# -- lists -----------------------------------------------------------------------------------------


def test_a_list_of_translations_is_marked_once_and_a_mixed_one_at_each(
    open_desk: OpenDesk, translated_plan: Plan
) -> None:
    desk = open_desk("ja", translated_plan)
    mark = say("ja", MARK)
    desk.window.open_entry("2024/section/issues")
    heading = say("ja", "In this part")
    # One of the eight is out of date in this plan.
    listed = [link for link in desk.links() if link[0].startswith("entry:2024/issue/")]
    assert len(listed) == 8
    assert heading in desk.blocks()
    assert desk.text().count(mark) >= 8
    desk.window.open_entry("2024/field/1")
    assert any(line.startswith(heading) and line.endswith(mark) for line in desk.blocks())
    # In the notice, and above the list.
    assert desk.text().count(mark) == 2


def test_approved_titles_carry_no_mark_in_tree_and_lists(sources: Sources, tmp_path: Path, open_desk: OpenDesk) -> None:
    plan = plan_with(sources, tmp_path / "plan.sqlite", {"": (OFFICE, DAY)})
    desk = open_desk("en", plan)
    desk.window.open_entry(FIELDS)
    assert set(marks(desk).values()) == {""}
    assert MARK not in desk.text()
    assert REFERENCE not in desk.text()
    sentence = say("en", "Translation approved by {office} on {day}.", office=OFFICE, day="December 1, 2026")
    assert any(line.startswith(sentence) for line in desk.blocks())
    desk.press(Qt.Key.Key_F6)
    # The name of the office in a face that has its characters.
    assert families_of(desk.view.document(), OFFICE) != families_of(desk.view.document(), "승인")
    desk.close()
    plan.close()


def families_of(document: QTextDocument, words: str) -> list[str]:
    cursor = document.find(words)
    assert not cursor.isNull(), words
    return cursor.charFormat().fontFamilies()


# -- what is not approved may be hidden --------------------------------------------------------------


def hidden(window) -> Iterator[object]:
    """Return what a Korean reader of a counter sees of an issue."""
    yield from until_settled()
    window.open_entry(ISSUE)
    QCoreApplication.processEvents()
    rows = [index.data(Role.MARK) for index in fetch_all(window.navigator.model)]
    return [window.pane.view.toPlainText(), window.windowTitle(), any(rows), len(rows)]


@pytest.mark.parametrize(("value", "shown"), [("show", True), ("staff", True), ("hide", False)])
def test_the_setting_decides_whether_a_counter_shows_what_is_not_approved(
    value: str, shown: bool, tmp_path: Path, plan_path: Path
) -> None:
    home = Home(tmp_path, plan_path)
    home.set(f'reference_text = "{value}"')
    ended, seen = home.start("--lang", "ko", deed=f"{__name__}:hidden")
    assert (ended.code, ended.sentences) == (0, [])
    text, title, marked, count = seen["result"]
    assert count > 20
    assert (say("ko", REFERENCE) in text, marked) == (shown, shown)
    assert (OLD_TITLE in title, OLD in text) == (not shown, not shown)
    told = say(
        "ko",
        "Reference translations are not shown here. Where there is no text of the city's in this language, you are"
        " reading its own words in another one.",
    )
    assert (told in text) is not shown


def test_a_screen_for_visitors_alone_shows_them_only_to_everyone() -> None:
    wanted = {"show": (True, True), "staff": (True, False), "hide": (False, False)}
    for value, (staff, visitors) in wanted.items():
        settings = Settings(reference_text=value)
        assert (settings.shows_references(staff=True), settings.shows_references(staff=False)) == (staff, visitors)


# -- offices ---------------------------------------------------------------------------------------

GOOD = """[[office]]
code = "2024/section/issues"
section = { ja = "（課の名前）", en = "(name of the section)" }
telephone = "(telephone)"
checked_on = 2020-01-02
"""


def page_of_issue(window) -> Iterator[object]:
    """Return the page of an issue, and what the program says."""
    window.open_entry(ISSUE)
    told = yield from said(window)
    return [window.pane.view.toPlainText().splitlines(), told]


@pytest.mark.parametrize("tag", ["en", "ja-x-easy"])
def test_offices_of_a_file_stand_on_the_page_and_their_mistakes_are_said_to_staff(
    tag: str, tmp_path: Path, plan_path: Path
) -> None:
    home = Home(tmp_path, plan_path)
    over = GOOD.replace("2024/section/issues", ISSUE) + "valid_until = 2020-12-31\n"
    path = home.set(GOOD + over + GOOD.replace("2024/section/issues", "2024/nowhere"), name="offices.toml")
    ended, seen = home.start("--lang", tag, deed=f"{__name__}:page_of_issue")
    lines, told = seen["result"]
    assert say(tag, "Where to go next") in lines
    assert ("(name of the section)" if tag == "en" else "（課の名前）") in lines
    assert any(line.endswith("(telephone)") and say(tag, "Telephone") in line for line in lines)
    sentences = [
        say(
            tag,
            "{file}, line {line}: the office for {code} was valid until {day} and is no longer shown; check it and"
            " give it a new day.",
            file=path,
            line=11,
            code=ISSUE,
            day="2020-12-31",
        ),
        say(
            tag,
            "{file}, line {line}: there is no entry with the code {code}; this office is not shown.",
            file=path,
            line=13,
            code="2024/nowhere",
        ),
    ]
    assert (ended.code, ended.sentences) == (0, sentences)
    assert [dialog[2] for dialog in told] == ["\n".join(sentences)]


@pytest.mark.parametrize("content", ["[[office]", "office = 3", "[[office]]\ncode = 3\n", "\x00"])
def test_no_file_of_offices_stops_the_start(content: str, tmp_path: Path, plan_path: Path) -> None:
    home = Home(tmp_path, plan_path)
    path = home.set(content, name="offices.toml")
    ended, seen = home.start("--lang", "en")
    assert (ended.code, seen["code"], len(ended.sentences)) == (0, "2024", 1)
    assert ended.sentences[0].startswith(f"{path}, line ")


def test_the_page_keeps_its_offices_when_the_language_changes(open_desk: OpenDesk) -> None:
    section = Wording("", (("ja", "（課）"), ("en", "(section)")))
    desk = open_desk("ja", offices=(Office(ISSUE, section, "2026-09-01"),))
    desk.window.open_entry(ISSUE)
    assert "（課）" in desk.text()
    desk.press(Qt.Key.Key_F4)
    assert "(section)" in desk.text()
    assert "（課）" not in desk.text()
