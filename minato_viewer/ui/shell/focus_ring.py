"""Where the keyboard is: an outline of 4 pixels and a ring inside it, around whatever widget has the focus.

Style sheets can only draw inside a widget; this draws around it, in front of the window. A view that shows in its rows
where the keyboard is says so by an attribute `shows_focus`, and gets none.
"""

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QRegion, QWindow
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from minato_viewer.services.appearance import Appearance
from minato_viewer.ui.shell.page_view import PageView
from minato_viewer.ui.shell.properties import set_by_name

RING, OUTLINE = 2, 4
"""Pixels."""

_HANDS = {
    QEvent.Type.KeyPress: False,
    QEvent.Type.MouseButtonPress: True,
    QEvent.Type.TouchBegin: True,
}
"""Whether what comes to a window is a touch, and not a key."""
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QWidget):
    """Follows the focus inside one window; the pointer goes through it."""

    _hands: QWindow | None = None
    """The window's own, where it is touched."""

    def __init__(self, window: QWidget, appearance: Appearance, *, touched: bool = False) -> None:
        """Show nothing until a widget of `window` has the focus.

        A window that is `touched` is on screen; there the ring is seen from the first key on until the next touch.
        """
        super().__init__(window)
        self.hide()
        self._window = window
        self.appearance = appearance
        self._watched: list[QWidget] = []
        """The widget with the focus and those around it up to the window."""
        self._resting = touched
        """Whether whoever is there does without a keyboard."""
        if touched:
            self._hands = window.windowHandle()
            self._hands.installEventFilter(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._place)
        set_by_name(self, focusPolicy="NoFocus")
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus_changed)
        appearance.changed.connect(self._later.start)
        self._on_focus_changed(None, QApplication.focusWidget())

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget):  # a dialog takes its widgets along
                widget.removeEventFilter(self)
        self._watched = []
        if now is None or now.window() is not self._window or getattr(now, "shows_focus", False) or _clicked_into(now):
            self.hide()
            return
        widget: QWidget | None = now
        while widget is not None and widget is not self._window:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self._later.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow whatever moves the widget with the focus, and notice whether it is by keys that it moves."""
        kind = event.type()
        if watched is self._hands:
            self._resting = _HANDS.get(kind, self._resting)
        if kind in _MOVES or kind in _HANDS:
            self._later.start()
        return super().eventFilter(watched, event)

    def follow(self) -> None:
        """Look once more where the focus is, for what moves inside a widget."""
        if self._watched:
            self._later.start()

    def take_up(self) -> None:
        """Show where the focus is though it came by a click: the keyboard has taken over."""
        self._on_focus_changed(None, QApplication.focusWidget())

    def _place(self) -> None:
        if self._resting or not self._watched or not isValid(self._watched[0]) or not self._watched[0].isVisible():
            self.hide()
            return
        from PySide6.QtCore import Qt  # noqa: PLC0415 - 20 ms, which the first page need not wait for

        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        target = self._watched[0]
        inside = target.focus_area() if isinstance(target, PageView) else target.rect()
        whole = isinstance(target, QAbstractScrollArea) and inside == target.rect()
        width = RING + OUTLINE
        # A view fills its place to the edges; there the ring is inside.
        around = inside if whole else inside.adjusted(-width, -width, width, width)
        outer = around.translated(target.mapTo(self._window, QPoint()))
        if isinstance(target, QAbstractScrollArea):
            # A link that is scrolled away takes its ring along.
            outer = outer.intersected(QRect(target.mapTo(self._window, QPoint()), target.size()))
        self.setGeometry(outer)
        inner = QRect(QPoint(), outer.size()).adjusted(width, width, -width, -width)
        # Only the ring itself covers the window, so that a view below it still scrolls by moving its pixels.
        self.setMask(QRegion(QRect(QPoint(), outer.size())).subtracted(QRegion(inner)))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the outline, and the ring inside it."""
        del event
        colours = self.appearance.theme.colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours["focus"]))
        painter.fillRect(self.rect().adjusted(OUTLINE, OUTLINE, -OUTLINE, -OUTLINE), QColor(colours["focus_ring"]))
        painter.end()


def _clicked_into(widget: QWidget) -> bool:
    """Whether the focus came to a view by a click: who points knows where it is."""
    from PySide6.QtCore import Qt  # noqa: PLC0415 - see above

    return isinstance(widget, QAbstractScrollArea) and QApplication.mouseButtons() != Qt.MouseButton.NoButton
