"""Two languages side by side: the same entry for staff and for the visitor, level, scrolled and pointed at together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from minato_viewer.language.catalogues import messages
from minato_viewer.ui.shell.page_pane import PagePane
from minato_viewer.viewmodel.alignment import AlignedPages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSplitter

    from minato_viewer.ui.shell.context import Context
    from minato_viewer.viewmodel.page_document import PageDocument


class Pair(QObject):
    """Puts the visitor's page beside that of the staff, and keeps the two together."""

    entry_chosen = Signal(str)
    pointed = Signal(str)
    """Somebody points at a field, or at none (empty)."""

    def __init__(self, context: Context, own: PagePane, splitter: QSplitter, tag: str) -> None:
        """Show a page in the language `tag` beside `own`, which stands last in `splitter`."""
        super().__init__(own)
        self._splitter = splitter
        self._own = own
        self._level: tuple[PageDocument, PageDocument] | None = None
        self._aligned: AlignedPages | None = None
        self.language = tag
        self._place = own.place
        """Where both are on the page; None at its top."""
        self._aligning = False
        self.visitors = PagePane(context, splitter)
        self.visitors.setMinimumWidth(own.minimumWidth())
        self.visitors.set_messages(messages(tag))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.align)
        self.panes = (own, self.visitors)
        own.page_changed.connect(self._follow)
        self.visitors.page_changed.connect(self._soon.start)
        self.visitors.entry_chosen.connect(self.entry_chosen)
        for pane, other in (self.panes, self.panes[::-1]):
            pane.view.verticalScrollBar().valueChanged.connect(other.view.verticalScrollBar().setValue)
            pane.view.verticalScrollBar().valueChanged.connect(self._on_scrolled)
            pane.view.resized.connect(self._on_resized)
            pane.view.pointed.connect(self.pointed)
        for pane in self.panes:
            pane.show_steps(shown=False)  # large text needs the room, and the keys go on working
        self.visitors.show()
        self.share_room()
        self._follow()

    # -- the two sides ---------------------------------------------------------------------------

    @property
    def swapped(self) -> bool:
        """Whether the visitor's page stands on the left."""
        return self._splitter.indexOf(self.visitors) < self._splitter.indexOf(self._own)

    def swap(self) -> None:
        """Change the sides; each keeps its width."""
        sizes = self._splitter.sizes()
        self._splitter.addWidget(self._own if not self.swapped else self.visitors)
        self._splitter.setSizes(sizes)

    def show_sides(self, *, own: bool, visitors: bool) -> None:
        """Show both pages, or one of them alone."""
        self._own.setVisible(own or not visitors)
        self.visitors.setVisible(visitors)
        self.share_room()
        self._soon.start()

    def share_room(self) -> None:
        """Give both pages the same width; the contents, where they are shown, keep theirs."""
        whole, (contents, *_) = sum(self._splitter.sizes()), self._splitter.sizes()
        half = (whole - contents) // 2
        self._splitter.setSizes([contents, half, half])

    def speak(self, tag: str) -> None:
        """Show the visitor's page in another language."""
        self.language = tag
        self.visitors.set_messages(messages(tag))

    # -- together --------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Show what the staff's page shows."""
        page = self._own.page
        if page is None:
            return
        if self.visitors.page is None or self.visitors.page.code != page.code:
            self.visitors.show_entry(page.code)
            if self._aligned is not None:
                self._place = None  # another entry begins at its top
            # At once: no one is to see it otherwise.
            self.align()
        else:
            self._soon.start()

    def align(self) -> None:
        """Bring both pages level, from the same paragraph on."""
        self._soon.stop()
        one, other = self._own.document, self.visitors.document
        if (
            one is None
            or other is None
            or not (self._own.isVisibleTo(self._splitter) and self.visitors.isVisibleTo(self._splitter))
        ):
            return
        if self._aligned is None or self._level != (one, other):
            if self._aligned is not None:
                self._aligned.release((one, other))
            self._level = (one, other)
            self._aligned = AlignedPages(one, other)
        self._aligning = True
        self._aligned.align()
        place, bar = self._place, self._own.view.verticalScrollBar()
        if place is not None:
            bar.setValue(round(one.height_of(place)))
        self.visitors.view.verticalScrollBar().setValue(bar.value())
        self._aligning = False

    def _on_scrolled(self) -> None:
        if not (self._aligning or self._soon.isActive()):
            self._place = self._own.place

    def _on_resized(self) -> None:
        # Lines are broken elsewhere: what scrolls until they are level again is not the reader.
        self._soon.start()

    def point(self, field: str) -> None:
        """Mark a field on both pages."""
        for pane in self.panes:
            pane.point(field)

    def end(self) -> None:
        """Leave the staff's page alone again."""
        self._soon.stop()
        self._own.page_changed.disconnect(self._follow)
        view = self._own.view
        view.pointed.disconnect(self.pointed)
        view.resized.disconnect(self._on_resized)
        view.verticalScrollBar().valueChanged.disconnect(self._on_scrolled)
        self._own.show()
        self._own.show_steps(shown=True)
        self.visitors.hide()
        self.visitors.deleteLater()
        place = self._own.place
        self._own.render_again()  # without the room between its paragraphs
        QTimer.singleShot(0, self._own, partial(self._own.go_to, place))  # once it has all the width
        self.deleteLater()
