"""Whether anybody is there: after a while without use a kiosk asks, counts down in sight of all, and begins anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from minato_viewer.ui.kiosk.cover import Cover
from minato_viewer.ui.shell.announce import announce
from minato_viewer.ui.shell.dress import set_type

if TYPE_CHECKING:
    from minato_viewer.ui.shell.context import Context

WARNING = 30
"""Seconds from the question to the beginning."""
LONGER = 3
"""Times the usual wait, for whoever wants more time."""
_USES = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseMove,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TouchEnd,
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
    QEvent.Type.Wheel,
)
_ANSWERS = (QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd, QEvent.Type.KeyRelease, QEvent.Type.Wheel)
"""What goes on after the question: the end of a touch or a key, so that nothing below the question gets any of it."""
_AMONG_ANSWERS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
)
"""Keys that choose among the buttons of the question."""


class IdleWatch(QObject):
    """Measures how long nobody has used a window. Clocks may be set meanwhile: what is measured is time itself."""

    asked = Signal()
    """Nobody has used it for a while."""
    counted = Signal(int)
    """So many seconds are left."""
    resumed = Signal()
    """Somebody is there."""
    expired = Signal()
    """Nobody is there."""

    def __init__(self, seconds: int, parent: QObject, warning: int = WARNING) -> None:
        """Measure nothing until `start`. `seconds` without use are followed by a warning of `warning` seconds."""
        super().__init__(parent)
        self._usual = self._wait = seconds
        self._warning = warning
        self._since = QElapsedTimer()
        self._left = 0
        """Seconds that were told last; 0 while nothing is asked."""
        self._timer = QTimer(self)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self._look)

    def watch(self, window: QWidget) -> None:
        """Take what is done to `window`, which is on screen, for use."""
        window.windowHandle().installEventFilter(self)

    def start(self) -> None:
        """Begin to measure; again from the beginning where it did already."""
        self._wait, self._left = self._usual, 0
        self._since.start()
        self._timer.start()

    def stop(self) -> None:
        """Measure nothing any more."""
        self._timer.stop()

    def give_time(self) -> None:
        """Wait longer from now on, until the next start."""
        self._wait = self._usual * LONGER
        self.go_on()

    def go_on(self) -> None:
        """Begin to wait again, because somebody is there."""
        self._since.restart()
        if self._left:
            self._left = 0
            self.resumed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice any use; everything goes on to where it was meant for."""
        if event.type() in _USES and self._timer.isActive():
            if not self._left:
                self._since.restart()
            elif _is_answer(event):
                # Once the button has had it that may be there.
                QTimer.singleShot(0, self, self.go_on)
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        gone = self._since.elapsed() / 1000
        if gone < self._wait:
            return
        left = self._wait + self._warning - int(gone)
        if left <= 0:
            self.stop()
            self._left = 0
            self.expired.emit()
        elif left != self._left:
            if not self._left:
                self.asked.emit()
            self._left = left
            self.counted.emit(left)


def _is_answer(event: QEvent) -> bool:
    return event.type() in _ANSWERS and not (isinstance(event, QKeyEvent) and event.key() in _AMONG_ANSWERS)


class IdleQuestion(Cover):
    """Covers the window while the question stands: how many seconds are left, and two large buttons."""

    continued = Signal()
    more_time = Signal()

    def __init__(self, context: Context, side: int, parent: QWidget) -> None:
        """Wait to be shown; buttons are `side` tall at least."""
        super().__init__(context, parent)
        self._seconds = 0
        self._said = QLabel(self)
        self._count = QLabel(self)
        self._go_on, self._more = QPushButton(self), QPushButton(self)
        for label, size in ((self._said, "subtitle"), (self._count, "heading_1")):
            label.setObjectName("kiosk_question")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            set_type(label, context.theme, size, bold=True)
        for button in (self._go_on, self._more):
            button.setObjectName("kiosk_act")
            button.setMinimumHeight(2 * side)
        column = QVBoxLayout(self)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(side // 2)
        column.addStretch(1)
        for part in (self._said, self._count, self._go_on, self._more):
            column.addWidget(part)
        column.addStretch(1)
        self._go_on.clicked.connect(self.continued)
        self._more.clicked.connect(self.more_time)
        context.translator.changed.connect(self.retranslate)
        self.retranslate()
        self.hide()

    def ask(self) -> None:
        """Come to the front."""
        self.come()
        self._go_on.setFocus()

    def dismiss(self) -> None:
        """Go on."""
        self.continued.emit()

    def count(self, seconds: int) -> None:
        """Show how many seconds are left."""
        first = not self._seconds
        self._seconds = seconds
        self.retranslate()
        if first or seconds % 10 == 0:
            announce(self, self._count.text())

    def retranslate(self) -> None:
        """Say everything in the current language."""
        messages = self._context.translator.messages
        self._said.setText(messages.gettext("Are you still there?"))
        self._count.setText(
            messages.ngettext(
                "Back to the beginning in {count} second", "Back to the beginning in {count} seconds", self._seconds
            )
        )
        self._go_on.setText(messages.gettext("Continue"))
        self._more.setText(messages.gettext("I need more time"))
