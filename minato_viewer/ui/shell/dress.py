"""How the theme is put on: palette, font and style sheet for the whole program, sizes for single widgets.

Sizes and weights are set on fonts and not in the style sheet: that is quicker, and a sheet may then be
put on again without touching them.
"""

from weakref import WeakKeyDictionary

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from minato_viewer.services import fonts
from minato_viewer.services.theme import Theme

_ROLES = {
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.PlaceholderText: "secondary",
    QPalette.ColorRole.Window: "paper",
    QPalette.ColorRole.Base: "paper",
    QPalette.ColorRole.Button: "paper",
    QPalette.ColorRole.Highlight: "act",
    QPalette.ColorRole.HighlightedText: "on_act",
    QPalette.ColorRole.Link: "link",
}
_typed: WeakKeyDictionary[QWidget, tuple[str, bool]] = WeakKeyDictionary()
"""The widgets with a size of their own, by which their type is set anew at another text size."""


def dress(application: QApplication, theme: Theme, tag: str) -> None:
    """Give the program its colours, its sizes and the font of the language `tag`; once more after each change."""
    QApplication.setPalette(palette(theme))
    set_language_font(application, theme, tag)


def palette(theme: Theme) -> QPalette:
    """Return the colours of a theme as Qt's own."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, QColor(theme.colours[name]))
    return made


def set_language_font(application: QApplication, theme: Theme, tag: str) -> None:
    """Set the interface in the font of the language `tag`; every widget follows at once."""
    font = fonts.font(tag)
    font.setPixelSize(theme.sizes["interface"])
    QApplication.setFont(font)
    # Put on anew, because below a style sheet Qt does not hand a new font on to the widgets of a window.
    application.setStyleSheet(theme.window_sheet)
    # Last, because a new sheet takes widgets back to the fonts they had before the old one.
    for widget, (size, bold) in list(_typed.items()):
        if isValid(widget):
            _apply_type(widget, theme, size, bold=bold)


def set_type(widget: QWidget, theme: Theme, size: str, *, bold: bool = False) -> None:
    """Set a widget in the theme's size of that name, whatever the language's family is, and keep it so."""
    _typed[widget] = (size, bold)
    _apply_type(widget, theme, size, bold=bold)


def _apply_type(widget: QWidget, theme: Theme, size: str, *, bold: bool) -> None:
    font = QFont()
    font.setPixelSize(theme.sizes[size])
    font.setBold(bold)
    widget.setFont(font)
