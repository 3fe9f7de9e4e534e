"""Whether furigana are shown: one owner of the reader's choice, one announcement."""

from PySide6.QtCore import QObject, Signal

from minato_viewer.services.settings import FURIGANA
from minato_viewer.services.translator import Translator

Choice = str | bool
EASY = FURIGANA[0]


def shows(choice: Choice, tag: str) -> bool:
    """Whether a page for readers of `tag` has furigana over its Japanese texts, with that choice."""
    return tag == "ja-x-easy" if choice == EASY else bool(choice)


class Furigana(QObject):
    """Holds the choice out of FURIGANA. With the language `on` may change as well, which the translator announces."""

    changed = Signal()

    def __init__(self, choice: Choice, usual: Choice, translator: Translator, parent: QObject | None = None) -> None:
        """Begin with `choice`; `usual` is what the settings say, to which a reader who changes nothing returns."""
        super().__init__(parent)
        self._translator = translator
        self._usual = usual
        self.choice = choice

    @property
    def on(self) -> bool:
        """Whether Japanese texts are shown with furigana."""
        return shows(self.choice, self._translator.tag)

    def choose(self, choice: Choice) -> None:
        """Choose one of FURIGANA."""
        if choice != self.choice:
            self.choice = choice
            self.changed.emit()

    def toggle(self) -> None:
        """Show furigana, or show none."""
        wanted = not self.on
        # Off and on again is no choice: what the settings say goes on to hold for the other languages.
        self.choice = self._usual if shows(self._usual, self._translator.tag) == wanted else wanted
        self.changed.emit()
