"""The kiosk on the real plan: a way in for everyone, three touches to any entry, and nothing that leads out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS, language
from minato_viewer.pages.paper import handover_code
from minato_viewer.pages.richtext import ENTRY_SCHEME
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.pin import hashed, is_right
from minato_viewer.services.settings import Settings
from minato_viewer.services.touch import REACH, TARGET, touch_sizes
from minato_viewer.ui.kiosk import bar, pin_pad
from minato_viewer.ui.kiosk.card_button import CardButton
from minato_viewer.ui.kiosk.gate import EACH
from minato_viewer.ui.kiosk.idle import LONGER, IdleQuestion, IdleWatch
from minato_viewer.ui.kiosk.pin_pad import BackOff, PinPad
from minato_viewer.ui.kiosk.take_away import MOST, QrCode, TakeAway
from minato_viewer.ui.kiosk.window import GUIDE
from minato_viewer.ui.shell import printer as printing
from tests.gui.desk import delete_now
from tests.gui.kiosk_window import LANDSCAPE, PORTRAIT, WIDE, Kiosk

Key = Qt.Key
OpenKiosk = Callable[..., Kiosk]


@pytest.fixture
def open_kiosk(dressed: QApplication, plan: Plan, qtbot) -> Iterator[OpenKiosk]:
    del qtbot
    kiosks: list[Kiosk] = []

    def open_one(*arguments, **options) -> Kiosk:
        kiosks.append(Kiosk(plan, *arguments, **options))
        return kiosks[-1]

    yield open_one
    for kiosk in kiosks:
        kiosk.close()
    delete_now()


@pytest.fixture
def kiosk(open_kiosk: OpenKiosk) -> Kiosk:
    return open_kiosk()


# -- the gate ------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
def test_touching_a_language_is_the_way_in(tag: str, kiosk: Kiosk) -> None:
    assert kiosk.window.gate.isVisible()
    kiosk.begin(tag)
    assert not kiosk.window.gate.isVisible()
    assert kiosk.window.home.isVisible()
    assert kiosk.translator.tag == tag
    title = next(label for label in kiosk.window.home.findChildren(QLabel) if label.isVisible())
    assert title.text() == messages(tag).gettext("What would you like to know?")


def test_the_gate_shows_true_facts_in_turn_in_all_languages_and_no_mayor(kiosk: Kiosk) -> None:
    gate = kiosk.window.gate
    assert EACH >= 5_000, "slowly"
    said: dict[str, set[str]] = {tag: set() for tag in TAGS}
    for turn in range(len(TAGS) * len(gate._codes)):
        gate._show(turn)
        said[TAGS[turn % len(TAGS)]].add(" | ".join(label.text() for label in gate._facts._labels))
    assert all(len(found) == len(gate._codes) >= 6 for found in said.values())
    japanese = " ".join(said["ja"])
    assert "282,317" in japanese
    forecasts = [text for text in said["ja"] if "282,317" in text]
    assert all("予測" in text for text in forecasts)
    assert all("区長" not in text and "mayor" not in text.lower() for found in said.values() for text in found)


def test_the_gate_never_begins_anew(kiosk: Kiosk) -> None:
    heard: list[str] = []
    kiosk.window.over.connect(lambda: heard.append("over"))
    assert not kiosk.window.idle._timer.isActive()
    kiosk.begin()
    assert kiosk.window.idle._timer.isActive()
    assert heard == []


# -- where things are ----------------------------------------------------------------------------


def links(kiosk: Kiosk, code: str) -> set[str]:
    kiosk.window.open_entry(code)
    html = kiosk.window.reading.pane.view.toHtml()
    return {part.partition('"')[0] for part in html.split(f'href="{ENTRY_SCHEME}:')[1:]}


def test_every_entry_of_the_plan_is_at_most_three_touches_from_home(kiosk: Kiosk, plan: Plan) -> None:
    kiosk.begin()
    first = {code for _, code in kiosk.window.home._cards if plan.node(code) is not None}
    assert len(first) == 14
    seen, reached = set(first), set(first)
    for _ in range(2):
        reached = {target for code in reached for target in links(kiosk, code)} - seen
        seen |= reached
    everything = {node.code for node in plan.nodes()}
    # What the viewer says of itself, and the list of the topics, which is the home itself.
    own = {code for code in everything if code.startswith("viewer/guide") or code in plan.editions} | {"viewer/topic"}
    assert everything - own - seen == set()


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE, WIDE])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("tag", TAGS)
def test_whatever_is_touched_is_twenty_millimetres_large(
    tag: str, large: bool, size: tuple[int, int], open_kiosk: OpenKiosk
) -> None:
    kiosk = open_kiosk(tag, size)
    for place in ("gate", "home", "page"):
        if place == "home":
            kiosk.begin(tag)
            if large:
                kiosk.window.bar[bar.LETTERS].click()
        if place == "page":
            kiosk.window.open_entry("viewer/topic/disaster")
        QTest.qWait(5)
        targets = kiosk.targets()
        assert len(targets) >= 5
        for target in targets:
            assert min(target.width(), target.height()) >= kiosk.sizes.target, target.accessibleName()
            area = target.rect().translated(target.mapTo(kiosk.window, QPoint()))
            assert area.left() >= 0
            assert area.right() < kiosk.window.width()
        assert kiosk.window.size().toTuple() == size


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE, (3840, 2160)])
def test_a_row_of_a_list_is_a_target_as_a_whole(size: tuple[int, int], open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("ja", size)
    kiosk.begin()
    kiosk.window.open_entry("viewer/topic/disaster")
    view, document = kiosk.window.reading.pane.view, kiosk.window.reading.pane.document
    y, found = 0, []
    while y < view.viewport().height():
        found.append(document.link_of_row(y))
        y += 1
    rows = {code: found.count(code) for code in found if code}
    assert len(rows) >= 2
    first = next(iter(rows))
    assert rows[first] >= kiosk.sizes.target - 2
    middle = found.index(first) + rows[first] // 2
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(view.viewport().width() - 60, middle))
    QTest.qWait(300)
    assert kiosk.code == first


def test_a_touch_of_a_link_leads_one_page_on_and_not_two(kiosk: Kiosk) -> None:
    """Where the page that it leads to has a row at the same place."""
    kiosk.begin()
    window = kiosk.window
    window.open_entry("viewer/topic/disaster")
    view = window.reading.pane.view
    places = [QPoint(x, y) for y in range(0, view.viewport().height(), 24) for x in range(60, 500, 60)]
    links = [place for place in places if view.anchorAt(place)]
    assert len(links) > 8
    for place in links:
        window.go_home()
        window.open_entry("viewer/topic/disaster")
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert len(window._history) <= 2, place


def test_letters_are_as_large_as_the_eye_needs_them() -> None:
    sizes = touch_sizes(1920, 1080, Settings(kiosk_inches=21.5))
    body = {
        name: 18 * percent / 100 * 0.72 / sizes.per_millimetre
        for name, percent in sizes._asdict().items()
        if name in ("usual", "large")
    }
    assert body["usual"] >= 4.8
    assert body["large"] >= 7.3
    assert sizes.target / sizes.per_millimetre >= TARGET


def low(kiosk: Kiosk, place: str) -> None:
    """Go to a place of a visit in the low mode."""
    window = kiosk.window
    if place == "page":
        window.open_entry("2024/issue/2")
    elif place == "large letters":
        window.bar[bar.LETTERS].click()
    elif place == "take away":
        window.bar[bar.TAKE].click()
    elif place == "question":
        window._question.ask()
    elif place == "language":
        window._question.leave()
        kiosk.press(Key.Key_Escape)
        window.bar[bar.LANGUAGE].click()
    elif place == "search":
        kiosk.begin()
        window.open_search()


def out_of_reach(kiosk: Kiosk, bottom: int) -> dict[str, object]:
    """Return what is higher than REACH (millimetres), and what is cut though nothing scrolls it."""
    found: dict[str, object] = {}
    for target in kiosk.targets():
        top = kiosk.window.height() - target.mapTo(kiosk.window, QPoint()).y()
        height = round(bottom + top / kiosk.sizes.per_millimetre)
        seen = target.visibleRegion()
        if height > REACH and not seen.isEmpty():
            found[target.accessibleName()] = height
        if isinstance(target, QToolButton | CardButton) and seen.boundingRect() != target.rect():
            found[target.accessibleName()] = "cut"
    return found


@pytest.mark.parametrize(("size", "bottom"), [(PORTRAIT, 900), (PORTRAIT, 1000), (WIDE, 1050), (LANDSCAPE, 700)])
def test_the_low_mode_brings_every_control_within_reach(
    size: tuple[int, int], bottom: int, open_kiosk: OpenKiosk, qtbot
) -> None:
    inches = 43 if size == PORTRAIT else 21.5
    kiosk = open_kiosk("ja", size, kiosk_bottom=bottom, kiosk_inches=inches)
    kiosk.begin()
    way = kiosk.window.bar[bar.LOW]
    top = size[1] - way.mapTo(kiosk.window, QPoint()).y()
    assert bottom + top / kiosk.sizes.per_millimetre <= REACH, "the way there is within reach itself"
    if kiosk.sizes.beyond_reach:
        way.click()
    for place in ("home", "page", "large letters", "take away", "question", "language", "search"):
        low(kiosk, place)
        with suppress(qtbot.TimeoutError):
            qtbot.waitUntil(lambda: not out_of_reach(kiosk, bottom), timeout=1000)  # until everything has its place
        assert out_of_reach(kiosk, bottom) == {}, place
        assert kiosk.targets()
        assert kiosk.window.size().toTuple() == size, place


# -- how it looks --------------------------------------------------------------------------------


def test_letters_colours_furigana_and_language_are_changed_at_the_bar(kiosk: Kiosk) -> None:
    kiosk.begin()
    window = kiosk.window
    window.open_entry("viewer/topic/disaster")
    kiosk.touch(window.bar[bar.LETTERS])
    assert kiosk.appearance.text_size == kiosk.sizes.large
    kiosk.touch(window.bar[bar.COLOURS])
    assert kiosk.appearance.theme.name == "contrast"
    kiosk.touch(window.bar[bar.FURIGANA])
    assert kiosk.furigana.on
    assert window.bar[bar.FURIGANA].isChecked()
    kiosk.touch(window.bar[bar.LANGUAGE])
    assert window.gate.isVisible()
    kiosk.begin("ko")
    assert kiosk.code == "viewer/topic/disaster", "where the visitor was"
    assert kiosk.translator.tag == "ko"
    assert not window.bar[bar.FURIGANA].isEnabled()
    for name in (bar.LETTERS, bar.COLOURS):
        kiosk.touch(window.bar[name])
    assert (kiosk.appearance.text_size, kiosk.appearance.theme.name) == (kiosk.sizes.usual, "light")


def test_back_and_home_are_always_at_their_place(kiosk: Kiosk) -> None:
    kiosk.begin()
    window = kiosk.window
    places = {name: window.bar[name].mapTo(window, QPoint()) for name in bar.NAMES}
    for code in ("viewer/topic/disaster", "2024/issue/2", "2024/measure/disaster"):
        window.open_entry(code)
        assert {name: window.bar[name].mapTo(window, QPoint()) for name in bar.NAMES} == places
    kiosk.touch(window.bar[bar.BACK])
    assert kiosk.code == "2024/issue/2"
    kiosk.touch(window.bar[bar.BACK])
    kiosk.touch(window.bar[bar.BACK])
    assert window.home.isVisible()
    assert not window.bar[bar.BACK].isEnabled()
    window.open_entry("2024/issue/2")
    kiosk.touch(window.bar[bar.HOME])
    assert window.home.isVisible()


def test_the_disaster_topic_says_what_it_is_not(kiosk: Kiosk) -> None:
    kiosk.begin("en")
    kiosk.window.open_entry("viewer/topic/disaster")
    said = kiosk.window.reading.pane.view.toPlainText()
    assert said.index("plan") < 400
    assert "not" in said[:400]


def test_only_what_visitors_may_be_shown_is_shown(open_kiosk: OpenKiosk, plan: Plan) -> None:
    kiosk = open_kiosk("ja", PORTRAIT, reference_text="staff")
    kiosk.begin("en")
    kiosk.window.open_entry("2024/district/takanawa")
    assert "Takanawa District plan" not in kiosk.window.reading.pane.view.toPlainText()


# -- by keypad alone -----------------------------------------------------------------------------


def test_the_whole_journey_by_keypad(kiosk: Kiosk) -> None:
    names = []
    for _ in range(3):
        names.append(QApplication.focusWidget().accessibleName())
        kiosk.press(Key.Key_Down)
    assert [name.partition(".")[0] for name in names] == [language(tag).name for tag in TAGS[:3]]
    for _ in range(3):
        kiosk.press(Key.Key_Up)
    kiosk.press(Key.Key_Return)
    assert kiosk.window.home.isVisible()
    kiosk.press(Key.Key_Down)
    assert QApplication.focusWidget().accessibleName() == "子育て・教育"
    assert kiosk.window._ring.isVisible()
    kiosk.press(Key.Key_Return)
    assert kiosk.code == "viewer/topic/childcare"
    kiosk.press(Key.Key_Backspace)
    assert kiosk.window.home.isVisible()
    kiosk.press(Key.Key_Return)
    kiosk.press(Key.Key_Home)
    assert kiosk.window.home.isVisible()


def test_the_focus_is_seen_by_a_keyboard_and_not_by_a_touch(kiosk: Kiosk) -> None:
    ring = kiosk.window._ring
    kiosk.begin()
    QTest.qWait(5)
    assert not ring.isVisible()
    kiosk.press(Key.Key_Down)
    QTest.qWait(5)
    assert ring.isVisible()
    kiosk.window.open_search()
    kiosk.press(Key.Key_Right)
    QTest.qWait(5)
    assert ring.isVisible()
    QTest.mouseClick(kiosk.window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.qWait(5)
    assert not ring.isVisible()


# -- the end of a visit --------------------------------------------------------------------------


def test_whoever_stays_away_is_asked_and_then_forgotten(qtbot) -> None:
    watch = IdleWatch(1, QApplication.instance(), warning=1)
    heard: list[object] = []
    watch.asked.connect(lambda: heard.append("asked"))
    watch.counted.connect(heard.append)
    watch.expired.connect(lambda: heard.append("expired"))
    watch.start()
    qtbot.waitUntil(lambda: "expired" in heard, timeout=4000)
    assert heard == ["asked", 1, "expired"]
    QTest.qWait(600)
    assert heard == ["asked", 1, "expired"], "and then nothing more"


def asked(kiosk: Kiosk, qtbot) -> IdleQuestion:
    """Have the question come."""
    kiosk.begin()
    kiosk.window.idle._wait = 0.3
    question = kiosk.window._question
    qtbot.waitUntil(question.isVisible, timeout=3000)
    kiosk.window.idle._wait = 60
    return question


@pytest.mark.parametrize("use", ["touch", "key"])
def test_any_use_goes_on_and_does_nothing_else(use: str, kiosk: Kiosk, qtbot) -> None:
    question = asked(kiosk, qtbot)
    assert kiosk.translator.messages.gettext("Continue") in [b.text() for b in question.findChildren(QPushButton)]
    handle = kiosk.window.windowHandle()
    if use == "touch":
        card = kiosk.window.home._cards[4][0]
        place = card.mapTo(kiosk.window, card.rect().center())
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    else:
        QTest.keyClick(handle, Key.Key_Shift)
    qtbot.waitUntil(lambda: not question.isVisible(), timeout=1000)
    assert kiosk.window.home.isVisible(), "what is below the question was not touched"


@pytest.mark.parametrize("use", ["touch", "keypad"])
def test_whoever_wants_more_time_gets_it(use: str, kiosk: Kiosk, qtbot) -> None:
    watch = kiosk.window.idle
    usual = watch._usual
    question = asked(kiosk, qtbot)
    more = question._more
    if use == "touch":
        place = more.mapTo(kiosk.window, more.rect().center())
        QTest.mouseClick(kiosk.window.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
    else:
        kiosk.press(Key.Key_Down)
        assert question.isVisible()
        assert more.hasFocus()
        kiosk.press(Key.Key_Return)
    qtbot.waitUntil(lambda: not question.isVisible(), timeout=1000)
    assert watch._wait == usual * LONGER
    watch.start()
    assert watch._wait == usual, "the next visitor"


def test_finish_ends_the_visit(kiosk: Kiosk) -> None:
    heard: list[str] = []
    kiosk.window.over.connect(lambda: heard.append("over"))
    kiosk.begin()
    kiosk.touch(kiosk.window.bar[bar.FINISH])
    assert heard == ["over"]


# -- nothing leads out ---------------------------------------------------------------------------

CHORDS = [
    (Key.Key_F4, Qt.KeyboardModifier.AltModifier),
    *((key, Qt.KeyboardModifier.ControlModifier) for key in (
        Key.Key_Q, Key.Key_W, Key.Key_O, Key.Key_P, Key.Key_S, Key.Key_N, Key.Key_F, Key.Key_A, Key.Key_C, Key.Key_K,
        Key.Key_L, Key.Key_T, Key.Key_Tab, Key.Key_Plus, Key.Key_Minus, Key.Key_0,
    )),
    *((key, Qt.KeyboardModifier.NoModifier) for key in (
        Key.Key_F5, Key.Key_F8, Key.Key_F9, Key.Key_F10, Key.Key_F11, Key.Key_F12, Key.Key_Print,
        Key.Key_Menu, Key.Key_Pause,
    )),
]  # fmt: skip


@pytest.mark.parametrize("place", ["gate", "home", "page"])
def test_no_chord_does_anything(place: str, kiosk: Kiosk) -> None:
    if place != "gate":
        kiosk.begin()
    if place == "page":
        kiosk.window.open_entry("2024/district/takanawa")
        kiosk.window.reading.pane.view.setFocus()
    QGuiApplication.clipboard().setText("before")
    before = (kiosk.code, kiosk.translator.tag, kiosk.appearance.text_size, kiosk.window._stack.currentWidget())
    windows = set(QApplication.topLevelWidgets())
    for key, modifiers in CHORDS:
        kiosk.press(key, modifiers)
    after = (kiosk.code, kiosk.translator.tag, kiosk.appearance.text_size, kiosk.window._stack.currentWidget())
    assert after == before
    assert [w for w in set(QApplication.topLevelWidgets()) - windows if w.isVisible()] == []
    assert QGuiApplication.clipboard().text() == "before"
    assert kiosk.window.isVisible()


def test_the_window_manager_cannot_close_it(kiosk: Kiosk) -> None:
    kiosk.begin()
    # What a window manager sends comes through the window's handle.
    QCoreApplication.sendEvent(kiosk.window.windowHandle(), QCloseEvent())
    QCoreApplication.processEvents()
    assert kiosk.window.isVisible()


def test_no_menu_opens_and_nothing_can_be_selected(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.window.open_entry("2024/district/takanawa")
    view = kiosk.window.reading.pane.view
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        QTest.mouseClick(view.viewport(), button, pos=QPoint(200, 200))
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(120, 320))
    QTest.mouseMove(view.viewport(), QPoint(500, 330))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(500, 330))
    QTest.qWait(20)
    assert not view.textCursor().hasSelection()
    assert QApplication.activePopupWidget() is None
    kiosk.window.open_search()
    accepting = [w.objectName() for w in kiosk.window.findChildren(QWidget) if w.acceptDrops()]
    assert accepting == [], "nothing can be dropped"


# -- the way out of staff ------------------------------------------------------------------------


def corners(kiosk: Kiosk, order: tuple[tuple[int, int], ...]) -> None:
    for right, low in order:
        x, y = (kiosk.window.width() - 9) * right + 4, (kiosk.window.height() - 9) * low + 4
        QTest.mouseClick(kiosk.window, Qt.MouseButton.LeftButton, pos=QPoint(x, y))


CLOCKWISE = ((0, 0), (1, 0), (1, 1), (0, 1))


def test_a_pin_pad_that_nobody_uses_goes(open_kiosk: OpenKiosk, monkeypatch: pytest.MonkeyPatch, qtbot) -> None:
    monkeypatch.setattr(pin_pad, "FORGOTTEN", 50)
    kiosk = open_kiosk(kiosk_pin=hashed("2580", rounds=100_000))
    corners(kiosk, CLOCKWISE)
    assert kiosk.window.findChildren(PinPad)
    qtbot.waitUntil(lambda: not kiosk.window.findChildren(PinPad), timeout=2000)
    assert kiosk.window.gate.isVisible()


def test_staff_leave_by_four_corners_and_a_pin(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("ja", PORTRAIT, kiosk_pin=hashed("2580", rounds=100_000))
    heard: list[str] = []
    kiosk.window.left.connect(lambda: heard.append("left"))
    corners(kiosk, CLOCKWISE[::-1])
    assert kiosk.window.findChildren(PinPad) == []
    corners(kiosk, CLOCKWISE)
    (pad,) = kiosk.window.findChildren(PinPad)
    keys = {button.text(): button for button in pad.findChildren(QPushButton)}
    for key in ("1", "1", "1", "1", "OK"):
        keys[key].click()
    assert heard == []
    for key in ("2", "5", "8", "0", "OK"):
        keys[key].click()
    assert heard == [], "after a wrong one nobody may try at once"
    kiosk.window._back_off._since.invalidate()
    kiosk.window._back_off._wrong = 0
    for key in ("2", "5", "8", "1", "⌫", "0", "OK"):
        keys[key].click()
    assert heard == ["left"]


def test_without_a_pin_there_is_no_way_out(kiosk: Kiosk) -> None:
    corners(kiosk, CLOCKWISE)
    assert kiosk.window.findChildren(PinPad) == []


def test_each_wrong_pin_takes_twice_as_long() -> None:
    back_off = BackOff()
    assert back_off.left() == 0
    waits = []
    for _ in range(9):
        back_off.note(right=False)
        waits.append(back_off.left())
    assert waits == [5, 10, 20, 40, 80, 160, 320, 600, 600]
    back_off.note(right=True)
    assert back_off.left() == 0


def test_a_pin_is_kept_as_a_slow_hash() -> None:
    kept = hashed("2580")
    assert "2580" not in kept
    assert int(kept.split(":")[1]) >= 600_000
    assert is_right("2580", kept)
    assert not is_right("2581", kept)
    assert hashed("2580") != kept, "salted"
    for broken in ("", "x", "pbkdf2-sha256:1:zz:00", "a:b:c:d"):
        assert not is_right("2580", broken)


# -- what is taken along -------------------------------------------------------------------------


class Paper(QPrinter):
    """A printer that prints into a file, as that of a machine does into its queue."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.setOutputFileName(str(path))


