"""Theme and text size change at once, everywhere, and leave the reader where they were."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton

from minato_viewer.language.tags import TAGS
from minato_viewer.planfile.reader import Plan
from minato_viewer.services import theme
from minato_viewer.services.appearance import Appearance
from minato_viewer.services.settings import TEXT_SIZES
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk
from tests.gui.strings import snapshot
from tests.gui.test_geometry import faults

THEMES = ("light", "dark", "contrast")
LONG = "2021/policy/4"


def seen(desk: Desk) -> tuple[object, object]:
    """Return what the window says and what it looks like."""
    QTest.qWait(50)
    # Rows above the chosen one may be hidden or not; how far the tree is scrolled is nobody's wish.
    desk.tree.verticalScrollBar().setValue(0)
    return snapshot(desk.window), desk.window.grab().toImage()


def sized_button(desk: Desk, sign: str) -> QToolButton:
    return next(button for button in desk.window.findChildren(QToolButton) if button.text() == sign)


@pytest.mark.parametrize("name", THEMES)
def test_a_window_changed_to_a_theme_equals_one_made_in_it(name: str, open_desk: OpenDesk) -> None:
    changed = open_desk("ja")
    changed.window.open_entry(LONG)
    changed.appearance.choose(name)
    before = seen(changed)
    changed.close()
    made = open_desk("ja", theme=name)
    made.window.open_entry(LONG)
    assert seen(made) == before


@pytest.mark.parametrize("size", TEXT_SIZES)
def test_a_window_changed_to_a_text_size_equals_one_made_in_it(size: int, open_desk: OpenDesk) -> None:
    changed = open_desk("ja")
    changed.window.open_entry(LONG)
    changed.appearance.resize(size)
    before = seen(changed)
    changed.close()
    made = open_desk("ja", text_size=size)
    made.window.open_entry(LONG)
    assert seen(made) == before


@pytest.mark.parametrize("name", THEMES)
def test_the_colours_on_the_screen_are_the_themes(name: str, open_desk: OpenDesk) -> None:
    desk = open_desk("ja", theme=name)
    colours = desk.appearance.theme.colours
    image = desk.window.grab().toImage()
    found = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert {colours["paper"], colours["navigator"], colours["ground"]} <= found
    assert QColor(colours["ink"]).name() == QApplication.palette().windowText().color().name()


@pytest.mark.parametrize("theme_name", THEMES)
@pytest.mark.parametrize("tag", TAGS)
def test_nothing_is_cut_at_any_text_size(tag: str, theme_name: str, open_desk: OpenDesk) -> None:
    desk = open_desk(tag, size=(1280, 720), theme=theme_name)
    for code in ("2024", "2021/issue/2"):
        desk.window.open_entry(code)
        for size in (*TEXT_SIZES, 100):
            desk.appearance.resize(size)
            assert faults(desk) == []
            assert desk.window.size().toTuple() == (1280, 720)
    desk.appearance.resize(200)
    desk.look_for("都市")
    assert faults(desk) == []


@pytest.mark.parametrize("tag", TAGS)
def test_a_page_at_200_per_cent_is_no_wider_than_its_view(tag: str, open_desk: OpenDesk, translated_plan: Plan) -> None:
    desk = open_desk(tag, translated_plan, size=(1280, 720), text_size=200)
    for node in list(translated_plan.nodes())[::7]:
        desk.window.open_entry(node.code)
        QApplication.processEvents()
        assert desk.view.document().size().width() <= desk.view.viewport().width()


def test_everything_grows_with_the_text(open_desk: OpenDesk) -> None:
    desk = open_desk("ja")
    shown = [
        *(label for label in desk.labels() if label.text()),
        *(b for b in desk.window.findChildren(QAbstractButton) if b.isVisible() and b.text()),
    ]
    heights = {widget: widget.fontMetrics().height() for widget in shown}
    assert len(heights) > 10
    words = desk.view.document().size().height()
    desk.appearance.resize(200)
    for widget, height in heights.items():
        assert widget.fontMetrics().height() > 1.8 * height, widget.objectName()
    assert desk.view.document().size().height() > 1.8 * words


def test_keys_wheel_and_buttons_change_the_text_size(open_desk: OpenDesk) -> None:
    desk = open_desk("en")

    def turn(widget, steps: int) -> None:
        place = QPointF(widget.rect().center())
        event = QWheelEvent(
            place, widget.mapToGlobal(place), QPoint(), QPoint(0, 120 * steps), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        # What a view leaves alone goes on to its window; with an event that no hand has made, Qt leaves that to us.
        if widget is not desk.window:
            QApplication.sendEvent(widget, event)
            assert not event.isAccepted()
        QApplication.sendEvent(desk.window, event)

    desk.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert desk.appearance.text_size == 125
    desk.press(Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert desk.appearance.text_size == 100
    turn(desk.view.viewport(), 1)
    assert desk.appearance.text_size == 125
    turn(desk.tree.viewport(), 1)
    assert desk.appearance.text_size == 150
    turn(desk.view.viewport(), -1)
    assert desk.appearance.text_size == 125
    desk.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert desk.appearance.text_size == 100
    QTest.mouseClick(sized_button(desk, "A+"), Qt.MouseButton.LeftButton)
    assert desk.appearance.text_size == 125
    QTest.mouseClick(sized_button(desk, "A−"), Qt.MouseButton.LeftButton)
    assert desk.appearance.text_size == 100
    assert not sized_button(desk, "A−").isEnabled()


def test_the_reader_stays_at_the_same_paragraph(open_desk: OpenDesk) -> None:
    desk = open_desk("ja", size=(1024, 700))
    desk.window.open_entry("2024/section/outlook")
    desk.view.verticalScrollBar().setValue(desk.view.verticalScrollBar().maximum() // 2)
    field = desk.view.document().place_at(desk.view.verticalScrollBar().value()).field
    for size in (200, 125, 100):
        desk.appearance.resize(size)
        assert desk.view.document().place_at(desk.view.verticalScrollBar().value()).field == field
    desk.appearance.choose("dark")
    assert desk.view.document().place_at(desk.view.verticalScrollBar().value()).field == field


# -- what is broken ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken", ["", "[colours", "[colours]\nink = 3\n", '[colours]\nink = "red"\n', "colours = 1\n", "\0"]
)
def test_a_broken_theme_file_leaves_a_theme_that_can_be_read(broken: str, tmp_path: Path) -> None:
    for name in THEMES:
        (tmp_path / f"{name}.toml").write_text(broken, encoding="utf-8")
    for name in (*THEMES, "missing"):
        loaded = theme.load(name, 100, tmp_path)
        assert loaded.window_sheet
        assert loaded.colours["ink"] != loaded.colours["paper"]
        assert loaded.sizes["body"] == 18


def test_a_broken_dark_theme_takes_what_it_lacks_from_the_light_one(tmp_path: Path) -> None:
    (tmp_path / "light.toml").write_text('[colours]\nink = "#111111"\npaper = "#eeeeee"\n', encoding="utf-8")
    (tmp_path / "dark.toml").write_text('[colours]\npaper = "#222222"\nink = "nothing"\n', encoding="utf-8")
    loaded = theme.load("dark", 100, tmp_path)
    assert (loaded.colours["ink"], loaded.colours["paper"]) == ("#111111", "#222222")


@pytest.mark.parametrize(("choice", "size"), [("pink", 100), ("", 0), ("dark", 110), ("light", -5)])
def test_a_choice_that_does_not_exist_is_the_usual_one(choice: str, size: int, dressed: QApplication) -> None:
    appearance = Appearance(choice, size)
    assert appearance.choice == (choice if choice in THEMES else "system")
    assert appearance.text_size == 100
