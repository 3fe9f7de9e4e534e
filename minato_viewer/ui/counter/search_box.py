"""The box in the header, and how it opens, fills and leaves the panel with the results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from minato_viewer.domain.faults import RequestFault

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from minato_viewer.ui.counter.search_panel import SearchPanel
    from minato_viewer.ui.shell.context import Context

LEAST_WIDTH, USUAL_WIDTH = 120, 220
"""Pixels."""
_MARGIN = 8
_NARROW = 0.7
"""Of the width in which results read well: with less, they are shown over the contents as well."""


class SearchBox(QLineEdit):
    """A box for words. What is typed in it, and which keys lead to the results, others decide."""

    stepped = Signal(int)
    left = Signal()
    """With Esc."""
    wanted = Signal()
    """Clicked into, or typed in."""

    def __init__(self, parent: QWidget) -> None:
        """Be empty."""
        super().__init__(parent)
        self.setObjectName("search")
        self.setMinimumWidth(LEAST_WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the results with Up and Down, leave with Esc."""
        from PySide6.QtCore import Qt  # noqa: PLC0415 - see ui/shell/properties

        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(steps[key])
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Place the caret, and show the results of what stands in the box."""
        super().mousePressEvent(event)
        self.wanted.emit()


class Searching(QObject):
    """Holds box and panel together. The panel is made when it is first wanted."""

    entry_chosen = Signal(str)
    found_in = Signal(str)
    """The chosen result was found in this language."""
    handed = Signal(str, str)
    """Somebody typed a hand-over code: the entry and the language that it opens."""

    def __init__(self, context: Context, box: SearchBox, window: QWidget) -> None:
        """Look for what is typed in `box`, and show it in `window`; `set_room` says over what."""
        super().__init__(window)
        self._context = context
        self._box = box
        self._room: QWidget | None = None
        self._wide_room: QWidget | None = None
        self._panel: SearchPanel | None = None
        self._came_from: QWidget | None = None
        box.textEdited.connect(self._on_edited)
        box.wanted.connect(self._show)
        box.stepped.connect(self._step)
        box.left.connect(self.leave)
        box.returnPressed.connect(self._open_chosen)
        context.translator.changed.connect(self.retranslate)
        self.retranslate()

    def set_room(self, room: QWidget, wide: QWidget) -> None:
        """Show results over the top of `room`, or of `wide` where that is too narrow, and over nothing else."""
        self._room, self._wide_room = room, wide
        for watched in (room, wide):
            watched.installEventFilter(self)

    @property
    def panel(self) -> SearchPanel:
        """The panel with the results."""
        if self._panel is None:
            from minato_viewer.ui.counter.search_panel import SearchPanel  # noqa: PLC0415 - not for the first page

            parent = self._box.window()
            self._panel = SearchPanel(self._context, parent)
            self._panel.entry_chosen.connect(self._on_chosen)
            self._panel.text_wanted.connect(self.look_for)
            self._panel.order_tabs(self._box)
            application = QApplication.instance()
            if isinstance(application, QApplication):
                application.focusChanged.connect(self._on_focus_changed)
        return self._panel

    # -- coming and going ------------------------------------------------------------------------

    def open(self) -> None:
        """Go to the box, what stands in it selected."""
        if not self._box.hasFocus():
            self._came_from = QApplication.focusWidget()
        self._box.setFocus()
        self._box.selectAll()
        self._show()

    def look_for(self, text: str) -> None:
        """Put `text` into the box and show what it finds."""
        self._box.setText(text)
        self._box.setFocus()
        self._show()

    def leave(self) -> None:
        """Hide the results and go back to where the reader came from."""
        self._hide()
        came_from = self._came_from
        if came_from is not None and came_from.isVisible():
            came_from.setFocus()

    def forget(self) -> None:
        """Empty the box and keep nothing: the next visitor must not see what was looked for."""
        self._box.setText("")  # clear() could be undone
        if self._panel is not None:
            self._panel.forget()
            self._hide()
        self._came_from = None

    def stop(self) -> None:
        """End the search for good."""
        if self._panel is not None:
            self._panel.stop()

    def _show(self) -> None:
        panel = self.panel
        if panel.isHidden():
            panel.show()
            panel.raise_()
            self._place()
        panel.look_for(self._box.text())

    def _hide(self) -> None:
        if self._panel is not None:
            self._panel.hide()

    def _place(self) -> None:
        room, panel = self._room, self._panel
        if room is None or self._wide_room is None or panel is None or panel.isHidden():
            return
        if room.width() < panel.wanted_width() * _NARROW:
            room = self._wide_room
        window = self._box.window()
        within = QRect(room.mapTo(window, QPoint()), room.size())
        left = self._box.mapTo(window, QPoint()).x()
        width = min(panel.wanted_width(), within.width() - 2 * _MARGIN)
        # Below the box, as far as it fits there.
        left = max(within.left() + _MARGIN, min(left, within.right() - _MARGIN - width))
        panel.place(QRect(left, within.top(), width, within.height() - _MARGIN))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the panel over its room."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return super().eventFilter(watched, event)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        panel = self._panel
        if panel is None or panel.isHidden() or now is None or now.window() is not self._box.window():
            return  # a menu of the panel, or another window
        if now is not self._box and not panel.isAncestorOf(now):
            self._hide()

    # -- what the reader does --------------------------------------------------------------------

    def _on_edited(self) -> None:
        self._show()

    def _step(self, by: int) -> None:
        if self._panel is None or self._panel.isHidden():
            self._show()
        else:
            self._panel.step(by)

    def _open_chosen(self) -> None:
        if self._panel is not None and not self._panel.isHidden():
            self._open(self._panel)
        else:
            self._show()

    def _open(self, panel: SearchPanel) -> None:
        try:
            found = panel.handed()
        except RequestFault:
            found = None  # the panel says so
        if found is None:
            panel.open_chosen()
            return
        self.forget()
        self.handed.emit(found.code, found.lang)

    def _on_chosen(self, code: str) -> None:
        self._came_from = None
        self._hide()
        if self._panel is not None and (tag := self._panel.found_in(code)):
            self.found_in.emit(tag)
        self.entry_chosen.emit(code)

    def retranslate(self) -> None:
        """Say what the box is for."""
        messages = self._context.translator.messages
        name = messages.gettext("Search the plan")
        self._box.setAccessibleName(name)
        # TRANSLATORS: In the empty search box: what it is for, and the key that leads there.
        self._box.setPlaceholderText(messages.gettext("{action} ({key})", action=name, key="Ctrl+K"))
        self._box.setToolTip(messages.gettext("{action} (key {key})", action=name, key="Ctrl+K"))
