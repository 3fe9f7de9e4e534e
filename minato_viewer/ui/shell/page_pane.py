"""The page: one entry as a document, its notices, links and foot, with the neighbours below it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from minato_viewer.language.tags import language
from minato_viewer.pages.notices import OWN_WORDS, READERS_LANGUAGE
from minato_viewer.pages.richtext import ENTRY_SCHEME
from minato_viewer.services.furigana import shows
from minato_viewer.ui.shell.announce import announce, tell
from minato_viewer.ui.shell.page_view import LINE_WIDTH, PageView
from minato_viewer.ui.shell.properties import set_by_name
from minato_viewer.viewmodel.page_document import MARGIN, PageDocument

if TYPE_CHECKING:
    # Types that only annotations name: PySide6 makes a class when it is first imported, at up to 2 ms each.
    from PySide6.QtCore import QUrl

    from minato_viewer.language.catalogues import Messages
    from minato_viewer.pages.blocks import EntryLink, Page
    from minato_viewer.ui.shell.context import Context
    from minato_viewer.ui.shell.find_bar import FindBar
    from minato_viewer.viewmodel.page_document import Place


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
        self._pointed = ""
        self.page: Page | None = None
        self.view = PageView(self)
        self.view.set_line_width(context.theme.scaled(LINE_WIDTH))
        self.view.anchorClicked.connect(self._on_link)
        self.view.link_reached.connect(self._announce_link)
        self._document: PageDocument | None = None
        footer = self._steps = QFrame(self)
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
        context.furigana.changed.connect(self.render_again)
        self._previous.clicked.connect(self.open_previous)
        self._next.clicked.connect(self.open_next)

    def _step_button(self, parent: QWidget) -> QPushButton:
        button = QPushButton(parent)
        button.setObjectName("step")
        set_by_name(button, focusPolicy="TabFocus")
        return button

    def show_steps(self, *, shown: bool) -> None:
        """Show or hide the way to the neighbours below the page."""
        self._steps.setVisible(shown)

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
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - not for the first page

        QApplication.clipboard().setText(text)
        tell(self.view, self._messages.gettext("Copied."))

    def _restyle(self) -> None:
        """Set the page in the theme as it is now, from the same paragraph on."""
        self.view.set_line_width(self._context.theme.scaled(LINE_WIDTH))
        self.render_again()
        self.point(self._pointed)
        if self._find is not None:
            self._find.set_theme(self._context.theme)

    def point(self, field: str) -> None:
        """Mark the words that somebody points at: those of `field`, or none where it is empty."""
        from PySide6.QtGui import QColor  # noqa: PLC0415 - not for the first page

        self._pointed = field
        colours = self._context.theme.colours
        self.view.mark(field, QColor(colours["point_ground"]), QColor(colours["point_edge"]))

    @property
    def document(self) -> PageDocument | None:
        """The page as it is set; None before the first one."""
        return self._document

    # -- what is shown ---------------------------------------------------------------------------

    def show_entry(self, code: str) -> None:
        """Open the page of `code` from its top; RequestFault for an unknown one."""
        self._own_words = False
        first = self._document is None
        self._render(code)
        if not first:
            self.view.verticalScrollBar().setValue(0)

    @property
    def messages(self) -> Messages:
        """What the page is said in."""
        return self._messages

    def set_messages(self, messages: Messages) -> None:
        """Say the page in another language, from the same paragraph on."""
        self._messages = messages
        self.render_again()

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

    def render_again(self) -> None:
        """Show the same page as everything now wants it, from the same paragraph on."""
        if self.page is not None:
            self._render_in_place(self.page.code)

    @property
    def place(self) -> Place | None:
        """Where the reader is on the page; None at its very top, which stays so whatever is inserted there."""
        top = self.view.verticalScrollBar().value()
        return self._document.place_at(top) if self._document is not None and top > 0 else None

    def go_to(self, place: Place | None) -> None:
        """Scroll to a place, which another language, size or width has somewhere else."""
        if place is not None and self._document is not None:
            self.view.verticalScrollBar().setValue(round(self._document.height_of(place)))

    def _render_in_place(self, code: str) -> None:
        place = self.place
        self._render(code)
        self.go_to(place)

    def _render(self, code: str) -> None:
        furigana = shows(self._context.furigana.choice, self._messages.tag)
        page = self._context.composer.page(code, self._messages, own_words=self._own_words, furigana=furigana)
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
