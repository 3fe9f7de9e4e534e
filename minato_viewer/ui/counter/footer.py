"""The bottom of the counter window: what this program is not, whose desk this is, and which plan is shown."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from minato_viewer.services.theme import Theme
from minato_viewer.ui.shell.dress import set_type
from minato_viewer.ui.shell.properties import set_by_name

_SPACING = 24
_MARGIN = 16


class Footer(QFrame):
    """One line. The notice always stands; of the rest as much as fits, because every page says it too."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self.setObjectName("footer")
        self._labels = [QLabel(self) for _ in range(4)]
        self.notice, self.office, self.period, self.edition = self._labels
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        row.setSpacing(_SPACING)
        for label in self._labels:
            label.setObjectName("evaluation" if label is self.notice else "small")
            set_type(label, theme, "small")
            # What a settings file says is text, never markup.
            set_by_name(label, textFormat="PlainText")
            row.addWidget(label)
        row.addStretch(1)

    def say(self, notice: str, office: str, period: str, edition: str) -> None:
        """Say what stands in the footer, in the language of the interface; what is empty takes no room."""
        for label, text in zip(self._labels, (notice, office, period, edition), strict=True):
            label.setText(text)
        self.fit()

    def fit(self) -> None:
        """Show what fits; to be called after the size of the text has changed."""
        room = self.width() - 2 * _MARGIN
        for label in self._labels:
            room -= label.sizeHint().width()
            label.setVisible(bool(label.text()) and (room >= 0 or label is self.notice))
            room -= _SPACING if label.text() else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits into the new width."""
        super().resizeEvent(event)
        self.fit()

    def minimumSizeHint(self) -> QSize:
        """Return the size of the notice alone."""
        return QSize(self.notice.sizeHint().width() + 2 * _MARGIN, super().minimumSizeHint().height())
