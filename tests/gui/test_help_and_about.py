"""Help is a page in the reader's language, its key card is what the keys do, and About says what one must know."""

import platform
import sqlite3
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QTabWidget

from minato_viewer import VERSION
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.paths import RESOURCES, ROOT
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.settings import Settings, Wording
from minato_viewer.ui.shell import about
from minato_viewer.ui.shell.about import AboutDialog
from minato_viewer.ui.shell.find_bar import FindBar
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk, focus_is

Key, Modifier = Qt.Key, Qt.KeyboardModifier
HELP, CARD = "viewer/guide", "viewer/guide/keys"
KEYS = dict(zip(TAGS, (Key.Key_F2, Key.Key_F3, Key.Key_F4, Key.Key_F5, Key.Key_F6), strict=True))
ARROWS = {"↑": "Up", "↓": "Down", "←": "Left", "→": "Right"}
BESIDE_THE_WINDOW = {"Up", "Down", "Left", "Right", "Space", "Enter", "Shift+Enter", "Esc"}
"""Keys on the card that are those of the tree and of the find bar."""
LICENCES = [ROOT / "NOTICE", ROOT / "LICENSE", *sorted(RESOURCES.glob("*/LICENSE*"))]


def pressed_editions(desk: Desk) -> list[bool]:
    return [desk.button("edition", number).isChecked() for number in (0, 1)]


def footer(desk: Desk) -> list[str]:
    return [label.text() for label in desk.labels() if label.parent().objectName() == "footer"]


# -- help ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
def test_f1_opens_the_help_in_the_readers_language_and_back_returns(tag: str, open_desk: OpenDesk, plan: Plan) -> None:
    desk = open_desk(tag)
    desk.window.open_entry("2021/policy/4")
    title = desk.window.windowTitle()
    desk.press(Key.Key_F1)
    assert desk.code == desk.chosen == HELP
    assert desk.window.pane.page.lang == tag
    heading = plan.headings([plan.node(HELP).id], (tag,))[plan.node(HELP).id]
    assert heading.title in desk.blocks()
    assert heading.lang == tag
    assert desk.window.windowTitle() != title
    assert pressed_editions(desk) == [False, False]
    assert not desk.action("own_words").isEnabled()
    desk.press(Key.Key_F1)
    desk.press(Key.Key_Left, Modifier.AltModifier)
    assert (desk.code, desk.window.windowTitle()) == ("2021/policy/4", title)
    assert pressed_editions(desk) == [True, False]


@pytest.mark.parametrize("place", ["tree", "filter", "view"])
def test_f1_works_wherever_the_focus_is(place: str, desk: Desk) -> None:
    getattr(desk, place).setFocus()
    desk.press(Key.Key_F1)
    assert desk.code == HELP
    assert focus_is(getattr(desk, place))


def test_f1_helps_also_where_a_filter_hides_everything(desk: Desk) -> None:
    desk.look_for("水素")
    desk.press(Key.Key_F1)
    assert desk.code == desk.chosen == HELP
    assert desk.filter.text() == ""


@pytest.mark.parametrize(("number", "edition"), [(0, "2021"), (1, "2024")])
def test_an_edition_button_returns_from_the_help_to_the_plan(number: int, edition: str, desk: Desk) -> None:
    desk.window.open_entry("2021/policy/4")
    desk.window.open_entry("2024/issue/2")
    desk.press(Key.Key_F1)
    QTest.mouseClick(desk.button("edition", number), Qt.MouseButton.LeftButton)
    assert desk.code == {"2021": "2021/policy/4", "2024": "2024/issue/2"}[edition]
    assert pressed_editions(desk) == [edition == "2021", edition == "2024"]
    desk.press(Key.Key_F1)
    assert pressed_editions(desk) == [False, False], "each time anew"


@pytest.mark.parametrize("tag", TAGS)
def test_the_help_has_no_period_in_the_footer(tag: str, open_desk: OpenDesk, plan: Plan) -> None:
    desk = open_desk(tag)
    period = messages(tag).gettext("Period of the plan: {period}", period="")
    assert any(text.startswith(period.strip()) for text in footer(desk)), "a plan has one"
    for node in plan.nodes():
        if node.edition == "viewer":
            desk.window.open_entry(node.code)
            shown = footer(desk)
            assert shown[0] == messages(tag).gettext("Evaluation version, not an official app of the city")
            assert not any(text.strip().startswith(period.strip()) for text in shown)
            assert all(text.strip() for text in shown), "nothing empty takes room"


