"""What a reader chooses for the whole window: text size, colours, furigana. Which of it is possible, and what is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from minato_viewer.language.tags import JAPANESE
from minato_viewer.services.settings import TEXT_SIZES
from minato_viewer.ui.counter.menu import THEME_NAMES
from minato_viewer.ui.shell.announce import announce

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from minato_viewer.pages.blocks import Page
    from minato_viewer.ui.shell.actions import ActionTable
    from minato_viewer.ui.shell.context import Context

_NOTCH = 120
"""Eighths of a degree."""


class Choices(QObject):
    """Enables and checks the actions of these choices, as the settings and the page allow."""

    def __init__(self, context: Context, actions: ActionTable, window: QWidget) -> None:
        """Show what is chosen; `show_furigana` is to be called with each page."""
        super().__init__(window)
        self._context = context
        self._actions = actions
        self._window = window
        self._page: Page | None = None
        self._turned = 0
        """What the wheel has turned since the last notch, on mice that turn without notches."""
        context.appearance.changed.connect(self.show_appearance)
        context.furigana.changed.connect(self._on_furigana_changed)
        self.show_sizes()

    def show_appearance(self) -> None:
        """Show which text size and which colours are chosen."""
        self.show_sizes()
        self._actions["usual_size"].setEnabled("text_size" not in self._context.settings.fixed)
        for choice in THEME_NAMES:
            action = self._actions[f"theme-{choice}"]
            action.setEnabled("theme" not in self._context.settings.fixed)
            action.setCheckable(True)
            action.setChecked(choice == self._context.appearance.choice)

    def show_sizes(self) -> None:
        """Show whether the text can be larger or smaller: all of it that stands on buttons."""
        size = self._context.appearance.text_size
        fixed = self._context.settings.fixed
        free = "text_size" not in fixed
        self._actions["smaller"].setEnabled(free and size > TEXT_SIZES[0])
        self._actions["larger"].setEnabled(free and size < TEXT_SIZES[-1])

    def show_furigana(self, page: Page | None) -> None:
        """Let the reader switch furigana where anything Japanese is shown, and show whether they are on."""
        self._page = page
        japanese = page is not None and page.title is not None and page.title.lang in JAPANESE
        action = self._actions["furigana"]
        action.setCheckable(True)
        action.setChecked(self._context.furigana.on)
        japanese = japanese or self._context.translator.tag in JAPANESE
        action.setEnabled(japanese and "furigana" not in self._context.settings.fixed)

    def _on_furigana_changed(self) -> None:
        self.show_furigana(self._page)
        messages = self._context.translator.messages
        on = self._context.furigana.on
        # TRANSLATORS: What a screen reader says when the reading of kanji above the text was switched.
        said = messages.gettext("Furigana are shown.") if on else messages.gettext("Furigana are hidden.")
        announce(self._window, said)

    def turn(self, by: int) -> None:
        """Change the text size, a step for each notch of the wheel; `by` is in eighths of a degree."""
        self._turned += by
        steps = int(self._turned / _NOTCH)
        self._turned -= steps * _NOTCH
        if steps:
            # Not where the policy sets the size: then its actions do nothing.
            self._actions["larger" if steps > 0 else "smaller"].trigger()
