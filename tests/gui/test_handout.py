"""The hand-out: collected with a key, ordered in its list, printed, and never written anywhere."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QListWidget, QPushButton

from minato_viewer.language.catalogues import messages
from minato_viewer.ui.counter.handout_dialog import HandoutDialog
from minato_viewer.ui.shell.print_dialog import HANDOUT, PrintDialog
from minato_viewer.viewmodel.handout import Handout
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk, delete_now

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)  # of tips
THREE = ("2021/policy/4", "2024/issue/2", "2024/district/azabu")


def collect(desk: Desk, *codes: str) -> None:
    for code in codes:
        desk.window.open_entry(code)
        desk.press(Key.Key_D, CONTROL)


def opened(desk: Desk) -> HandoutDialog:
    desk.press(Key.Key_D, CONTROL | SHIFT)
    (dialog,) = desk.window.findChildren(HandoutDialog)
    return dialog


def rows(dialog: HandoutDialog) -> list[str]:
    shown = dialog.findChild(QListWidget)
    return [shown.item(row).text() for row in range(shown.count())]


def press(dialog: HandoutDialog | PrintDialog, text: str) -> None:
    (button,) = [button for button in dialog.findChildren(QPushButton) if button.text() == text]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


# -- the list itself -----------------------------------------------------------------------------


def test_a_hand_out_holds_each_entry_once_and_says_when_it_changes() -> None:
    handout = Handout()
    changes = QSignalSpy(handout.changed)
    assert handout.add("a")
    assert handout.add("b")
    assert not handout.add("a")
    assert (handout.codes, changes.count()) == (("a", "b"), 2)
    handout.clear()
    handout.clear()
    assert (handout.codes, changes.count()) == ((), 3)


def test_entries_move_as_far_as_the_list_goes() -> None:
    handout = Handout()
    for code in "abc":
        handout.add(code)
    assert handout.move(2, -1) == 1
    assert handout.codes == ("a", "c", "b")
    assert handout.move(0, -1) == 0
    assert handout.move(2, 5) == 2
    assert handout.codes == ("a", "c", "b")
    handout.remove(1)
    assert handout.codes == ("a", "b")


# -- at the desk ---------------------------------------------------------------------------------


def test_a_key_collects_the_entry_that_is_open(desk: Desk) -> None:
    collect(desk, *THREE, THREE[0])
    assert desk.window.paper.handout.codes == THREE


def test_the_list_shows_what_was_collected_and_orders_it(desk: Desk) -> None:
    collect(desk, *THREE)
    dialog = opened(desk)
    assert len(rows(dialog)) == 3
    assert rows(dialog)[0].startswith("政策4 ")
    shown = dialog.findChild(QListWidget)
    shown.setCurrentRow(2)
    press(dialog, "上へ")
    assert desk.window.paper.handout.codes == (THREE[0], THREE[2], THREE[1])
    assert shown.currentRow() == 1
    press(dialog, "下へ")
    assert desk.window.paper.handout.codes == THREE
    press(dialog, "外す")
    assert desk.window.paper.handout.codes == THREE[:2]
    press(dialog, "すべて消す")
    assert rows(dialog) == []
    assert not any(button.isEnabled() for button in dialog.findChildren(QPushButton) if button.text() != "閉じる")


def test_an_empty_list_says_how_to_fill_it(open_desk: OpenDesk) -> None:
    desk = open_desk("en")
    dialog = opened(desk)
    assert "Ctrl+D" in dialog._hint.text()


def test_printing_the_list_opens_the_print_dialog_with_it(desk: Desk) -> None:
    collect(desk, *THREE)
    press(opened(desk), messages("ja").gettext("Print…"))
    delete_now()
    (dialog,) = desk.window.findChildren(PrintDialog)
    assert dialog._what.chosen == HANDOUT
    assert dialog.order.codes == THREE
    dialog.close()


def test_a_hand_out_leaves_nothing_on_the_disk(desk: Desk, tmp_path: Path, monkeypatch) -> None:
    home = {str(path) for path in tmp_path.rglob("*")}
    written: list[str] = []
    real = os.open
    monkeypatch.setattr(os, "open", lambda path, flags, *rest: written.append(str(path)) or real(path, flags, *rest))
    collect(desk, *THREE)
    opened(desk).close()
    assert written == []
    assert {str(path) for path in tmp_path.rglob("*")} == home
