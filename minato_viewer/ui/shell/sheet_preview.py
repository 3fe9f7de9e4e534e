"""A look at sheets of paper before they are printed: one at a time, in the room there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from minato_viewer.ui.shell.announce import announce

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from minato_viewer.ui.shell.context import Context
    from minato_viewer.viewmodel.sheets import Sheets


class SheetPreview(QWidget):
    """Shows a sheet, and goes to the one before and the one after it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Show nothing until `show_sheets`."""
        super().__init__(parent)
        self._context = context
        self._sheets: Sheets | None = None
        self.number = 0
        """Of the sheet that is shown, from 0."""
        messages = context.translator.messages
        self.picture = _Picture(context.theme.colours["border"], self)
        self._previous = self._button("‹", messages.gettext("Previous sheet"))
        self._next = self._button("›", messages.gettext("Next sheet"))
        self._place = QLabel(self)
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._previous.clicked.connect(self.go_back)
        self._next.clicked.connect(self.go_on)
        row = QHBoxLayout()
        row.addStretch(1)
        for widget in (self._previous, self._place, self._next):
            row.addWidget(widget)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.picture, 1)
        layout.addLayout(row)
        self._enable()

    def _button(self, sign: str, name: str) -> QPushButton:
        button = QPushButton(sign, self)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setAutoDefault(False)
        return button

    def show_sheets(self, sheets: Sheets) -> None:
        """Show the first of sheets that were measured, or the same as before where there are as many."""
        self._sheets = sheets
        self.number = min(self.number, sheets.count - 1)
        self._show()

    def go_back(self) -> None:
        """Show the sheet before."""
        self._go(-1)

    def go_on(self) -> None:
        """Show the sheet after."""
        self._go(1)

    def _go(self, step: int) -> None:
        if self._sheets is not None and 0 <= self.number + step < self._sheets.count:
            self.number += step
            self._show()
            announce(self, self.picture.accessibleName())

    def _show(self) -> None:
        if self._sheets is None:
            return
        messages = self._context.translator.messages
        # TRANSLATORS: A look at a sheet before it is printed: which of them.
        place = messages.gettext("Sheet {number} of {count}", number=self.number + 1, count=self._sheets.count)
        self._place.setText(place)
        self.picture.setAccessibleName(place)
        self.picture.show_sheet(self._sheets, self.number)
        self._enable()

    def _enable(self) -> None:
        count = self._sheets.count if self._sheets is not None else 0
        self._previous.setEnabled(self.number > 0)
        self._next.setEnabled(self.number + 1 < count)


class _Picture(QWidget):
    """A sheet as large as it fits, drawn anew for every size."""

    def __init__(self, border: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._border = border
        self._sheets: Sheets | None = None
        self._number = 0
        self._drawn = QPixmap()
        self.setMinimumSize(QSize(160, 200))

    def show_sheet(self, sheets: Sheets, number: int) -> None:
        self._sheets, self._number = sheets, number
        self._draw()

    def _draw(self) -> None:
        if self._sheets is None or not self.width():
            return
        whole = self._sheets.sheet.whole
        width = min(self.width() - 2, (self.height() - 2) * whole.width() / whole.height())
        ratio = self.devicePixelRatioF()
        self._drawn = QPixmap.fromImage(self._sheets.picture(self._number, max(round(width * ratio), 1)))
        self._drawn.setDevicePixelRatio(ratio)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new size."""
        super().resizeEvent(event)
        self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sheet in the middle, with an edge that can be seen on any ground."""
        del event
        if self._drawn.isNull():
            return
        size = self._drawn.deviceIndependentSize()
        x, y = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        painter = QPainter(self)
        painter.drawPixmap(round(x), round(y), self._drawn)
        painter.setPen(QColor(self._border))
        painter.drawRect(QRectF(round(x), round(y), size.width() - 1, size.height() - 1))
        painter.end()
