"""The live appearance: one owner of theme and text size, one announcement.

choose -> load the theme -> `changed`; the composition root then dresses the program, and widgets that paint
themselves take their colours anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPalette

from minato_viewer.services.settings import TEXT_SIZES, THEMES
from minato_viewer.services.theme import Theme, load

if TYPE_CHECKING:
    from collections.abc import Callable

SYSTEM, LIGHT, DARK, CONTRAST = THEMES


class Appearance(QObject):
    """Holds what the reader chose and the theme that follows from it."""

    changed = Signal()

    def __init__(self, choice: str = SYSTEM, text_size: int = 100, parent: QObject | None = None) -> None:
        """Take a choice out of THEMES and a text size out of TEXT_SIZES; anything else is the usual one.

        To be made before the program gets a palette of its own, because the system's says whether it is dark.
        """
        super().__init__(parent)
        self._adapt: Callable[[Theme], Theme] | None = None
        self._system = DARK if QPalette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT
        self.choice = choice if choice in THEMES else SYSTEM
        self.text_size = text_size if text_size in TEXT_SIZES else TEXT_SIZES[0]
        self.theme = self._load()

    def _load(self) -> Theme:
        theme = load(self._system if self.choice == SYSTEM else self.choice, self.text_size)
        return self._adapt(theme) if self._adapt is not None else theme

    def follow_system(self) -> None:
        """Ask the system for its wish and follow it from now on.

        Apart from the constructor, because the question makes PySide6 look at the whole namespace `Qt`, which the
        first page need not wait for (see `ui/shell/properties`).
        """
        from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - as above

        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_system_changed)
        self._on_system_changed()

    def _on_system_changed(self) -> None:
        from PySide6.QtCore import Qt  # noqa: PLC0415 - see follow_system
        from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - see follow_system

        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            self._system = CONTRAST
        elif hints.colorScheme() != Qt.ColorScheme.Unknown:
            self._system = DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
        self._announce()

    def choose(self, choice: str) -> None:
        """Change the theme to one of THEMES."""
        self.choice = choice
        self._announce()

    def resize(self, text_size: int) -> None:
        """Change the text size to one of TEXT_SIZES."""
        self.text_size = text_size
        self._announce()

    def suit(self, adapt: Callable[[Theme], Theme], text_size: int) -> None:
        """Have every theme adapted to the screen from now on, and take the text size that suits it (per cent)."""
        self._adapt, self.text_size = adapt, text_size
        self._announce()

    def larger(self) -> None:
        """Take the next larger text size, where there is one."""
        self.resize(min((size for size in TEXT_SIZES if size > self.text_size), default=self.text_size))

    def smaller(self) -> None:
        """Take the next smaller text size, where there is one."""
        self.resize(max((size for size in TEXT_SIZES if size < self.text_size), default=self.text_size))

    def use_usual_size(self) -> None:
        """Take the text size that a program has anywhere."""
        self.resize(TEXT_SIZES[0])

    def _announce(self) -> None:
        theme = self._load()
        if theme != self.theme:
            self.theme = theme
            self.changed.emit()
