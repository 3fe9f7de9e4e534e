"""Parts of the kiosk in a window of their own, as the kiosk makes them, and a visitor's fingers."""

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from minato_viewer.language.tags import JAPANESE
from minato_viewer.pages.compose import Composer
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.appearance import Appearance
from minato_viewer.services.furigana import Furigana
from minato_viewer.services.settings import Settings
from minato_viewer.services.translator import Translator
from minato_viewer.ui.kiosk.card_button import CardButton
from minato_viewer.ui.kiosk.keyboard import Keyboard
from minato_viewer.ui.kiosk.search_screen import SearchScreen
from minato_viewer.ui.shell.context import Context
from minato_viewer.ui.shell.dress import dress, set_language_font
from minato_viewer.viewmodel.search_results import Role
from tests.gui.desk import LIMIT, TODAY, delete_now

SIDE = 72
"""Pixels: 20 mm on a screen of 24 inches."""
PORTRAIT, LANDSCAPE = (1080, 1920), (1280, 800)
SCRIPT_OF = {"ko": "hangul", **dict.fromkeys(JAPANESE, "kana")}


class Kiosk(QObject):
    """A window that is filled by the search of the kiosk, or by its keyboard alone."""

    def __init__(
        self,
        plan: Plan,
        tag: str,
        size: tuple[int, int] = LANDSCAPE,
        *,
        side: int = SIDE,
        theme: str = "light",
        text_size: int = 100,
        settings: Settings | None = None,
    ) -> None:
        super().__init__()
        self.translator = Translator(tag, self)
        self.translator.teach_qt()
        self.appearance = Appearance(theme, text_size, self)
        self._dress()
        self.translator.changed.connect(self._set_font)
        self.appearance.changed.connect(self._dress)
        settings = settings or Settings()
        self.furigana = Furigana(settings.furigana, settings.furigana, self.translator, self)
        composer = Composer(plan, TODAY, district=settings.district)
        context = Context(plan, composer, self.translator, self.appearance, settings, self.furigana)
        self.window = QWidget()
        self.window.resize(*size)
        self.screen = SearchScreen(context, side, self.window)
        self.screen.resize(*size)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window, LIMIT)
        self.settle()

    def _set_font(self) -> None:
        set_language_font(QApplication.instance(), self.appearance.theme, self.translator.tag)

    def _dress(self) -> None:
        dress(QApplication.instance(), self.appearance.theme, self.translator.tag)

    def close(self) -> None:
        """End the search and delete everything; nothing happens the second time."""
        if isValid(self):
            self.screen.stop()
            self.window.close()
            self.window.deleteLater()
            self.deleteLater()
            delete_now()

    def settle(self) -> None:
        """Wait until everything is known of what was typed."""
        self.screen.await_results()
        QApplication.processEvents()

    # -- the parts -------------------------------------------------------------------------------

    @property
    def keyboard(self) -> Keyboard:
        return self.screen.keyboard

    @property
    def results(self):
        return self.screen.results

    def keys(self) -> dict[str, CardButton]:
        """The keys that are shown, by what they type."""
        found = self.keyboard.findChildren(CardButton)
        return {key.property("key"): key for key in found if key.isVisible()}

    def live(self) -> set[str]:
        """The letters that are not dimmed."""
        return {name for name, key in self.keys().items() if key.isEnabled() and len(name) == 1}

    def dimmed(self) -> set[str]:
        return {name for name, key in self.keys().items() if not key.isEnabled() and len(name) == 1}

    def words(self) -> dict[str, CardButton]:
        """The words to touch that are shown."""
        return {card.label: card for card in self.screen.words.findChildren(CardButton) if card.isVisible()}

    def state(self) -> str:
        return self.screen._state.text()

    def found(self) -> list[str]:
        """Codes of the results, in their order."""
        self.settle()
        model = self.results.results
        return [model.index(row, 0).data(Role.CODE) for row in range(model.rowCount())]

    # -- what a visitor does ---------------------------------------------------------------------

    def touch(self, widget: QWidget, at: QPoint | None = None) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())
        self.settle()

    def type(self, keys: str) -> None:
        """Touch keys one after the other, each of which must be live."""
        for key in keys:
            assert self.keys()[key].isEnabled(), (self.keyboard.text, key)
            self.touch(self.keys()[key])

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key of a keyboard that is plugged in."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.settle()
