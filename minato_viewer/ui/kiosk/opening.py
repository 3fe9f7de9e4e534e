"""How a kiosk opens: the sizes of its screen, its theme, and its window."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from minato_viewer.services.touch import touch_sizes
from minato_viewer.ui.kiosk.pin_pad import BackOff
from minato_viewer.ui.kiosk.reading import TouchPages, for_touch
from minato_viewer.ui.kiosk.window import KioskWindow

if TYPE_CHECKING:
    from datetime import date

    from minato_viewer.pages.offices import Office
    from minato_viewer.services.appearance import Appearance
    from minato_viewer.services.settings import Settings
    from minato_viewer.services.touch import TouchSizes
    from minato_viewer.ui.shell.context import Context


def sizes_of_screen(settings: Settings, size: tuple[int, int] | None) -> TouchSizes:
    """Return the sizes of the screen that there is, or of one of `size`."""
    screen = QGuiApplication.primaryScreen().size()
    return touch_sizes(*(size or (screen.width(), screen.height())), settings)


def suit(appearance: Appearance, settings: Settings, size: tuple[int, int] | None) -> TouchSizes:
    """Make everything as large as it must be on the screen that there is now, and return its sizes."""
    sizes = sizes_of_screen(settings, size)
    appearance.suit(partial(for_touch, sizes=sizes), sizes.usual)
    return sizes


@cache
def _back_off() -> BackOff:
    """Return the one count of wrong PINs, which no new window begins anew."""
    return BackOff()


def kiosk_window(
    context: Context, edition: str, sizes: TouchSizes, today: date, offices: tuple[Office, ...]
) -> KioskWindow:
    """Return a kiosk's window at its gate. Only what visitors may be shown is shown."""
    context = context.for_visitors()
    pages = TouchPages(context.plan, today, offices, district=context.settings.district)
    return KioskWindow(context._replace(composer=pages), edition, sizes, _back_off())
