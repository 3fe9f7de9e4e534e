"""A kiosk's window as the program makes it, and the fingers of whoever walks up to it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from minato_viewer.app import start_code
from minato_viewer.pages.compose import Composer
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.appearance import Appearance
from minato_viewer.services.furigana import Furigana
from minato_viewer.services.settings import Settings
from minato_viewer.services.translator import Translator
from minato_viewer.ui.kiosk.opening import kiosk_window, suit
from minato_viewer.ui.shell.context import Context
from minato_viewer.ui.shell.dress import dress, set_language_font

TODAY = date(2026, 11, 1)
PORTRAIT, LANDSCAPE, WIDE = (1080, 1920), (1280, 800), (1920, 1080)


class Kiosk(QObject):
    """A window at its gate."""

    def __init__(self, plan: Plan, tag: str = "ja", size: tuple[int, int] = PORTRAIT, **options) -> None:
        super().__init__()
        self.plan = plan
        self.settings = Settings(**options)
        self.translator = Translator(tag, self)
        self.appearance = Appearance("light", 100, self)
        self.sizes = suit(self.appearance, self.settings, size)
        self._dress()
        self.translator.changed.connect(self._set_font)
        self.appearance.changed.connect(self._dress)
        self.furigana = Furigana("easy", "easy", self.translator, self)
        context = Context(plan, Composer(plan, TODAY), self.translator, self.appearance, self.settings, self.furigana)
        self.window = kiosk_window(context, start_code(plan), self.sizes, TODAY, ())
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.window.settle()

    def _dress(self) -> None:
        dress(QApplication.instance(), self.appearance.theme, self.translator.tag)

    def _set_font(self) -> None:
        set_language_font(QApplication.instance(), self.appearance.theme, self.translator.tag)

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.deleteLater()

    @property
    def code(self) -> str:
        """The page that is open; empty for home."""
        window = self.window
        reading = window._content.currentWidget() is window.reading
        return window.reading.pane.page.code if reading else ""

    def begin(self, tag: str = "ja") -> None:
        """Touch the name of a language."""
        number = self.settings.languages.index(tag)
        self.touch(self.window.gate._languages[number])

    def touch(self, widget: QWidget, place: QPoint | None = None) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place or QPoint())
        QCoreApplication.processEvents()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        # By the window, as from the system.
        QTest.keyClick(self.window.windowHandle(), key, modifiers)
        QCoreApplication.processEvents()

    def targets(self) -> list[QAbstractButton]:
        """Return what is to be touched now."""
        return [button for button in self.window.findChildren(QAbstractButton) if button.isVisible()]
