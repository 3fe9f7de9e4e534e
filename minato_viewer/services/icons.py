"""Line icons of resources/icons, in a colour of the theme."""

from functools import lru_cache

from PySide6.QtGui import QIcon, QImage, QPixmap

from minato_viewer.paths import RESOURCES
from minato_viewer.services.theme import Theme

_FOLDER = RESOURCES / "icons"
_MOST = 256
"""Pictures that are kept: all of a window in some themes and sizes."""


def icon(name: str, theme: Theme, colour: str, ratio: float) -> QIcon:
    """Return the icon `name` in the colour of that name, at the text size, for a screen of device pixel ratio `ratio`.

    An icon that is missing or broken is empty; its button then shows a sign, and says in words what it does.
    """
    made = QIcon(pixmap(name, theme, colour, ratio))
    made.addPixmap(pixmap(name, theme, "disabled", ratio), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, theme: Theme, colour: str, ratio: float, size: int = 0) -> QPixmap:
    """Return the picture of the icon `name`, as large as icons are or of `size` pixels."""
    return _drawn(name, theme.colours[colour], round((size or theme.sizes["icon"]) * ratio), ratio)


@lru_cache(maxsize=_MOST)
def _drawn(name: str, colour: str, side: int, ratio: float) -> QPixmap:
    """Draw a picture once: Qt keeps what it paints of each, and of a window that is gone as well."""
    try:
        drawing = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    except (OSError, ValueError):
        # What is no text is a ValueError.
        return QPixmap()
    drawing = drawing.replace("currentColor", colour)
    drawing = drawing.replace('width="24"', f'width="{side}"', 1).replace('height="24"', f'height="{side}"', 1)
    # The stubs ask for bytes as the format, PySide6 itself for a string.
    made = QPixmap.fromImage(QImage.fromData(drawing.encode(), "svg"))  # pyright: ignore[reportArgumentType]
    made.setDevicePixelRatio(ratio)
    return made