def test_a_language_changes_in_the_help_as_anywhere(desk: Desk) -> None:
    desk.press(Key.Key_F1)
    titles = set()
    for tag, key in KEYS.items():
        desk.press(key)
        assert (desk.code, desk.window.pane.page.lang) == (HELP, tag)
        assert pressed_editions(desk) == [False, False]
        titles.add(desk.window.windowTitle())
    assert len(titles) >= 4, "easy Japanese may say it as Japanese does"


# -- the key card --------------------------------------------------------------------------------


def normalised(key: str) -> str:
    """Return a key as Qt writes it."""
    for arrow, name in ARROWS.items():
        key = key.replace(arrow, name)
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText) or key


def card_keys(desk: Desk) -> list[str]:
    desk.window.open_entry(CARD)
    return [normalised(text.partition(" — ")[0].lstrip("•· ").strip()) for text in desk.blocks() if " — " in text]


def window_keys(desk: Desk) -> dict[str, str]:
    """Return the keys of the window's action table, and of which action each is."""
    keys = {}
    for name in desk.window.actions_by_id:
        for sequence in desk.action(name).shortcuts():
            keys[sequence.toString(QKeySequence.SequenceFormat.PortableText)] = name
    return keys


@pytest.mark.parametrize("tag", TAGS)
def test_every_key_of_the_window_stands_on_the_card_and_the_other_way_round(tag: str, open_desk: OpenDesk) -> None:
    desk = open_desk(tag)
    on_card, in_window = set(card_keys(desk)), window_keys(desk)
    assert len(in_window) >= 17
    assert [f"{key} ({name})" for key, name in in_window.items() if key not in on_card] == []
    assert on_card - in_window.keys() == {normalised(key) for key in BESIDE_THE_WINDOW}


def test_the_keys_of_tree_and_find_bar_do_what_the_card_says(desk: Desk) -> None:
    desk.window.open_entry("2021/section/policies")
    desk.tree.setFocus()
    desk.press(Key.Key_Space)
    assert desk.tree.isExpanded(desk.tree.currentIndex())
    desk.press(Key.Key_Left)
    assert not desk.tree.isExpanded(desk.tree.currentIndex())
    desk.press(Key.Key_Right)
    assert desk.tree.isExpanded(desk.tree.currentIndex())
    desk.press(Key.Key_Down)
    assert desk.code == "2021/field/1"
    desk.press(Key.Key_Up)
    assert desk.code == "2021/section/policies"
    desk.press(Key.Key_F, Modifier.ControlModifier)
    desk.type("1")
    bar = desk.window.findChild(FindBar)
    first = count(bar)
    desk.press(Key.Key_Return)
    assert count(bar) != first
    desk.press(Key.Key_Return, Modifier.ShiftModifier)
    assert count(bar) == first != ""
    desk.press(Key.Key_Escape)
    assert not bar.isVisible()


def count(bar: FindBar) -> str:
    """Return what the bar says of the places."""
    return next((label.text() for label in bar.findChildren(QLabel) if label.text()), "")


# -- about ---------------------------------------------------------------------------------------


def opened(desk: Desk) -> AboutDialog:
    desk.action("about").trigger()
    QCoreApplication.processEvents()
    (dialog,) = [dialog for dialog in desk.window.findChildren(AboutDialog) if dialog.isVisible()]
    return dialog


def pages(dialog: AboutDialog) -> dict[str, str]:
    """Return the words of each page by its name."""
    tabs = dialog.findChild(QTabWidget)
    return {tabs.tabText(number): tabs.widget(number).toPlainText() for number in range(tabs.count())}


@pytest.mark.parametrize("tag", TAGS)
def test_about_says_which_program_which_plan_and_which_parts(tag: str, open_desk: OpenDesk, plan: Plan) -> None:
    dialog = opened(open_desk(tag))
    say = messages(tag).gettext
    assert dialog.windowTitle() == say("About this program")
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    assert say("Minato City Basic Plan") in labels
    assert say("Evaluation version, not an official app of the city") in labels
    versions, _ = pages(dialog).values()
    assert list(pages(dialog)) == [say("Versions"), say("Licenses")]
    for fact in (
        f"minato-viewer {VERSION}",
        str(plan.path),
        plan.properties["digest"],
        plan.properties["format"],
        plan.properties["tool"],
        f"Python {platform.python_version()}",
        f"Qt {qVersion()}",
        f"PySide6 {PySide6.__version__}",
        f"SQLite {sqlite3.sqlite_version}",
        platform.platform(),
    ):
        assert fact in versions
    assert len(plan.properties["digest"]) >= 40
    assert say("Plan file: {path}", path=plan.path) in versions.splitlines()


