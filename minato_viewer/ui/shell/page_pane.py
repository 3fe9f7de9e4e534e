"""The page: one entry as a document, its notices, links and foot, with the neighbours below it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRect, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QTextBrowser, QTextEdit, QVBoxLayout, QWidget

from minato_viewer.language.tags import language
from minato_viewer.pages.notices import OWN_WORDS, READERS_LANGUAGE
from minato_viewer.pages.richtext import ENTRY_SCHEME, escape
from minato_viewer.ui.shell.announce import announce
from minato_viewer.ui.shell.properties import set_by_name
from minato_viewer.viewmodel.page_document import MARGIN, PageDocument

if TYPE_CHECKING:
    # Types that only annotations name: PySide6 makes a class when it is first imported, at up to 2 ms each.
    from PySide6.QtCore import QEvent, QMimeData, QUrl
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent

    from minato_viewer.language.catalogues import Messages
    from minato_viewer.pages.blocks import EntryLink, Page
    from minato_viewer.ui.shell.context import Context
    from minato_viewer.ui.shell.find_bar import FindBar

LINE_WIDTH = 760
"""Pixels at a text size of 100 %: 40 characters of Japanese, so that lines stay readable on a wide screen."""


class PageView(QTextBrowser):
    """Shows a page document. It follows no link itself and loads nothing from anywhere."""

    painted = Signal()
    """The page is on screen for the first time."""
    focus_moved = Signal()
    """Another link may have the focus, or the one that has it may be elsewhere."""
    link_reached = Signal(str)
    """Tab has come to a link with these words."""

    def __init__(self, parent: QWidget) -> None:
        """Show an empty page."""
        super().__init__(parent)
        self.setObjectName("page_view")
        self._shown = False
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
        self.verticalScrollBar().valueChanged.connect(self.focus_moved)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Load nothing: a page holds all that it shows."""
        del kind, name

    def changeEvent(self, event: QEvent) -> None:
        """Keep the page in its own fonts: Qt would set it in that of the widgets, and the reader's place would move."""
        if event.type() != event.Type.FontChange:
            super().changeEvent(event)

    def focus_area(self) -> QRect:
        """Return where the link with the focus is (pixels of this widget); the whole view where none has it."""
        cursor = self.textCursor()
        first, last = QTextCursor(cursor), QTextCursor(cursor)
        first.setPosition(cursor.selectionStart())
        last.setPosition(cursor.selectionEnd())
        if not (cursor.hasSelection() and last.charFormat().isAnchor()):
            return self.rect()
        area = self.cursorRect(first).united(self.cursorRect(last))
        if self.cursorRect(first).top() != self.cursorRect(last).top():
            # A link over several lines: all of them, from margin to margin.
            area.setLeft(MARGIN)
            area.setRight(self.lineWrapColumnOrWidth() - MARGIN)
        return area.translated(self.viewport().pos())

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

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl the window changes the text size, where Qt would stretch this page alone."""
        if event.modifiers() & event.modifiers().ControlModifier:
            event.ignore()
        else:
            super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and say once that there is something to see."""
        super().paintEvent(event)
        if not self._shown:
            self._shown = True
            self.painted.emit()


