"""A page on a screen that is touched: rows are targets, a finger scrolls, nothing can be selected or taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from minato_viewer.pages.compose import Composer
from minato_viewer.pages.notices import OWN_WORDS, READERS_LANGUAGE
from minato_viewer.ui.kiosk.finger import follow_finger
from minato_viewer.ui.shell.page_pane import PagePane

if TYPE_CHECKING:
    from minato_viewer.language.catalogues import Messages
    from minato_viewer.pages.blocks import Page
    from minato_viewer.services.theme import Theme
    from minato_viewer.services.touch import TouchSizes
    from minato_viewer.ui.shell.context import Context


_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_STEP = 0.7
"""Of what is seen, how far an arrow scrolls."""
_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class TouchPages(Composer):
    """Composes pages without the path above them: its words are too small to be touched, and the bar leads back."""

    def page(self, code: str, messages: Messages, *, own_words: bool = False, furigana: bool = False) -> Page:
        """Return the page of `code`; see Composer."""
        return super().page(code, messages, own_words=own_words, furigana=furigana)._replace(path=())


def for_touch(theme: Theme, sizes: TouchSizes) -> Theme:
    """Return `theme` with the rows of a page as tall as what is to be touched."""
    # A line of a row is 1.3 times its letters.
    room = max((sizes.target - round(1.3 * theme.sizes["interface"])) // 2, 6)
    rules = (
        f".entry, .mark {{ padding: {room}px 0; border-bottom: 1px solid {theme.colours['line']}; }}\n"
        f".cell, .number, .side, .outcome {{ padding: {room}px 8px; }}\n"
        f".district {{ padding: {max(room, 20)}px 8px; }}\n"
        f".acting {{ padding: {room}px 12px; }}\n"
        f".act {{ font-size: {theme.sizes['interface']}px; }}\n"
    )
    return theme._replace(page_rules=theme.page_rules + rules)


class Reading(QWidget):
    """Shows one page."""

    entry_chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.pane = PagePane(context, self)
        self.pane.show_steps(shown=False)
        view = self.pane.view
        view.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        view.setAcceptDrops(False)
        view.installEventFilter(self)
        follow_finger(view)
        self.pane.entry_chosen.connect(self.entry_chosen)
        view.touched.connect(self._on_touched)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane)
        context.translator.changed.connect(self._on_language_changed)
        self._context = context

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep chords from the page: it would copy what nobody is to take out. Arrows go on from link to link."""
        if isinstance(event, QKeyEvent):
            if event.modifiers() & _CHORD:
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in _ARROWS:
                self._go(forward=event.key() == Qt.Key.Key_Down)
                return True
        return super().eventFilter(watched, event)

    def _go(self, *, forward: bool) -> None:
        """Go to the next link, and on the way there no farther at once than can be read on."""
        view = self.pane.view
        bar, cursor = view.verticalScrollBar(), view.textCursor()
        before = bar.value()
        step = round(bar.pageStep() * _STEP)
        end = bar.maximum() if forward else bar.minimum()
        view.focusNextPrevChild(forward)
        if before == end or (view.hasFocus() and abs(bar.value() - before) <= step):
            return
        view.setTextCursor(cursor)
        view.setFocus()
        bar.setValue(before + step if forward else before - step)

    def _on_language_changed(self) -> None:
        self.pane.set_messages(self._context.translator.messages)

    def _on_touched(self, place: QPoint) -> None:
        """Follow the link of the row that was touched, wherever in it the finger was."""
        view, document = self.pane.view, self.pane.document
        target = document.link_of_row(place.y() + view.verticalScrollBar().value()) if document is not None else ""
        if target in (OWN_WORDS, READERS_LANGUAGE):
            self.pane.toggle_own_words()
        elif target:
            self.entry_chosen.emit(target)
