"""The language bar: every language by its own name in its own script, always in sight."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from minato_viewer.language.tags import LANGUAGES
from minato_viewer.services import fonts
from minato_viewer.services.translator import Translator
from minato_viewer.ui.shell.properties import set_by_name

KEYS = ("F2", "F3", "F4", "F5", "F6")


class LanguageBar(QWidget):
    """One button a language; the pressed one is the current language."""

    chosen = Signal(str)

    def __init__(self, translator: Translator, parent: QWidget | None = None) -> None:
        """Show the languages and follow `translator`."""
        super().__init__(parent)
        self._translator = translator
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for number, language in enumerate(LANGUAGES):
            # The text is set afterwards, because with it PySide6 would look for an icon, and build all of QIcon.
            button = QPushButton(self)
            button.setText(language.name)
            button.setObjectName("language")
            button.setCheckable(True)
            # A click must not take the focus from where the reader is.
            set_by_name(button, focusPolicy="TabFocus")
            button.setFont(QFont(fonts.names_family()))
            self._group.addButton(button, number)
            layout.addWidget(button)
        self._group.idClicked.connect(self._on_clicked)
        translator.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Press the current language's button and say the keys in the current language."""
        messages = self._translator.messages
        self.setAccessibleName(messages.gettext("Language"))
        for number, language in enumerate(LANGUAGES):
            button = self._group.button(number)
            button.setChecked(language.tag == self._translator.tag)
            button.setAccessibleName(language.name)
            button.setToolTip(messages.gettext("{language} (key {key})", language=language.name, key=KEYS[number]))

    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(LANGUAGES[number].tag)