def test_about_holds_every_licence_in_full(desk: Desk) -> None:
    _, licences = pages(opened(desk)).values()
    assert len(LICENCES) >= 5
    assert {path.parent.name for path in LICENCES} >= {"fonts", "icons"}
    for path in LICENCES:
        assert path.read_text("utf-8").strip() in licences, path
        assert path.name in licences.splitlines(), "and says which file it is"
    for words in ("MIT License", "SIL OPEN FONT LICENSE", "Tabler", "(c) Minato City"):
        assert words in licences


@pytest.mark.parametrize("lacking", ["NOTICE", "LICENSE", "resources", "everything"])
def test_about_opens_where_a_licence_file_is_missing(
    lacking: str, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = {"NOTICE": "the notice", "LICENSE": "our licence", "resources/icons/LICENSE-x.txt": "of the icons"}
    for name, words in there.items():
        if not name.startswith(lacking) and lacking != "everything":
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(words, encoding="utf-8")
    monkeypatch.setattr(about, "ROOT", tmp_path)
    monkeypatch.setattr(about, "RESOURCES", tmp_path / "resources")
    versions, licences = pages(opened(desk)).values()
    assert VERSION in versions
    for name, words in there.items():
        assert (words in licences) is (tmp_path / name).exists()


def test_about_opens_where_a_licence_file_is_no_text(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "NOTICE").write_bytes(b"\xff\xfe\x00 \x81")
    (tmp_path / "LICENSE").mkdir()
    monkeypatch.setattr(about, "ROOT", tmp_path)
    _, licences = pages(opened(desk)).values()
    assert "SIL OPEN FONT LICENSE" in licences


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("tag", TAGS)
def test_about_fits_the_window_and_cuts_nothing(tag: str, size: int, open_desk: OpenDesk) -> None:
    dialog = opened(open_desk(tag, size=(1024, 720), text_size=size))
    assert dialog.width() <= 1024
    assert dialog.height() <= 720
    (close,) = [button for button in dialog.findChildren(QPushButton) if button.text()]
    assert close.width() >= close.fontMetrics().horizontalAdvance(close.text()) + 2 * 8
    assert dialog.rect().contains(close.geometry())
    tabs = dialog.findChild(QTabWidget)
    for number, view in enumerate(map(tabs.widget, range(tabs.count()))):
        tabs.setCurrentIndex(number)
        QCoreApplication.processEvents()
        assert view.isVisible()
        assert not view.horizontalScrollBar().maximum(), "long lines are wrapped"


def test_about_is_read_and_left_by_keyboard(open_desk: OpenDesk) -> None:
    desk = open_desk("en")
    dialog = opened(desk)
    QTest.qWaitForWindowActive(dialog)
    reached = set()
    for _ in range(6):
        reached.add(type(QApplication.focusWidget()).__name__)
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert {"QPushButton", "QPlainTextEdit", "QTabBar"} <= reached
    view = dialog.findChildren(QPlainTextEdit)[0]
    view.setFocus()
    QTest.keyClick(view, Key.Key_X)
    QTest.keyClick(view, Key.Key_A, Modifier.ControlModifier)
    QTest.keyClick(view, Key.Key_C, Modifier.ControlModifier)
    assert QApplication.clipboard().text() == view.toPlainText(), "to paste into a mail; nothing was typed into it"
    QTest.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()
    desk.window.activateWindow()
    QTest.qWaitForWindowActive(desk.window)
    desk.press(Key.Key_F1)
    assert desk.code == HELP


def test_about_says_what_the_commissioning_city_says_instead_of_the_notice(open_desk: OpenDesk) -> None:
    desk = open_desk("ja", settings=Settings(notice=Wording("試行中のアプリです")))
    labels = [label.text() for label in opened(desk).findChildren(QLabel)]
    assert "試行中のアプリです" in labels
    assert messages("ja").gettext("Evaluation version, not an official app of the city") not in labels


def test_nothing_is_typed_into_the_filter_by_a_key_of_the_help(desk: Desk) -> None:
    desk.filter.setFocus()
    desk.press(Key.Key_F1)
    (box,) = [box for box in desk.window.findChildren(QLineEdit) if box.objectName() == "filter"]
    assert box.text() == ""
