"""The kiosk's window: the gate, and behind it home, pages and search, with the bar that is always at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFrame, QStackedWidget, QVBoxLayout

from minato_viewer.language.tags import JAPANESE, language
from minato_viewer.services.appearance import CONTRAST
from minato_viewer.ui.kiosk import bar
from minato_viewer.ui.kiosk.bar import Bar
from minato_viewer.ui.kiosk.gate import Gate
from minato_viewer.ui.kiosk.home import SEARCH, Home
from minato_viewer.ui.kiosk.idle import IdleQuestion, IdleWatch
from minato_viewer.ui.kiosk.pin_pad import BackOff, PinPad
from minato_viewer.ui.kiosk.reading import Reading
from minato_viewer.ui.shell.announce import announce
from minato_viewer.ui.shell.face_window import FaceWindow
from minato_viewer.ui.shell.focus_ring import FocusRing

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent

    from minato_viewer.services.touch import TouchSizes
    from minato_viewer.ui.kiosk.search_screen import SearchScreen
    from minato_viewer.ui.shell.context import Context

_CORNERS = ((False, False), (True, False), (True, True), (False, True))
"""Where staff touch the gate, one after the other: whether at the right, and whether at the bottom."""


class KioskWindow(FaceWindow):
    """What anyone may walk up to. Nothing in it leads out but the PIN of the staff."""

    def __init__(self, context: Context, edition: str, sizes: TouchSizes, back_off: BackOff) -> None:
        """Show the gate; `edition` is the one whose numbers, priority issues and districts are offered."""
        super().__init__()
        self.setObjectName("window")
        self.sizes = sizes
        self._context = context
        self._back_off = back_off
        self._history: list[str] = []
        """The pages behind the one that is open; "" for home."""
        self._here = ""
        self._touched_corners = 0
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._stack = QStackedWidget(self)
        self.gate = Gate(context, self.sizes, edition, self._stack)
        inside = self._inside = QFrame(self._stack)
        inside.setObjectName("page")
        self._content = QStackedWidget(inside)
        self.home = Home(
            context, self.sizes, f"{edition}/section/issues", f"{edition}/section/districts", self._content
        )
        self.reading = Reading(context, self._content)
        self.search: SearchScreen | None = None
        self.bar = Bar(context, self.sizes, inside)
        self._above = QFrame(inside)
        self._above.setObjectName("page")
        self._above.setFixedHeight(0)
        for part in (self.home, self.reading):
            self._content.addWidget(part)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._above)
        column.addWidget(self._content, 1)
        column.addWidget(self.bar)
        for part in (self.gate, inside):
            self._stack.addWidget(part)
        self.setCentralWidget(self._stack)
        self.idle = IdleWatch(context.settings.kiosk_idle, self)
        self._question = IdleQuestion(context, self.sizes.target, self._stack)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.gate.chosen.connect(self.begin)
        self.home.entry_chosen.connect(self.open_entry)
        self.home.search_wanted.connect(self.open_search)
        self.reading.entry_chosen.connect(self.open_entry)
        self.bar.pressed.connect(self._on_pressed)
        self.idle.asked.connect(self._question.ask)
        self.idle.counted.connect(self._question.count)
        self.idle.resumed.connect(self._question.hide)
        self.idle.expired.connect(self.over)
        self._question.continued.connect(self._question.hide)
        self._question.more_time.connect(self.idle.give_time)
        self._context.translator.changed.connect(self.retranslate)
        self._context.furigana.changed.connect(self._check)
        self._context.appearance.changed.connect(self._check)

    def paints(self) -> list[SignalInstance]:
        """Return the signals that have all come once there is something to see."""
        return [self.reading.pane.view.painted if self._here else self.gate.painted]

    def settle(self) -> None:
        """Do what the first picture need not wait for."""
        self._ring = FocusRing(self, self._context.appearance)
        self.idle.watch(self)
        if not self._inside.isVisible():
            self.gate.begin()

    # -- the visit -------------------------------------------------------------------------------

    def begin(self, tag: str) -> None:
        """Let somebody in who reads `tag`; in the middle of a visit, go on where they are in that language."""
        self._context.translator.activate(tag)
        self._touched_corners = 0
        self.gate.rest()
        self._stack.setCurrentWidget(self._inside)
        if not self._here and self._content.currentWidget() is self.home:
            self.home.begin()
        self.idle.start()
        self._check()

    def open_entry(self, code: str) -> None:
        """Open a page."""
        self._stack.setCurrentWidget(self._inside)
        if code != self._here or self._content.currentWidget() is not self.reading:
            self._history.append(self._here)
            self._show(code)

    def open_search(self) -> None:
        """Let the visitor look for words."""
        from minato_viewer.ui.kiosk.search_screen import SearchScreen  # noqa: PLC0415 - not for the first picture

        if self.search is None:
            self.search = SearchScreen(self._context, self.sizes.target, self._content)
            self.search.entry_chosen.connect(self.open_entry)
            self._content.addWidget(self.search)
        self._history.append(self._here)
        self._show(SEARCH)

    def go_back(self) -> None:
        """Show what was open before; the home at last."""
        self._show(self._history.pop() if self._history else "")

    def go_home(self) -> None:
        """Show the home."""
        self._history.clear()
        self._show("")

    def _show(self, code: str) -> None:
        self._here = code
        if code == SEARCH and self.search is not None:
            self._content.setCurrentWidget(self.search)
            self.search.take_focus()
        elif code:
            self.reading.pane.show_entry(code)
            self._content.setCurrentWidget(self.reading)
            self.reading.pane.view.setFocus()
        else:
            self._content.setCurrentWidget(self.home)
            self.home.begin()
        self._check()

    def _on_pressed(self, name: str) -> None:
        does = {
            bar.BACK: self.go_back,
            bar.HOME: self.go_home,
            bar.LANGUAGE: self._choose_language,
            bar.LETTERS: self._change_letters,
            bar.FURIGANA: self._context.furigana.toggle,
            bar.COLOURS: self._change_colours,
            bar.LOW: self._change_height,
            bar.FINISH: self.over.emit,
        }
        does[name]()

    def _choose_language(self) -> None:
        self._stack.setCurrentWidget(self.gate)

    def _change_letters(self) -> None:
        appearance = self._context.appearance
        large = appearance.text_size == self.sizes.large
        appearance.resize(self.sizes.usual if large else self.sizes.large)

    def _change_colours(self) -> None:
        appearance = self._context.appearance
        usual = self._context.settings.theme
        appearance.choose(usual if appearance.choice == CONTRAST else CONTRAST)

    def _change_height(self) -> None:
        low = not self._above.height()
        self._above.setFixedHeight(self.sizes.beyond_reach if low else 0)
        self._check()

    def _check(self) -> None:
        """Show what is on, and what has no sense here."""
        appearance, furigana = self._context.appearance, self._context.furigana
        self.bar[bar.BACK].setEnabled(bool(self._here or self._history))
        self.bar[bar.LETTERS].setChecked(appearance.text_size == self.sizes.large)
        self.bar[bar.FURIGANA].setChecked(furigana.on)
        self.bar[bar.FURIGANA].setEnabled(self._context.translator.tag in JAPANESE)
        self.bar[bar.COLOURS].setChecked(appearance.choice == CONTRAST)
        self.bar[bar.LOW].setChecked(self._above.height() > 0)
        self.bar[bar.LOW].setEnabled(self.sizes.beyond_reach > 0)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        messages = self._context.translator.messages
        self.setWindowTitle(messages.gettext("Minato City Basic Plan"))
        self._check()
        announce(self, language(messages.tag).name)

    # -- keys, and the way out -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let a keypad do everything: arrows, enter, back and home. No chord does anything else."""
        key, focus = Qt.Key(event.key()), self.focusWidget()
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            return
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
            self.focusNextPrevChild(True)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Left):
            self.focusNextPrevChild(False)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QAbstractButton):
            focus.click()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Back) and self._inside.isVisible():
            self.go_back()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_HomePage) and self._inside.isVisible():
            self.go_home()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Notice when staff touch the four corners of the gate, one after the other."""
        place, side = event.position(), self.sizes.target
        at = (place.x() > self.width() - side, place.y() > self.height() - side)
        corner = at if (at[0] or place.x() < side) and (at[1] or place.y() < side) else None
        if not self.gate.isVisible() or corner is None:
            self._touched_corners = 0
        elif corner == _CORNERS[self._touched_corners]:
            self._touched_corners += 1
        else:
            self._touched_corners = int(corner == _CORNERS[0])
        if self._touched_corners == len(_CORNERS):
            self._touched_corners = 0
            if self._context.settings.kiosk_pin:
                pad = PinPad(self._context, self.sizes.target, self._back_off, self._stack)
                pad.right.connect(self.left)
                pad.cancelled.connect(pad.deleteLater)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go when the program says so, and not when the window manager does."""
        if event.spontaneous():
            event.ignore()
            return
        self.closing.emit()
        self.idle.stop()
        if self.search is not None:
            self.search.stop()
        super().closeEvent(event)
