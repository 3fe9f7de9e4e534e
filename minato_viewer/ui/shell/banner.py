"""A strip across the window that says something all the time: the notice of the day, or news for staff."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QSizePolicy,
)

from minato_viewer.services.theme import Theme
from minato_viewer.ui.shell.announce import announce
from minato_viewer.ui.shell.dress import set_type

_MARGIN = 16
_SPACING = 12


class Banner(QFrame):
    """Sentences in as many lines as they need, and buttons beside them; without a sentence it takes no room."""

    act = Signal()
    """The reader wants what the first button says."""
    dismissed = Signal()
    """The reader has seen it."""

    def __init__(self, name: str, theme: Theme, window: QMainWindow, *, bold: bool, top: bool) -> None:
        """Stand at the top of `window` or just above its last line, saying nothing yet.

        With `name`, the style sheet gives it its colours. Every face holds its parts in a box below one another.
        """
        body = window.centralWidget()
        super().__init__(body)
        self.setObjectName(name)
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        # Reached by Tab, because whoever cannot see it rise must be able to read it again.
        self._label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._act, self._dismiss = QPushButton(self), QPushButton(self)
        set_type(self._label, theme, "body" if bold else "interface", bold=bold)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 8, _MARGIN, 8)
        row.setSpacing(_SPACING)
        row.addWidget(self._label, 1)
        for button in (self._act, self._dismiss):
            button.hide()
            row.addWidget(button)
        self._act.clicked.connect(self.act)
        self._dismiss.clicked.connect(self.dismissed)
        self.hide()
        column = body.layout() if body is not None else None  # pyright: ignore[reportUnnecessaryComparison] - a bare window has none
        if isinstance(column, QBoxLayout):
            column.insertWidget(0 if top else column.count() - 1, self)
        if top:
            self.lower()  # a screen reader goes by the order of the widgets

    @property
    def text(self) -> str:
        """What it says now."""
        return self._label.text()

    def say(self, text: str, act: str = "", dismiss: str = "") -> None:
        """Say `text`, with buttons of these words; "" for no button, and as the text for no banner."""
        new = text != self._label.text()
        self._label.setText(text)
        for button, words in ((self._act, act), (self._dismiss, dismiss)):
            button.setText(words)
            button.setVisible(bool(words))
        self.setVisible(bool(text))
        if new and text:
            announce(self, text)
