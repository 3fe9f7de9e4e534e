"""The bottom of the counter window: what this program is not, whose desk this is, and which plan is shown."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from minato_viewer.services.theme import Theme
from minato_viewer.ui.shell.dress import set_type
from minato_viewer.ui.shell.properties import set_by_name

_SPACING = 24
_MARGIN = 16
_LONGEST = 30
"""Times the size of its letters: a longer notice never keeps the window from getting narrower."""


class Footer(QFrame):
    """One line. The notice always stands, in several lines where it must; of the rest as much as fits in one.

    Every page says the rest too.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self.setObjectName("footer")
        self._labels = [QLabel(self) for _ in range(5)]
        self.notice, self.office, self.period, self.edition, self.content = self._labels
        self._sized = False
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        row.setSpacing(_SPACING)
        for label in self._labels:
            label.setObjectName("evaluation" if label is self.notice else "small")
            set_type(label, theme, "small")
            # What a settings file says is text, never markup.
            set_by_name(label, textFormat="PlainText")
            row.addWidget(label)
        row.addStretch(1)

    def say(self, notice: str, office: str, period: str, edition: str, content: str) -> None:
        """Say what stands in the footer, in the language of the interface; what is empty takes no room."""
        for label, text in zip(self._labels, (notice, office, period, edition, content), strict=True):
            label.setText(text)
        self.fit()

    def fit(self) -> None:
        """Show what fits; to be called after the size of the text has changed."""
        if not self._sized:
            return  # its width says nothing yet
        room = self.width() - 2 * _MARGIN
        long = self._notice_width() > room
        if long != self.notice.wordWrap():
            self.notice.setWordWrap(long)
            self._row.setStretchFactor(self.notice, 100 if long else 0)
        for label in self._labels:
            room -= label.sizeHint().width()
            fits = room >= 0 and not long
            label.setVisible(bool(label.text()) and (fits or label is self.notice))
            room -= _SPACING if label.text() else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits into the new width."""
        super().resizeEvent(event)
        self._sized = True
        self.fit()

    def minimumSizeHint(self) -> QSize:
        """Return the size of the notice alone."""
        width = min(self._notice_width(), _LONGEST * self.notice.font().pixelSize())
        return QSize(width + 2 * _MARGIN, super().minimumSizeHint().height())

    def _notice_width(self) -> int:
        """Return how wide the notice is in one line."""
        return self.notice.fontMetrics().horizontalAdvance(self.notice.text())
