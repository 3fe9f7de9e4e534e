"""Where a window opens: where it was, as far as the screens that there are now let it be seen and taken hold of.

All lengths are logical pixels, in which Qt gives screens and windows alike, so that a scale of 125 % or 150 % needs
nothing of its own. A place is that of the window without its frame, which alone Qt gives back exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

HOLD = QSize(100, 40)
"""How much of the top of a window must be in sight, so that it can be taken hold of."""
TITLE = 32
"""Room for a title bar, about as high as one is; it can be measured only when it is on screen."""


def place(window: QWidget, geometry: tuple[int, int, int, int] | None, *, maximised: bool) -> None:
    """Show `window` at a place that `geometry_of` gave; without one (None) the system finds it a place.

    To be called instead of `show()`, once, when the window has its usual size.
    """
    screens = [screen.availableGeometry().adjusted(0, TITLE, 0, 0) for screen in QGuiApplication.screens()]
    minimum = window.minimumSizeHint().expandedTo(window.minimumSize())
    if geometry is not None:
        window.setGeometry(placed(QRect(*geometry), screens, minimum))
    elif screens:
        window.resize(_fitting(window.size(), screens[0], minimum))
    # Not by setWindowState, for which PySide6 would look at all of `Qt` (see properties).
    if maximised:
        window.showMaximized()
    else:
        window.show()


def take_place(window: QWidget, before: QWidget) -> None:
    """Show `window` in the place of `before`, on all of the screen where that is."""
    window.setGeometry(before.geometry())
    if before.isFullScreen():
        fill_screen(window)
    elif before.isMaximized():
        window.showMaximized()
    else:
        window.show()


def fill_screen(window: QWidget) -> None:
    """Show `window` on all of its screen, also where no window manager makes it as large."""
    window.setGeometry(window.screen().geometry())
    window.showFullScreen()


def geometry_of(window: QWidget) -> tuple[int, int, int, int]:
    """Return left, top, width and height of `window`; those that it has when restored, where it is maximised now."""
    normal = window.normalGeometry()
    rect = normal if normal.isValid() else window.geometry()
    return rect.x(), rect.y(), rect.width(), rect.height()


def placed(wanted: QRect, screens: Sequence[QRect], minimum: QSize) -> QRect:
    """Return where a window that was at `wanted` is to be on `screens`, of which the first is the primary one.

    It keeps its place where HOLD of its top can be seen, or could if it were a little lower; else it is centred on
    the primary screen. It is no larger than its screen, but never smaller than `minimum`.
    """
    if not screens:
        return wanted
    screen = max(screens, key=lambda screen: _area(screen.intersected(_top(wanted))))
    lower = QPoint(wanted.left(), min(max(wanted.top(), screen.top()), wanted.top() + HOLD.height()))
    here = QRect(lower, _fitting(wanted.size(), screen, minimum))
    seen = screen.intersected(_top(here))
    if seen.height() < HOLD.height() or seen.width() < min(HOLD.width(), here.width()):
        return _centred(_fitting(wanted.size(), screens[0], minimum), screens[0])
    # What had to be made smaller to fit is all in sight.
    if wanted.width() > screen.width():
        here.moveLeft(screen.left())
    if wanted.height() > screen.height():
        here.moveTop(screen.top())
    return here


def _top(window: QRect) -> QRect:
    return QRect(window.topLeft(), QSize(window.width(), HOLD.height()))


def _area(rect: QRect) -> int:
    return max(rect.width(), 0) * max(rect.height(), 0)


def _fitting(size: QSize, screen: QRect, minimum: QSize) -> QSize:
    return size.boundedTo(screen.size()).expandedTo(minimum)


def _centred(size: QSize, screen: QRect) -> QRect:
    spare = screen.size() - size
    return QRect(screen.topLeft() + QPoint(max(spare.width(), 0) // 2, max(spare.height(), 0) // 2), size)
