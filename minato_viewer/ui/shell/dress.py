"""How the theme is put on: the palette once, font and style sheet with every language.

Sizes and weights are set on fonts and not in the style sheet: that is quicker, and a sheet may then be
put on again without touching them.
"""

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

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


def dress(application: QApplication, theme: Theme, tag: str) -> None:
    """Give the program its colours and the font of the language `tag`."""
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, QColor(theme.colours[name]))
    QApplication.setPalette(palette)
    set_language_font(application, theme, tag)


def set_language_font(application: QApplication, theme: Theme, tag: str) -> None:
    """Set the interface in the font of the language `tag`; every widget follows at once."""
    font = fonts.font(tag)
    font.setPixelSize(theme.sizes["interface"])
    QApplication.setFont(font)
    # Put on anew, because below a style sheet Qt does not hand a new font on to the widgets of a window.
    application.setStyleSheet(theme.window_sheet())


def set_type(widget: QWidget, size: int, *, bold: bool = False) -> None:
    """Set a widget in `size` pixels, whatever the language's family is."""
    font = QFont()
    font.setPixelSize(size)
    font.setBold(bold)
    widget.setFont(font)
