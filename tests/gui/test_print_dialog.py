"""The print dialog: what is chosen is what is shown, printed, saved or copied. The printer alone is a fake."""

import errno
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.paper import LARGE, Order, branch
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.settings import THEMES
from minato_viewer.ui.shell import printer as printing
from minato_viewer.ui.shell.print_dialog import BRANCH, ENTRY, HANDOUT, PrintDialog
from tests.gui.conftest import OpenDesk
from tests.gui.desk import LIMIT, Desk, delete_now
from tests.gui.pdfs import printed, squeezed

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
ENTRY_CODE = "2024/section/districts"


@pytest.fixture
def at_districts(desk: Desk) -> Desk:
    desk.window.open_entry(ENTRY_CODE)
    return desk


def opened(desk: Desk) -> PrintDialog:
    desk.window.activateWindow()  # as a desktop does when a dialog has closed
    QTest.qWaitForWindowActive(desk.window, LIMIT)
    desk.press(Key.Key_P, CONTROL)
    (dialog,) = desk.window.findChildren(PrintDialog)
    return dialog


def wait(until: Callable[[], bool]) -> None:
    for _ in range(LIMIT):
        if until():
            return
        QTest.qWait(1)
    raise AssertionError


def press(dialog: PrintDialog, message: str) -> None:
    text = messages("ja").gettext(message)
    (button,) = [button for button in dialog.findChildren(QPushButton) if button.text() == text]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def said(dialog: PrintDialog) -> str:
    """Return the sentence of the fault that the dialog shows, and close it."""
    (box,) = dialog.findChildren(QMessageBox)
    text = box.text()
    box.close()
    delete_now()
    return text


def save_as(dialog: PrintDialog, path: Path) -> None:
    """Save under a name, as a reader does in Qt's own dialog."""
    press(dialog, "Save as PDF…")
    (files,) = dialog.findChildren(QFileDialog)
    assert files.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert not files.testOption(QFileDialog.Option.DontConfirmOverwrite), "asks before it replaces a file"
    files.fileSelected.emit(str(path))
    files.close()
    delete_now()


# -- what is chosen ------------------------------------------------------------------------------


def test_it_begins_with_the_entry_that_is_open_in_the_language_of_the_interface(at_districts: Desk) -> None:
    dialog = opened(at_districts)
    assert dialog.order == Order((ENTRY_CODE,), ("ja",))
    dialog.close()


def test_every_choice_is_in_the_order(at_districts: Desk, plan: Plan) -> None:
    at_districts.window.paper.handout.add("2021/policy/4")
    dialog = opened(at_districts)
    dialog._what.choose(BRANCH)
    dialog._second.choose("ko")
    dialog._paper.choose(1)
    dialog._size.choose(1)
    assert dialog.order == Order(branch(plan, ENTRY_CODE), ("ja", "ko"), "A5", LARGE, branch=True)
    dialog._what.choose(HANDOUT)
    dialog._second.choose("ja")
    assert dialog.order == Order(("2021/policy/4",), ("ja",), "A5", LARGE)
    dialog.close()


def test_the_second_language_stays_for_the_next_print(at_districts: Desk) -> None:
    dialog = opened(at_districts)
    dialog._second.choose("ko")
    dialog.close()
    delete_now()
    dialog = opened(at_districts)
    assert dialog.order.tags == ("ja", "ko")
    dialog.close()


def test_what_there_is_not_cannot_be_chosen(desk: Desk) -> None:
    desk.window.open_entry("2021/policy/4")
    dialog = opened(desk)
    offered = [dialog._what._group.button(number).isEnabled() for number in (ENTRY, BRANCH, HANDOUT)]
    assert offered == [True, False, False]
    dialog.close()


def test_the_look_follows_every_choice(at_districts: Desk) -> None:
    dialog = opened(at_districts)
    picture = dialog.preview.picture
    wait(lambda: not picture._drawn.isNull())
    seen = [picture._drawn.toImage()]
    for change in (
        lambda: dialog._second.choose("en"),
        lambda: dialog._paper.choose(1),
        lambda: dialog._size.choose(1),
        lambda: dialog._what.choose(BRANCH),
    ):
        before = picture._drawn.cacheKey()
        change()
        wait(lambda before=before: not dialog._working.isActive() and picture._drawn.cacheKey() != before)
        seen.append(picture._drawn.toImage())
    assert all(one != other for one, other in pairwise(seen))
    dialog.close()


def test_sheets_are_turned_and_no_further_than_there_are(at_districts: Desk) -> None:
    dialog = opened(at_districts)
    dialog._what.choose(BRANCH)
    preview = dialog.preview
    wait(lambda: not dialog._working.isActive())
    count = dialog._sheets.count
    assert count > 2
    for _ in range(count + 2):
        preview.go_on()
    assert preview.number == count - 1
    assert str(count) in preview.picture.accessibleName()
    preview.go_back()
    assert preview.number == count - 2
    dialog._what.choose(ENTRY)
    wait(lambda: not dialog._working.isActive())
    assert dialog._sheets.count < count - 1
    assert preview.number == dialog._sheets.count - 1, "the last that there is"
    dialog.close()


