"""The kiosk's window: the gate, and behind it home, pages and search, with the bar that is always at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from minato_viewer.language.tags import JAPANESE, language
from minato_viewer.services.appearance import CONTRAST
from minato_viewer.ui.kiosk import bar
from minato_viewer.ui.kiosk.bar import Bar
from minato_viewer.ui.kiosk.corners import Corners
from minato_viewer.ui.kiosk.cover import Cover
from minato_viewer.ui.kiosk.gate import Gate
from minato_viewer.ui.kiosk.home import SEARCH, Home
from minato_viewer.ui.kiosk.idle import IdleQuestion, IdleWatch
from minato_viewer.ui.kiosk.pages import Pages
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

GUIDE = "viewer/guide/kiosk"
"""The page that says how to use this screen."""
_BACK = (Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Back)
_HOME = (Qt.Key.Key_Home, Qt.Key.Key_HomePage)
_HELP = (Qt.Key.Key_Help, Qt.Key.Key_F1)
_SCREEN_SETTLES = 500
"""Milliseconds after a screen has changed, because it may change in several steps."""


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
        self._printed: set[str] = set()
        """The pages that this visitor has printed."""
        self._corners = Corners(sizes.target)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        body = QWidget(self)
        self._stack = Pages(body)
        self.gate = Gate(context, self.sizes, edition, self._stack)
        inside = self._inside = QFrame(self._stack)
        inside.setObjectName("page")
        self._content = Pages(inside)
        self.home = Home(
            context, self.sizes, f"{edition}/section/issues", f"{edition}/section/districts", self._content
        )
        self.reading = Reading(context, self._content)
        self.search: SearchScreen | None = None
        self.bar = Bar(context, self.sizes, inside)
        self._above = QFrame(body)
        self._above.setObjectName("page")
        self._above.setFixedHeight(0)
        for part in (self.home, self.reading):
            self._content.addWidget(part)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._content, 1)
        column.addWidget(self.bar)
        for part in (self.gate, inside):
            self._stack.addWidget(part)
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._above)
        whole.addWidget(self._stack, 1)
        self.setCentralWidget(body)
        self.idle = IdleWatch(context.settings.kiosk_idle, self)
        self._question = IdleQuestion(context, self.sizes.target, self._stack)
        self._screen_changed = QTimer(self, singleShot=True, interval=_SCREEN_SETTLES)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.gate.chosen.connect(self.begin)
        self.home.entry_chosen.connect(self.open_entry)
        self.home.search_wanted.connect(self.open_search)
        self.home.arrows.left_downwards.connect(self.bar.take_focus)
        self.bar.arrows.left_upwards.connect(self._take_focus)
        self.reading.entry_chosen.connect(self.open_entry)
        self.bar.pressed.connect(self._on_pressed)
        self.idle.asked.connect(self._question.ask)
        self.idle.counted.connect(self._question.count)
        self.idle.resumed.connect(self._question.leave)
        self.idle.expired.connect(self.over)
        # Everything is as large as it must be on one screen: on another it begins anew.
        self._screen_changed.timeout.connect(self.over)
        self._question.continued.connect(self.idle.go_on)
        self._question.more_time.connect(self.idle.give_time)
        self._context.translator.changed.connect(self.retranslate)
        self._context.furigana.changed.connect(self._check)
        self._context.appearance.changed.connect(self._check)

    def paints(self) -> list[SignalInstance]:
        """Return the signals that have all come once there is something to see."""
        return [self.reading.pane.view.painted if self._here else self.gate.painted]

    def settle(self) -> None:
        """Do what the first picture need not wait for."""
        self._ring = FocusRing(self, self._context.appearance, touched=True)
        self.idle.watch(self)
        self.screen().geometryChanged.connect(self._screen_changed.start)
        if not self._inside.isVisible():
            self.gate.begin()

    # -- the visit -------------------------------------------------------------------------------

    def begin(self, tag: str) -> None:
        """Let somebody in who reads `tag`; in the middle of a visit, go on where they are in that language."""
        self._context.translator.activate(tag)
        self._corners.forget()
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

    def open_help(self) -> None:
        """Say how to use this screen."""
        if self._context.plan.node(GUIDE) is not None:
            self.open_entry(GUIDE)

    def take_away(self) -> None:
        """Offer what can be taken along of the page that is open."""
        from minato_viewer.ui.kiosk.take_away import TakeAway  # noqa: PLC0415 - not for the first picture

        if self.bar[bar.TAKE].isEnabled():
            offer = TakeAway(self._context, self.sizes, self._here, self._printed, self._stack)
            offer.closed.connect(offer.leave)
            offer.closed.connect(offer.deleteLater)

    def go_back(self) -> None:
        """Show what was open before; the home at last."""
        self._show(self._history.pop() if self._history else "")

    def go_home(self) -> None:
        """Show the home."""
        self._history.clear()
        self._show("")

    def finish(self) -> None:
        """Show the gate at once; right after that the visit ends with all that is left of it."""
        self.idle.stop()
        self._stack.setCurrentWidget(self.gate)
        QTimer.singleShot(0, self, self.over.emit)

    def _show(self, code: str) -> None:
        self._here = code
        if code == SEARCH and self.search is not None:
            self._content.setCurrentWidget(self.search)
        elif code:
            self.reading.pane.show_entry(code)
            self._content.setCurrentWidget(self.reading)
        else:
            self._content.setCurrentWidget(self.home)
            self.home.begin()
        self._take_focus()
        self._check()

    def _take_focus(self) -> None:
        """Give the focus to what is above the bar."""
        here = self._content.currentWidget()
        if isinstance(here, Home):
            here.take_focus()
        elif here is self.reading:
            self.reading.pane.view.setFocus()
        elif self.search is not None:
            self.search.take_focus()

    def _on_pressed(self, name: str) -> None:
        does = {
            bar.BACK: self.go_back,
            bar.HOME: self.go_home,
            bar.LANGUAGE: self._choose_language,
            bar.LETTERS: self._change_letters,
            bar.FURIGANA: self._context.furigana.toggle,
            bar.COLOURS: self._change_colours,
            bar.LOW: self._change_height,
            bar.TAKE: self.take_away,
            bar.HELP: self.open_help,
            bar.FINISH: self.finish,
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
        self.bar[bar.TAKE].setEnabled(self._here not in ("", SEARCH))

    def retranslate(self) -> None:
        """Say everything in the current language."""
        messages = self._context.translator.messages
        self.setWindowTitle(messages.gettext("Minato City Basic Plan"))
        self._check()
        announce(self, language(messages.tag).name)

    # -- keys, and the way out -------------------------------------------------------------------

    @property
    def _cover(self) -> Cover | None:
        """The question that stands in front of everything, if any."""
        covers = self._stack.findChildren(Cover)
        return next((cover for cover in reversed(covers) if cover.isVisible()), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let a keypad do everything: arrows, enter, back, home and help. No chord does anything else."""
        key, focus = Qt.Key(event.key()), self.focusWidget()
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            return
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left):
            (focus or self).focusNextPrevChild(key in (Qt.Key.Key_Down, Qt.Key.Key_Right))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QAbstractButton):
            focus.click()
        elif (cover := self._cover) is not None:
            if key in _BACK:
                cover.dismiss()
        elif self._inside.isVisible():
            for keys, does in ((_BACK, self.go_back), (_HOME, self.go_home), (_HELP, self.open_help)):
                if key in keys:
                    does()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Notice when staff touch the four corners of the gate, one after the other."""
        if not self.gate.isVisible() or self._cover is not None:
            self._corners.forget()
        elif self._corners.touch(event.position().toPoint(), self.size()) and self._context.settings.kiosk_pin:
            pad = PinPad(self._context, self.sizes.target, self._back_off, self._stack)
            pad.right.connect(self.left)
            pad.cancelled.connect(pad.leave)
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