def offered(kiosk: Kiosk) -> TakeAway:
    kiosk.touch(kiosk.window.bar[bar.TAKE])
    QTest.qWait(5)
    return kiosk.window._stack.findChild(TakeAway)


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE, WIDE])
def test_a_page_is_taken_along_as_a_code_and_as_a_qr_code(
    size: tuple[int, int], open_kiosk: OpenKiosk, plan: Plan
) -> None:
    kiosk = open_kiosk("ja", size, kiosk_printer="lobby")
    kiosk.begin("ja")
    assert not kiosk.window.bar[bar.TAKE].isEnabled(), "nothing is open"
    kiosk.window.open_entry("2024/issue/2")
    for tag in TAGS:
        kiosk.translator.activate(tag)
        offer = offered(kiosk)
        texts = [label.text() for label in offer.findChildren(QLabel)]
        assert handover_code(plan, "2024/issue/2", tag) in texts
        (picture,) = offer.findChildren(QrCode)
        assert picture.width() / kiosk.sizes.per_millimetre > 40
        assert kiosk.settings.city_page in picture.accessibleName()
        for part in (*offer.findChildren(QLabel), *offer.findChildren(QPushButton), picture):
            area = part.rect().translated(part.mapTo(offer, QPoint()))
            assert offer.rect().contains(area), (tag, part)
            if isinstance(part, QPushButton):
                assert min(part.width(), part.height()) >= kiosk.sizes.target
        kiosk.touch(offer._back)
        assert kiosk.code == "2024/issue/2"
        assert not offer.isVisible()
        delete_now()


