"""A box to choose a language from, each by its own name in its own script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QComboBox, QWidget

from minato_viewer.language.tags import language
from minato_viewer.services import fonts

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from minato_viewer.ui.shell.context import Context


class LanguageBox(QComboBox):
    """The languages that are offered; with a word for none, that first."""

    def __init__(self, context: Context, name: str, none: str, parent: QWidget) -> None:
        """Offer the languages of the settings under the accessible name `name`."""
        super().__init__(parent)
        self._theme = context.theme
        self.setAccessibleName(name)
        # Each name in its own letters, and the word for none in those of the interface.
        font = QFont([fonts.names_family(), *fonts.families(context.translator.tag)])
        font.setPixelSize(self._theme.sizes["interface"])
        self.setFont(font)
        if none:
            self.addItem(none, "")
        for tag in context.settings.languages:
            self.addItem(language(tag).name, tag)

    @property
    def tag(self) -> str:
        """The language that is chosen; empty for none."""
        return self.currentData() or ""

    def choose(self, tag: str) -> None:
        """Choose a language; the first in the box where it is not offered."""
        self.setCurrentIndex(max(self.findData(tag), 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the arrow, too, which Qt leaves out where a style sheet draws the border."""
        super().paintEvent(event)
        unit = self._theme.scaled(5)
        middle = QPointF(self.width() - 3.5 * unit, self.height() / 2)
        arrow = QPainterPath(middle + QPointF(-unit, -unit / 2))
        arrow.lineTo(middle + QPointF(0, unit / 2))
        arrow.lineTo(middle + QPointF(unit, -unit / 2))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(arrow, QPen(QColor(self._theme.colours["ink"]), self._theme.scaled(2)))
        painter.end()
