"""How large things are on a screen that is touched: millimetres as pixels, from what the settings say of the screen.

Numbers: targets of 20 mm (Colle and Hiszem 2004); capitals of 4.8 mm, and of 0.7 degrees at 600 mm for large text
(EN 301 549, 5.1.4); nothing that is to be reached higher than 1,220 mm (EN 301 549, 8.3).
"""

import math
from typing import NamedTuple

from minato_viewer.services.settings import Settings

TARGET = 20.0
"""Millimetres: the side of whatever is to be touched."""
USUAL_CAPITAL, LARGE_CAPITAL = 4.8, 7.34
"""Millimetres."""
REACH = 1_220
"""Millimetres above the floor."""
_CAPITAL = 0.72
"""Of the size of the letters, the height of a capital in the bundled fonts."""
_BODY = 18
"""Pixels at a text size of 100 %."""
_LINE = 760
"""Pixels of a line at a text size of 100 %."""
_SHARE = 0.45
"""Of the width of a screen, which a line takes at least: on a large one letters are larger than the eye needs."""
_LARGER = 1.45
"""How much larger than usual large text is at least."""
_INCH = 25.4


class TouchSizes(NamedTuple):
    """The sizes of one screen, in its logical pixels."""

    per_millimetre: float
    target: int
    """The side of whatever is to be touched."""
    usual: int
    """Per cent: the text size at first."""
    large: int
    """Per cent: that of large text."""
    beyond_reach: int
    """How much of the top of the screen is higher than REACH."""


def touch_sizes(width: int, height: int, settings: Settings) -> TouchSizes:
    """Return the sizes of a screen of `width` by `height` pixels."""
    per_millimetre = math.hypot(width, height) / (settings.kiosk_inches * _INCH)
    top = settings.kiosk_bottom + height / per_millimetre
    usual = max(_text_size(USUAL_CAPITAL * per_millimetre), math.ceil(_SHARE * width / _LINE * 100))
    return TouchSizes(
        per_millimetre,
        math.ceil(TARGET * per_millimetre),
        usual,
        max(_text_size(LARGE_CAPITAL * per_millimetre), math.ceil(usual * _LARGER)),
        min(max(math.ceil((top - REACH) * per_millimetre), 0), height),
    )


def _text_size(capital: float) -> int:
    """Return the per cent at which the letters of a page have capitals of so many pixels."""
    return math.ceil(capital / _CAPITAL / _BODY * 100)
