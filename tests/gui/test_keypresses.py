"""The everyday path of a counter in real key presses: look for a word, open it, speak the visitor's language, print.

What is counted is every key beyond the characters of the word. The printer alone is a fake.
"""

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.paper import Order
from minato_viewer.ui.shell import printer as printing
from minato_viewer.ui.shell.print_dialog import PrintDialog
from tests.gui.conftest import OpenDesk
from tests.gui.desk import LIMIT, Desk, delete_now, focus_is
from tests.gui.pdfs import squeezed
from tests.gui.test_print_dialog import FileOfPrinter

Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LANGUAGE_KEYS = dict(zip(TAGS, (Key.Key_F2, Key.Key_F3, Key.Key_F4, Key.Key_F5, Key.Key_F6), strict=True))
MOST_KEYS = 6
"""With the one that the system's own dialog for printers takes."""

WAYS = [
    # Language of the counter, what is typed, language of the visitor.
    ("ja", "防災", "zh-Hans"),
    ("ja", "bousai", "en"),
    ("ja", "こそだて", "ja-x-easy"),
    ("ja", "育儿", "zh-Hans"),
    ("ja", "childcare", "en"),
    ("ja", "방재", "ko"),
    ("ja", "政策4", "ko"),
    ("en", "childcare", "en"),
    ("en", "bousai", "ja"),
    ("ko", "방재", "en"),
    ("zh-Hans", "防灾", "ja-x-easy"),
    ("ja-x-easy", "ぼうさい", "ja"),
]


class Hands:
    """The hands of staff at the keyboard, and how often they pressed a key that is no character of the word."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.pressed = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key, with others held or not: one press, wherever the focus is in the window that has it."""
        self.pressed += 1
        window = QApplication.activeWindow()
        assert window is not None
        QTest.keyClick(window.windowHandle(), key, modifiers)
        QCoreApplication.processEvents()

    def type(self, word: str) -> None:
        """Type a word: ASCII by its keys, anything else as an input method commits it."""
        widget = QApplication.focusWidget()
        assert widget is not None
        if word.isascii():
            for character in word:
                QTest.keyClick(widget.window().windowHandle(), character)
        else:
            committed = QInputMethodEvent()
            committed.setCommitString(word)
            QCoreApplication.sendEvent(widget, committed)
        QCoreApplication.processEvents()
        self.desk.panel.await_results()


class SystemDialog(QObject):
    """Presses Enter in the system's dialog for printers, which is the real one, and never leaves it open."""

    def __init__(self, hands: Hands) -> None:
        super().__init__()
        self._hands = hands
        self.seen = 0
        self._timer = QTimer(self)
        self._timer.setInterval(50)
        self._timer.timeout.connect(self._answer)
        self._timer.start()

    def _answer(self) -> None:
        shown = QApplication.activeModalWidget()
        if isinstance(shown, QPrintDialog) and not self.seen:
            self.seen += 1
            self._hands.press(Key.Key_Return)
        elif self.seen and shown is not None and not isinstance(shown, PrintDialog):
            self._timer.stop()
            shown.close()  # whatever it complains of; the paper that lacks then fails the test


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a printer takes: the machine has one, and it prints into this file."""
    path = tmp_path / "queue.pdf"

    class Printer(FileOfPrinter):
        def __init__(self, _mode: QPrinter.PrinterMode) -> None:
            super().__init__(path)

    monkeypatch.setattr(printing, "QPrinter", Printer)
    monkeypatch.setattr(Printer, "PrinterMode", QPrinter.PrinterMode, raising=False)
    monkeypatch.setattr(printing.QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["Counter 3"]))
    return path


def path_on_paper(desk: Desk, queue: Path, word: str, downs: int, visitor: str) -> tuple[int, int]:
    """Go the whole way; return how many keys the program took, and how many the system's dialog."""
    hands = Hands(desk)
    hands.press(Key.Key_K, CONTROL)
    assert focus_is(desk.window.header.search_box)
    hands.type(word)
    results = desk.results()
    assert results, word
    for _ in range(downs):
        hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    wanted = results[max(downs - 1, 0)]
    assert (desk.code, desk.chosen) == (wanted, wanted)
    assert desk.panel.isHidden()
    if visitor != desk.translator.tag:
        hands.press(LANGUAGE_KEYS[visitor])
    assert (desk.code, desk.translator.tag) == (wanted, visitor)
    hands.press(Key.Key_P, CONTROL)
    (dialog,) = desk.window.findChildren(PrintDialog)
    assert dialog.order._replace(furigana=()) == Order((wanted,), (visitor,)), "the entry that is open, for the visitor"
    system = SystemDialog(hands)
    hands.press(Key.Key_Return)
    assert not isValid(dialog) or not dialog.isVisible(), "all is printed"
    text = squeezed("".join(page.extract_text() for page in PdfReader(queue).pages))
    assert squeezed(messages(visitor).gettext("Code that opens this page: {code}", code="")) in text
    assert system.seen == 1
    delete_now()
    return hands.pressed - system.seen, system.seen


@pytest.mark.parametrize(("counter", "word", "visitor"), WAYS)
def test_a_word_an_entry_a_language_a_sheet_take_six_keys_at_most(
    counter: str, word: str, visitor: str, open_desk: OpenDesk, queue: Path
) -> None:
    desk = open_desk(counter)
    ours, of_the_system = path_on_paper(desk, queue, word, 0, visitor)
    assert (ours, of_the_system) == (5 if visitor != counter else 4, 1)
    assert ours + of_the_system <= MOST_KEYS


@pytest.mark.parametrize(("downs", "ours"), [(1, 6), (2, 7)])
def test_another_result_than_the_first_takes_a_key_for_each_row(
    downs: int, ours: int, open_desk: OpenDesk, queue: Path
) -> None:
    assert path_on_paper(open_desk("ja"), queue, "防災", downs, "zh-Hans") == (ours, 1)


def test_after_the_sheet_the_next_word_is_one_key_away(open_desk: OpenDesk, queue: Path) -> None:
    desk = open_desk("ja")
    path_on_paper(desk, queue, "防災", 0, "en")
    desk.window.activateWindow()  # as a desktop does when a dialog has closed
    QTest.qWaitForWindowActive(desk.window, LIMIT)
    hands = Hands(desk)
    hands.press(Key.Key_K, CONTROL)
    hands.type("育儿")
    hands.press(Key.Key_Return)
    assert (desk.code, hands.pressed) == ("viewer/topic/childcare", 2)


def test_a_word_that_nobody_wrote_opens_nothing_and_says_so(open_desk: OpenDesk) -> None:
    desk = open_desk("en")
    before = desk.code
    hands = Hands(desk)
    hands.press(Key.Key_K, CONTROL)
    hands.type("xyzzy")
    hands.press(Key.Key_Return)
    assert (desk.code, desk.results()) == (before, [])
    assert desk.panel.isVisible()
    assert focus_is(desk.window.header.search_box)