def test_a_page_is_printed_once_and_five_pages_at_most(
    open_kiosk: OpenKiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def named(name: str) -> QPrinter:
        made.append(tmp_path / f"{len(made)}-{name}.pdf")
        return Paper(made[-1])

    monkeypatch.setattr(printing, "named", named)
    kiosk = open_kiosk("ko", kiosk_printer="lobby")
    kiosk.begin("ko")
    for number in range(1, MOST + 2):
        kiosk.window.open_entry(f"2024/issue/{number}")
        offer = offered(kiosk)
        assert offer._print.isEnabled() is (number <= MOST)
        kiosk.touch(offer._print)
        assert not offer._print.isEnabled()
        kiosk.press(Key.Key_Escape)
        QTest.qWait(5)
    assert len(made) == MOST
    assert all(b"%PDF" in path.read_bytes()[:8] for path in made)
    kiosk.window.open_entry("2024/issue/1")
    assert not offered(kiosk)._print.isEnabled()


def test_what_cannot_be_printed_sends_the_visitor_to_the_counter(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("en", kiosk_printer="there is none of this name")
    kiosk.begin("en")
    kiosk.window.open_entry("2024/issue/2")
    offer = offered(kiosk)
    kiosk.touch(offer._print)
    assert "ask at the counter" in offer._said.text()
    assert offer._print.isEnabled(), "somebody may have mended it"


def test_without_a_printer_and_a_city_page_only_the_code_is_offered(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("en", city_page="")
    kiosk.begin("en")
    kiosk.window.open_entry("2024/issue/2")
    offer = offered(kiosk)
    assert offer.findChildren(QrCode) == []
    assert [button.text() for button in offer.findChildren(QPushButton) if button.isVisible()] == ["Back to the page"]


# -- keys ----------------------------------------------------------------------------------------


def test_help_says_how_to_use_the_screen(kiosk: Kiosk) -> None:
    kiosk.press(Key.Key_F1)
    assert kiosk.window.gate.isVisible(), "before anybody is there, there is nothing to explain"
    kiosk.begin()
    kiosk.press(Key.Key_Help)
    assert kiosk.code == GUIDE
    kiosk.press(Key.Key_Backspace)
    assert kiosk.window.home.isVisible()
    kiosk.touch(kiosk.window.bar[bar.HELP])
    assert kiosk.code == GUIDE


def test_arrows_go_over_the_cards_as_they_lie(kiosk: Kiosk) -> None:
    kiosk.begin()
    home = kiosk.window.home
    columns = home._columns
    assert columns > 1
    ways = [(Key.Key_Down, 1), (Key.Key_Right, 2), (Key.Key_Down, 2 + columns), (Key.Key_Left, 1 + columns)]
    for key, number in [*ways, (Key.Key_Up, 1), (Key.Key_Up, 0)]:
        kiosk.press(key)
        assert home._cards[number][0].hasFocus(), number
    for _ in range(20):
        kiosk.press(Key.Key_Down)
    assert QApplication.focusWidget() in kiosk.window.bar._buttons.values()
    for _ in range(20):
        kiosk.press(Key.Key_Right)
    assert kiosk.window.bar[bar.FINISH].hasFocus(), "never round the end"
    for _ in range(3):
        kiosk.press(Key.Key_Up)
    assert home._cards[0][0].hasFocus()


def test_arrows_read_a_long_page_to_its_end_and_never_skip_a_part(open_kiosk: OpenKiosk, plan: Plan) -> None:
    code = max(plan.nodes(), key=lambda node: sum(len(row.text) for row in plan.texts(node.id))).code
    kiosk = open_kiosk("ja", LANDSCAPE)
    kiosk.begin()
    kiosk.window.bar[bar.LETTERS].click()
    kiosk.window.open_entry(code)
    view = kiosk.window.reading.pane.view
    bar_ = view.verticalScrollBar()
    assert bar_.maximum() > bar_.pageStep()
    seen = [bar_.value()]
    for _ in range(300):
        if not view.hasFocus():
            break
        kiosk.press(Key.Key_Down)
        seen.append(bar_.value())
    assert not view.hasFocus(), "on to the bar"
    assert bar_.value() == bar_.maximum()
    assert max(after - before for before, after in pairwise(seen)) < bar_.pageStep()
