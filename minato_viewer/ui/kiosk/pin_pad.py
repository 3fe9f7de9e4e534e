"""The way out for staff: a PIN on keys of the kiosk's own. After a wrong one it takes longer each time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from minato_viewer.services.pin import LENGTHS, is_right
from minato_viewer.ui.kiosk.cover import Cover
from minato_viewer.ui.shell.dress import set_type

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from minato_viewer.ui.shell.context import Context

FIRST_WAIT, LONGEST_WAIT = 5, 600
"""Seconds after the first wrong PIN, and at most; each wrong one doubles them."""
FORGOTTEN = 30_000
"""Milliseconds without a key, after which the pad goes: nobody else has a use for it."""


class BackOff:
    """How long nobody may try again. It outlasts the pad, so that leaving it does not make a new start."""

    def __init__(self) -> None:
        """Let anybody try."""
        self._wrong = 0
        self._since = QElapsedTimer()

    def left(self) -> int:
        """Return the seconds until the next try; 0 for now."""
        if not self._wrong:
            return 0
        wait = min(FIRST_WAIT * 2 ** (self._wrong - 1), LONGEST_WAIT)
        return max(wait - self._since.elapsed() // 1000, 0)

    def note(self, *, right: bool) -> None:
        """Note how a try has ended."""
        self._wrong = 0 if right else self._wrong + 1
        self._since.start()


class PinPad(Cover):
    """Covers the window; digits, delete, enter and cancel."""

    right = Signal()
    cancelled = Signal()

    def __init__(self, context: Context, side: int, back_off: BackOff, parent: QWidget) -> None:
        """Ask for the PIN of the settings."""
        super().__init__(context, parent)
        self._back_off = back_off
        self._forgotten = QTimer(self, singleShot=True, interval=FORGOTTEN)
        self._forgotten.timeout.connect(self.cancelled)
        self._forgotten.start()
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_type(self._said, context.theme, "interface", bold=True)
        self._box = QLineEdit(self)
        self._box.setEchoMode(QLineEdit.EchoMode.Password)
        self._box.setReadOnly(True)
        self._box.setMaxLength(LENGTHS.stop - 1)
        self._box.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        grid = QGridLayout()
        grid.setSpacing(12)
        for number, digit in enumerate("123456789"):
            grid.addWidget(self._key(digit, side), number // 3, number % 3)
        self._delete, zero, self._enter = self._key("⌫", side), self._key("0", side), self._key("OK", side)
        for column, key in enumerate((self._delete, zero, self._enter)):
            grid.addWidget(key, 3, column)
        self._cancel = QPushButton(self)
        self._cancel.setObjectName("kiosk_act")
        self._cancel.setMinimumHeight(side)
        self._cancel.clicked.connect(self.cancelled)
        column = QVBoxLayout(self)
        column.setContentsMargins(side, side, side, side)
        column.addStretch(1)
        column.addWidget(self._said)
        column.addWidget(self._box)
        column.addLayout(grid)
        column.addWidget(self._cancel)
        column.addStretch(1)
        context.translator.changed.connect(self.retranslate)
        self.retranslate()
        self.come()

    def _key(self, text: str, side: int) -> QPushButton:
        key = QPushButton(text, self)
        key.setObjectName("kiosk_act")
        key.setMinimumHeight(side)
        key.clicked.connect(partial(self._on_key, text))
        return key

    def _on_key(self, text: str) -> None:
        self._forgotten.start()
        if text == "⌫":
            self._box.backspace()
        elif text == "OK":
            self._try()
        elif len(self._box.text()) < LENGTHS.stop - 1:
            self._box.setText(self._box.text() + text)

    def dismiss(self) -> None:
        """Ask no more."""
        self.cancelled.emit()

    def _try(self) -> None:
        pin = self._box.text()
        self._box.setText("")
        if not self._back_off.left():
            right = is_right(pin, self._context.settings.kiosk_pin)
            self._back_off.note(right=right)
            if right:
                self.right.emit()
                return
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        messages = self._context.translator.messages
        left = self._back_off.left()
        self._said.setText(
            messages.ngettext(
                "Not right. Try again in {count} second.", "Not right. Try again in {count} seconds.", left
            )
            if left
            else messages.gettext("For staff: the PIN")
        )
        self._box.setAccessibleName(messages.gettext("For staff: the PIN"))
        self._delete.setAccessibleName(messages.gettext("Delete one character"))
        self._cancel.setText(messages.gettext("Cancel"))
