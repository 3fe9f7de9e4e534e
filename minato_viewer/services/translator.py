"""The live interface language: one owner, one order, one announcement.

load the catalogue -> activate it -> Qt's locale -> Qt's own translator -> `changed`
"""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from minato_viewer.language.catalogues import Messages, messages
from minato_viewer.language.tags import language


class Translator(QObject):
    """Holds the interface language. Widgets set their texts in `retranslate()`, which they connect to `changed`."""

    changed = Signal()

    def __init__(self, tag: str, parent: QObject | None = None) -> None:
        """Activate `tag`; RequestFault where it is no language of ours."""
        super().__init__(parent)
        self._qt_translator: QTranslator | None = None
        self.messages = self._activate(tag)

    @property
    def tag(self) -> str:
        """The interface language."""
        return self.messages.tag

    def activate(self, tag: str) -> None:
        """Change the interface language and announce it once; nothing happens where it is already `tag`."""
        if tag != self.tag:
            self.messages = self._activate(tag)
            self.changed.emit()

    def _activate(self, tag: str) -> Messages:
        wanted = language(tag)
        loaded = messages(tag)
        QLocale.setDefault(QLocale(wanted.locale))
        self._install_qt_catalogue(wanted.qt_catalogue)
        return loaded

    def _install_qt_catalogue(self, suffix: str) -> None:
        """Give Qt's own texts (context menus, dialog buttons) the language; English is their source."""
        if self._qt_translator is not None:
            QCoreApplication.removeTranslator(self._qt_translator)
            self._qt_translator.deleteLater()
            self._qt_translator = None
        if not suffix:
            return
        translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{suffix}", folder):
            QCoreApplication.installTranslator(translator)
            self._qt_translator = translator
