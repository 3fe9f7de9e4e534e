"""A strip across the window that says something all the time: the notice of the day, or news for staff."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayoutItem,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QWidget,
)

from minato_viewer.services.theme import Theme
from minato_viewer.ui.shell.announce import announce
from minato_viewer.ui.shell.dress import set_type

_MARGIN = 16
_SPACING = 12
_PADDING = 8
_PART = 4
"""Of the height of the window, one part in so many."""


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
        super().__init__(window.centralWidget())
        self.setObjectName(name)
        self._window = window
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # Scrolled where it would take the page its room. Reached by Tab, because whoever cannot see it rise must be
        # able to read it again.
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._label)
        self._act, self._dismiss = QPushButton(self), QPushButton(self)
        set_type(self._label, theme, "body" if bold else "interface", bold=bold)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _PADDING, _MARGIN, _PADDING)
        row.setSpacing(_SPACING)
        row.addWidget(self._area, 1)
        for button in (self._act, self._dismiss):
            button.hide()
            row.addWidget(button)
        self._act.clicked.connect(self.act)
        self._dismiss.clicked.connect(self.dismissed)
        self.hide()
        body = self.parentWidget()
        self._column = body.layout() if body is not None else None
        if isinstance(self._column, QBoxLayout):
            self._column.insertWidget(0 if top else self._column.count() - 1, self)
            self._put_in_order()
        if top:
            self.lower()  # a screen reader goes by the order of the widgets

    def _put_in_order(self) -> None:
        """Let Tab come here from what stands above the last line of the window: from there it goes on to the top."""
        *above, _ = [item.widget() for item in self._items()]
        anchor = [widget for widget in above if widget is not None and widget is not self][-1]
        last: QWidget | None = None
        widget = self._window.nextInFocusChain()
        while widget is not None and widget is not self._window:
            if anchor.isAncestorOf(widget) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                last = widget
            widget = widget.nextInFocusChain()
        for widget in (self._area, self._act, self._dismiss):
            if last is not None:
                QWidget.setTabOrder(last, widget)
            last = widget

    def _items(self) -> list[QLayoutItem]:
        items = [self._column.itemAt(number) for number in range(self._column.count())] if self._column else []
        return [item for item in items if item is not None]

    def say(self, text: str, act: str = "", dismiss: str = "") -> None:
        """Say `text`, with buttons of these words; "" for no button, and as the text for no banner."""
        new = text != self._label.text()
        self._label.setText(text)
        for button, words in ((self._act, act), (self._dismiss, dismiss)):
            button.setText(words)
            button.setVisible(bool(words))
        self._area.setAccessibleName(text)
        self.setVisible(bool(text))
        self.fit()
        if new and text:
            announce(self, text)

    def fit(self) -> None:
        """Take the height that the text needs, but no more than a part of the window, and than the rest can spare."""
        needed = self._label.heightForWidth(self._area.viewport().width())
        line = self._label.fontMetrics().height()
        taken = sum(item.minimumSize().height() for item in self._items() if item.widget() is not self)
        spare = self._window.height() - taken - 2 * _PADDING
        self._area.setFixedHeight(max(line, min(needed, self._window.height() // _PART, spare)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the text needs in the new width."""
        super().resizeEvent(event)
        self.fit()