class PagePane(QFrame):
    """A page in a chain of languages of its own, so that two panes can show two languages."""

    entry_chosen = Signal(str)
    page_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Show nothing until `show_entry`."""
        super().__init__(parent)
        self._context = context
        self.setObjectName("page")
        self._messages = context.translator.messages
        self._own_words = False
        self.page: Page | None = None
        self.view = PageView(self)
        self.view.set_line_width(context.theme.scaled(LINE_WIDTH))
        self.view.anchorClicked.connect(self._on_link)
        self.view.link_reached.connect(self._announce_link)
        self._document: PageDocument | None = None
        footer = QFrame(self)
        footer.setObjectName("page_footer")
        row = QHBoxLayout(footer)
        row.setContentsMargins(MARGIN - 4, 0, MARGIN, 0)
        self._previous = self._step_button(footer)
        self._next = self._step_button(footer)
        row.addWidget(self._previous)
        row.addStretch(1)
        row.addWidget(self._next)
        self._find: FindBar | None = None
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(footer)
        context.appearance.changed.connect(self._restyle)
        self._previous.clicked.connect(self.open_previous)
        self._next.clicked.connect(self.open_next)

    def _step_button(self, parent: QWidget) -> QPushButton:
        button = QPushButton(parent)
        button.setObjectName("step")
        set_by_name(button, focusPolicy="TabFocus")
        return button

    # -- finding and copying ---------------------------------------------------------------------

    def open_find(self) -> None:
        """Show the bar that finds words on the page, made when it is first wanted."""
        if self._find is None:
            from minato_viewer.ui.shell.find_bar import FindBar  # noqa: PLC0415 - not for the first page

            self._find = FindBar(self.view, self._context.translator, self)
            self._find.set_theme(self._context.theme)
            self._column.insertWidget(1, self._find)
            # What is made later comes later by Tab, too, unless it is said where.
            stops = [self.view, *(part for part in self._find.findChildren(QWidget) if part.focusPolicy().value)]
            for before, after in pairwise(stops):
                QWidget.setTabOrder(before, after)
        self._find.open()

    def copy_with_source(self) -> None:
        """Copy the selected words, or the whole entry, with where they come from and whose words they are."""
        if self.page is not None:
            from minato_viewer.pages.citation import cited  # noqa: PLC0415 - not for the first page

            selected = self.view.selected_text()
            self._copy(cited(self.page, self._context.plan.editions, self._messages, selected))

    def copy_code(self) -> None:
        """Copy the code by which this entry can be opened again."""
        if self.page is not None:
            self._copy(self.page.code)

    def _copy(self, text: str) -> None:
        from PySide6.QtWidgets import QApplication, QToolTip  # noqa: PLC0415 - not for the first page

        QApplication.clipboard().setText(text)
        said = self._messages.gettext("Copied.")
        QToolTip.showText(self.view.mapToGlobal(self.view.rect().bottomLeft()), said, self.view)
        announce(self, said)

    def _restyle(self) -> None:
        """Set the page in the theme as it is now, from the same paragraph on."""
        self.view.set_line_width(self._context.theme.scaled(LINE_WIDTH))
        if self.page is not None:
            self._render_in_place(self.page.code)
        if self._find is not None:
            self._find.set_theme(self._context.theme)

    # -- what is shown ---------------------------------------------------------------------------

    def show_entry(self, code: str) -> None:
        """Open the page of `code` from its top; RequestFault for an unknown one."""
        self._own_words = False
        first = self._document is None
        self._render(code)
        if not first:
            self.view.verticalScrollBar().setValue(0)

    def set_messages(self, messages: Messages) -> None:
        """Say the page in another language, from the same paragraph on."""
        self._messages = messages
        if self.page is not None:
            self._render_in_place(self.page.code)

    def toggle_own_words(self) -> None:
        """Change between the reader's language and the edition's own words, from the same paragraph on."""
        if self.page is not None and (self._own_words or self.page.own_words_differ):
            self._own_words = not self._own_words
            self._render_in_place(self.page.code)

    def open_previous(self) -> None:
        """Ask for the entry before this one."""
        if self.page is not None and self.page.previous is not None:
            self.entry_chosen.emit(self.page.previous.code)

    def open_next(self) -> None:
        """Ask for the entry after this one."""
        if self.page is not None and self.page.next is not None:
            self.entry_chosen.emit(self.page.next.code)

    def _render_in_place(self, code: str) -> None:
        bar = self.view.verticalScrollBar()
        # At the very top stays at the very top, whatever is inserted above the title.
        place = self._document.place_at(bar.value()) if self._document is not None and bar.value() > 0 else None
        self._render(code)
        if place is not None and self._document is not None:
            bar.setValue(round(self._document.height_of(place)))

    def _render(self, code: str) -> None:
        page = self._context.composer.page(code, self._messages, own_words=self._own_words)
        document = PageDocument(page, self._context.theme, self.view)
        previous = self._document
        document.setTextWidth(self.view.lineWrapColumnOrWidth())
        self.view.setDocument(document)
        if previous is not None:
            previous.deleteLater()
        self.page, self._document = page, document
        if self._find is not None:
            self._find.page_changed()
        messages = self._messages
        self.view.setAccessibleName(messages.gettext("Page: {title}", title=page.heading))
        # The language in which a screen reader reads the page; Qt knows but one for all of it.
        self.view.setLocale(QLocale(language(page.title.lang if page.title else page.lang).locale))
        self._label(self._previous, page.previous, messages.gettext("‹ Previous entry"))
        self._label(self._next, page.next, messages.gettext("Next entry ›"))
        self.page_changed.emit()

    def _label(self, button: QPushButton, link: EntryLink | None, text: str) -> None:
        button.setText(text)
        button.setEnabled(link is not None)
        button.setToolTip(f"{link.number} {link.title}".strip() if link else "")

    def _announce_link(self, words: str) -> None:
        # Qt tells nobody that the focus has moved within the page.
        # TRANSLATORS: What a screen reader says when Tab has come to a link of the page.
        announce(self.view, self._messages.gettext("Link: {title}", title=words))

    def _on_link(self, url: QUrl) -> None:
        target = url.toString()
        if target in (OWN_WORDS, READERS_LANGUAGE):
            self.toggle_own_words()
        elif url.scheme() == ENTRY_SCHEME:
            self.entry_chosen.emit(target.removeprefix(f"{ENTRY_SCHEME}:"))
