"""The live interface language: one owner, one order, one announcement.

load the catalogue -> activate it -> Qt's locale -> Qt's own translator -> `changed`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal

from minato_viewer.language.catalogues import Messages, messages
from minato_viewer.language.tags import language

if TYPE_CHECKING:
    from PySide6.QtCore import QTranslator


class Translator(QObject):
    """Holds the interface language. Widgets set their texts in `retranslate()`, which they connect to `changed`."""

    changed = Signal()

    def __init__(self, tag: str, parent: QObject | None = None) -> None:
        """Activate `tag`; RequestFault where it is no language of ours. `teach_qt` is to follow."""
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
            self.teach_qt()
            self.changed.emit()

    def _activate(self, tag: str) -> Messages:
        wanted = language(tag)
        loaded = messages(tag)
        QLocale.setDefault(QLocale(wanted.locale))
        return loaded

    def teach_qt(self) -> None:
        """Give Qt's own texts (context menus, dialog buttons) the language; English is their source.

        Apart from the constructor, because the first page has none of these texts and need not wait for them.
        """
        from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator  # noqa: PLC0415 - as above

        suffix = language(self.tag).qt_catalogue
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
