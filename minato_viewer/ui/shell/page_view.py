"""The view of one page: scrolls it, selects and copies its words, walks its links; it follows none itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from minato_viewer.pages.richtext import escape
from minato_viewer.ui.shell.properties import set_by_name
from minato_viewer.viewmodel.page_document import MARGIN, PageDocument

if TYPE_CHECKING:
    # Types that only annotations name: PySide6 makes a class when it is first imported, at up to 2 ms each.
    from PySide6.QtCore import QEvent, QMimeData, QUrl
    from PySide6.QtGui import QColor, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from minato_viewer.viewmodel.page_ruby import PageRuby

LINE_WIDTH = 760
"""Pixels at a text size of 100 %: 40 characters of Japanese, so that lines stay readable on a wide screen."""

_STILL = 8
"""Pixels: a finger that moves no farther has touched and not drawn."""
_AROUND_MARK = 14
"""Pixels beside the words."""


class PageView(QTextBrowser):
    """Shows a page document. It follows no link itself and loads nothing from anywhere."""

    painted = Signal()
    """The page is on screen for the first time."""
    focus_moved = Signal()
    """Another link may have the focus, or the one that has it may be elsewhere."""
    link_reached = Signal(str)
    """Tab has come to a link with these words."""
    pointed = Signal(str)
    """Somebody touched the words of this field, while `pointing`; empty for a place without any."""
    touched = Signal(QPoint)
    """This place of the viewport was touched, and there was no link."""
    resized = Signal()
    """Lines may be broken elsewhere now."""

    def __init__(self, parent: QWidget) -> None:
        """Show an empty page."""
        super().__init__(parent)
        self.setObjectName("page_view")
        self._shown = False
        self.pointing = False
        """Whether a touch points at words."""
        self._mark: tuple[str, QColor, QColor] | None = None
        self._pressed: QPoint | None = None
        self._line_width = LINE_WIDTH
        self.setOpenLinks(False)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        # The usual width at once: the first page would else be laid out for no width at all, and then again.
        self.setLineWrapColumnOrWidth(LINE_WIDTH + 2 * MARGIN)
        set_by_name(
            self,
            horizontalScrollBarPolicy="ScrollBarAlwaysOff",
            textInteractionFlags="TextBrowserInteraction|TextSelectableByKeyboard",
        )
        self.selectionChanged.connect(self._on_selection_changed)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll, and say that the link with the focus may be elsewhere."""
        super().scrollContentsBy(dx, dy)
        self.focus_moved.emit()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Load nothing: a page holds all that it shows."""
        del kind, name

    def changeEvent(self, event: QEvent) -> None:
        """Keep the page in its own fonts: Qt would set it in that of the widgets, and the reader's place would move."""
        if event.type() != event.Type.FontChange:
            super().changeEvent(event)

    def focus_area(self) -> QRect:
        """Return where the link with the focus is (pixels of this widget); the whole view where none has it."""
        from PySide6.QtGui import QTextCursor  # noqa: PLC0415 - not for the first page

        cursor = self.textCursor()
        first, last = QTextCursor(cursor), QTextCursor(cursor)
        first.setPosition(cursor.selectionStart())
        last.setPosition(cursor.selectionEnd())
        if not (cursor.hasSelection() and last.charFormat().isAnchor()):
            return self.rect()
        area = self.cursorRect(first).united(self.cursorRect(last))
        looks = first.blockFormat()
        if looks.lineHeightType() == looks.LineHeightTypes.MinimumHeight.value:
            # Its furigana, too.
            area.setTop(area.top() - max(round(looks.lineHeight()) - self.cursorRect(first).height(), 0))
        if self.cursorRect(first).top() != self.cursorRect(last).top():
            # A link over several lines: all of them, from margin to margin.
            area.setLeft(MARGIN)
            area.setRight(self.lineWrapColumnOrWidth() - MARGIN)
        return area.translated(self.viewport().pos())

    def _on_selection_changed(self) -> None:
        # Qt paints the lines anew, but not what stands above them.
        document = self.document()
        if isinstance(document, PageDocument) and document.ruby is not None:
            self.viewport().update()

    def selected_text(self) -> str:
        """Return the selected words as plain text, without the places of pictures."""
        return self.textCursor().selection().toPlainText().replace("\ufffc", "")

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy words for paper: plain, and as paragraphs without the colours and sizes of the screen."""
        from PySide6.QtCore import QMimeData  # noqa: PLC0415 - not for the first page

        words = self.selected_text()
        data = QMimeData()
        data.setText(words)
        data.setHtml("".join(f"<p>{escape(line)}</p>" for line in words.splitlines() if line.strip()))
        return data

    def set_line_width(self, width: int) -> None:
        """Let lines be at most `width` pixels long, and no longer than the view."""
        self._line_width = width
        self._wrap(self.viewport().width() if self.isVisible() else width)

    def _wrap(self, room: int) -> None:
        width = min(room, self._line_width + 2 * MARGIN)
        if width != self.lineWrapColumnOrWidth():
            self.setLineWrapColumnOrWidth(width)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go from link to link and out again; Qt alone never leaves a link at the very beginning backwards."""
        before = self.textCursor()
        if not super().focusNextPrevChild(forward):
            return False
        self.focus_moved.emit()
        if self.hasFocus() and not forward and self.textCursor() == before and before.hasSelection():
            return QTextEdit.focusNextPrevChild(self, False)
        if self.hasFocus() and self.textCursor().hasSelection():
            self.link_reached.emit(self.textCursor().selectedText())
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines as long as they read well, and no longer than the window."""
        self._wrap(event.size().width())
        super().resizeEvent(event)
        self.resized.emit()

    # -- pointing --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where a touch begins."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Point at the words that were touched; drawn over words, it has selected them, and a link is followed."""
        place, pressed, self._pressed = event.position().toPoint(), self._pressed, None
        still = pressed is not None and (place - pressed).manhattanLength() < _STILL
        # Looked up before a link is followed, after which another page may be here.
        document, link = self.document(), self.anchorAt(place)
        super().mouseReleaseEvent(event)
        if not still or link or self.textCursor().hasSelection():
            return
        self.touched.emit(place)
        if self.pointing and isinstance(document, PageDocument):
            self.pointed.emit(document.field_at(place.y() + self.verticalScrollBar().value()))

    def mark(self, field: str, ground: QColor, edge: QColor) -> None:
        """Mark the words of `field`, or nothing where it is empty, as those that are pointed at."""
        self._mark = (field, ground, edge) if field else None
        self.viewport().update()

    def show_field(self, field: str) -> None:
        """Scroll so that the words of `field` can be seen, where they cannot."""
        document, bar = self.document(), self.verticalScrollBar()
        area = document.area_of(field) if isinstance(document, PageDocument) else None
        if area is not None and not bar.value() <= area.top() <= area.bottom() <= bar.value() + bar.pageStep():
            bar.setValue(round(area.top() - bar.pageStep() / 4))

    def _paint_mark(self, document: PageDocument, field: str, ground: QColor, edge: QColor) -> None:
        """Paint the mark, over which the words are then painted."""
        from PySide6.QtGui import QPainter  # noqa: PLC0415 - only where somebody points

        area = document.area_of(field)
        if area is None:
            return
        area.translate(0, -self.verticalScrollBar().value())
        area.setLeft(area.left() - _AROUND_MARK)
        area.setRight(max(area.right(), self.lineWrapColumnOrWidth() - MARGIN) + _AROUND_MARK)
        area.adjust(0, -_AROUND_MARK / 2, 0, _AROUND_MARK / 2)
        painter = QPainter(self.viewport())
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setPen(edge)
        painter.setBrush(edge)
        painter.drawRoundedRect(area, 8, 8)
        painter.setPen(ground)
        painter.setBrush(ground)
        painter.drawRoundedRect(area.adjusted(6, 0, 0, 0), 6, 6)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl the window changes the text size, where Qt would stretch this page alone."""
        if event.modifiers() & event.modifiers().ControlModifier:
            event.ignore()
        else:
            super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and say once that there is something to see."""
        document = self.document()
        if self._mark is not None and isinstance(document, PageDocument):
            self._paint_mark(document, *self._mark)
        super().paintEvent(event)
        if isinstance(document, PageDocument) and document.ruby is not None:
            self._paint_ruby(document, document.ruby, event.rect())
        if not self._shown:
            self._shown = True
            self.painted.emit()

    def _paint_ruby(self, document: PageDocument, ruby: PageRuby, area: QRect) -> None:
        """Paint the furigana in `area` (pixels of the viewport)."""
        from PySide6.QtCore import QRectF  # noqa: PLC0415 - only for those who want them
        from PySide6.QtGui import QPainter, QPalette, QTextCursor  # noqa: PLC0415 - the same

        from minato_viewer.viewmodel.page_ruby import Selected  # noqa: PLC0415 - the same

        top, cursor, palette = self.verticalScrollBar().value(), self.textCursor(), self.palette()
        ink, ground = palette.color(QPalette.ColorRole.HighlightedText), palette.color(QPalette.ColorRole.Highlight)
        first, last = QTextCursor(cursor), QTextCursor(cursor)
        first.setPosition(min(cursor.selectionStart() + 1, document.characterCount() - 1))
        last.setPosition(cursor.selectionEnd())
        selected = Selected(cursor.selectionStart(), cursor.selectionEnd(), ink, ground)
        link = first.charFormat().anchorHref()
        if link and link == last.charFormat().anchorHref():
            selected = None  # a link with the focus is selected, but Qt paints it as it is
        painter = QPainter(self.viewport())
        painter.translate(-self.horizontalScrollBar().value(), -top)
        ruby.paint(document, painter, QRectF(area.translated(0, top)), selected)
        painter.end()
