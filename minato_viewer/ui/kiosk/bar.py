"""The bar at the bottom, always the same at the same place: back, home, how it looks, the language, and the end."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QToolButton, QWidget

from minato_viewer.domain.messages import N_
from minato_viewer.services.icons import icon
from minato_viewer.ui.kiosk.arrows import Arrows

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from minato_viewer.services.touch import TouchSizes
    from minato_viewer.ui.shell.context import Context

BACK, HOME, LANGUAGE, LETTERS, FURIGANA, COLOURS, LOW, TAKE, HELP, FINISH = NAMES = (
    "back", "home", "language", "letters", "furigana", "colours", "low", "take", "help", "finish",
)  # fmt: skip
# TRANSLATORS: Below the buttons of a touch screen, one or two short words each.
_WORDS = {
    BACK: N_("Back"),
    HOME: N_("Start page"),
    LANGUAGE: N_("Language"),
    LETTERS: N_("Large text"),
    FURIGANA: N_("Furigana"),
    # TRANSLATORS: Colors of high contrast.
    COLOURS: N_("Clear colors"),
    # TRANSLATORS: Everything that is to be touched comes down, for whoever sits.
    LOW: N_("Lower"),
    # TRANSLATORS: A code, a QR code or a print of the page, to be taken along.
    TAKE: N_("Take away"),
    HELP: N_("How to use"),
    FINISH: N_("Finish"),
}
_ICONS = {
    BACK: "arrow-left",
    HOME: "home",
    LANGUAGE: "language",
    LETTERS: "text-size",
    FURIGANA: "text-caption",
    COLOURS: "contrast",
    LOW: "wheelchair",
    TAKE: "qrcode",
    HELP: "help",
    FINISH: "x",
}
CHECKED = (LETTERS, FURIGANA, COLOURS, LOW)


class Bar(QFrame):
    """Buttons of at least a target's size, in as few rows as there can be."""

    pressed = Signal(str)
    """One of NAMES."""

    def __init__(self, context: Context, sizes: TouchSizes, parent: QWidget) -> None:
        """Show what can be done."""
        super().__init__(parent)
        self.setObjectName("kiosk_bar")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._context = context
        self._sizes = sizes
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 8, 8, 8)
        self._grid.setSpacing(8)
        self._buttons = {name: self._button(name) for name in NAMES}
        self.arrows = Arrows(list(self._buttons.values()), self)
        context.translator.changed.connect(self.retranslate)
        context.appearance.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("kiosk_bar_button")
        button.setProperty("does", name)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setCheckable(name in CHECKED)
        button.setMinimumSize(self._sizes.target, self._sizes.target)
        button.clicked.connect(self._on_clicked)
        return button

    def _on_clicked(self) -> None:
        self.pressed.emit(self.sender().property("does"))

    def __getitem__(self, name: str) -> QToolButton:
        """Return the button of that name."""
        return self._buttons[name]

    def take_focus(self) -> None:
        """Give the focus to the first button that can be pressed."""
        next(button for button in self._buttons.values() if button.isEnabled()).setFocus(Qt.FocusReason.TabFocusReason)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        messages = self._context.translator.messages
        for name, button in self._buttons.items():
            button.setText(messages.gettext(_WORDS[name]))
            button.setAccessibleName(button.text())
        self._arrange(anew=True)

    def restyle(self) -> None:
        """Take sizes and colours anew."""
        theme = self._context.theme
        for name, button in self._buttons.items():
            button.setIcon(icon(_ICONS[name], theme, "ink", self.devicePixelRatioF()))
            button.setIconSize(QSize(theme.sizes["icon"], theme.sizes["icon"]))
        self._arrange(anew=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take another row where one is too narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self, *, anew: bool = False) -> None:
        widest = max(button.sizeHint().width() for button in self._buttons.values())
        fitting = max((self.width() - 16 + 8) // (widest + 8), 2)
        rows = ceil(len(NAMES) / fitting)
        columns = ceil(len(NAMES) / rows)
        if columns == self._columns and not anew:
            return
        self._columns = columns
        for button in self._buttons.values():
            self._grid.removeWidget(button)
        for column in range(len(NAMES)):
            self._grid.setColumnStretch(column, int(column < columns))
        for number, button in enumerate(self._buttons.values()):
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            self._grid.addWidget(button, number // columns, number % columns)