@pytest.mark.parametrize(("tag", "theme"), [(tag, THEMES[1 + number % 3]) for number, tag in enumerate(TAGS)])
def test_all_of_it_can_be_read_on_a_small_window_with_large_text(tag: str, theme: str, open_desk: OpenDesk) -> None:
    desk = open_desk(tag, size=(1024, 700), text_size=200, theme=theme)
    dialog = opened(desk)
    QCoreApplication.processEvents()
    assert dialog.width() <= 1024
    for button in dialog._buttons.findChildren(QPushButton):
        assert button.width() >= button.sizeHint().width()
        assert dialog.rect().contains(button.mapTo(dialog, button.rect().bottomRight()))
    dialog.close()


def test_the_keyboard_alone_prints(at_districts: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(printing, "choose", lambda sheets, parent: asked.append(sheets.count))
    dialog = opened(at_districts)
    QTest.keyClick(QApplication.focusWidget() or dialog, Key.Key_Return)
    assert asked == [dialog._sheets.count]
    assert dialog.isVisible(), "the reader thought better of it"
    QTest.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()


# -- printing ------------------------------------------------------------------------------------


class FileOfPrinter(QPrinter):
    """A printer that prints into a file, as that of a machine does into its queue."""

    def __init__(self, path: Path, state: QPrinter.PrinterState = QPrinter.PrinterState.Idle) -> None:
        super().__init__(QPrinter.PrinterMode.HighResolution)
        self.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.setOutputFileName(str(path))
        self._state = state

    def printerState(self) -> QPrinter.PrinterState:
        return self._state

    def printerName(self) -> str:
        return "Counter 3"


def test_a_printer_gets_the_sheets_that_were_shown(
    at_districts: Desk, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "queue.pdf"
    monkeypatch.setattr(printing, "choose", lambda sheets, parent: FileOfPrinter(path))
    dialog = opened(at_districts)
    dialog._second.choose("en")
    press(dialog, "Print…")
    assert not dialog.isVisible(), "it is done"
    wanted = printed(tmp_path, plan, Order((ENTRY_CODE,), ("ja", "en")))
    found = PdfReader(path)
    assert len(found.pages) == len(wanted.pages)
    assert [round(side) for side in found.pages[0].mediabox] == [round(side) for side in wanted.pages[0].mediabox]
    text = squeezed(found.pages[0].extract_text()).replace("‒", "–")  # mended in our own files alone
    assert text == squeezed(wanted.pages[0].extract_text())


def test_without_a_printer_it_says_so_and_all_stays(at_districts: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing.QPrinterInfo, "availablePrinterNames", staticmethod(list))
    dialog = opened(at_districts)
    press(dialog, "Print…")
    assert "プリンター" in said(dialog)
    assert dialog.isVisible()
    dialog.close()


def test_a_printer_that_stops_is_named(at_districts: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = FileOfPrinter(tmp_path / "queue.pdf", QPrinter.PrinterState.Error)
    monkeypatch.setattr(printing, "choose", lambda sheets, parent: broken)
    dialog = opened(at_districts)
    press(dialog, "Print…")
    assert "Counter 3" in said(dialog)
    assert dialog.isVisible()
    dialog.close()


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_a_sentence(
    at_districts: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "choose", lambda sheets, parent: FileOfPrinter(tmp_path / "none" / "queue.pdf"))
    dialog = opened(at_districts)
    press(dialog, "Print…")
    assert said(dialog) == messages("ja").gettext(
        "This cannot be printed here: choose another printer, or save it as PDF."
    )
    dialog.close()


# -- saving and copying --------------------------------------------------------------------------


def test_what_is_shown_is_saved(at_districts: Desk, plan: Plan, tmp_path: Path) -> None:
    dialog = opened(at_districts)
    dialog._paper.choose(1)
    path = tmp_path / "mine.pdf"
    save_as(dialog, path)
    assert str(path) in dialog._done.text()
    printed(tmp_path, plan, dialog.order)
    assert path.read_bytes() == (tmp_path / "printed.pdf").read_bytes()
    dialog.close()


def test_a_place_that_cannot_be_written_is_a_sentence_and_nothing_is_lost(at_districts: Desk, tmp_path: Path) -> None:
    dialog = opened(at_districts)
    path = tmp_path / "missing" / "mine.pdf"
    save_as(dialog, path)
    assert str(path.parent) in said(dialog)
    assert dialog.isVisible()
    save_as(dialog, tmp_path)  # a folder has that name
    assert str(tmp_path) in said(dialog)
    assert list(tmp_path.iterdir()) == []
    assert dialog._done.text() == ""
    dialog.close()


def test_a_disk_that_is_full_at_the_end_leaves_the_old_file(
    at_districts: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.pdf"
    path.write_bytes(b"the old one")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("minato_viewer.services.pdf.finish", full)
    dialog = opened(at_districts)
    save_as(dialog, path)
    assert str(path) in said(dialog)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.pdf"]
    assert path.read_bytes() == b"the old one"
    dialog.close()


def test_the_words_alone_are_copied(at_districts: Desk, plan: Plan) -> None:
    dialog = opened(at_districts)
    dialog._second.choose("en")
    press(dialog, "Copy as plain text")
    text = QApplication.clipboard().text()
    for tag in ("ja", "en"):
        texts = plan.texts(plan.node(ENTRY_CODE).id)
        title = next(row.text for row in texts if (row.field, row.lang) == ("title", tag))
        assert title in text
    assert dialog._done.text() == messages("ja").gettext("Copied.")
    dialog.close()
