"""The language bar: every language by its own name in its own script, always in sight."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from minato_viewer.language.tags import language
from minato_viewer.services import fonts
from minato_viewer.services.translator import Translator
from minato_viewer.ui.shell.properties import set_by_name

KEYS = {"ja": "F2", "ja-x-easy": "F3", "en": "F4", "zh-Hans": "F5", "ko": "F6"}
"""A language keeps its key where others are not offered."""


class LanguageBar(QWidget):
    """One button a language; the pressed one is the current language."""

    chosen = Signal(str)

    def __init__(self, translator: Translator, tags: tuple[str, ...], parent: QWidget | None = None) -> None:
        """Show the languages `tags` and follow `translator`."""
        super().__init__(parent)
        self._translator = translator
        self._pressed = ""
        """The language that is pressed; empty for that of the interface."""
        self._languages = [language(tag) for tag in tags]
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for number, shown in enumerate(self._languages):
            # The text is set afterwards, because with it PySide6 would look for an icon, and build all of QIcon.
            button = QPushButton(self)
            button.setText(shown.name)
            button.setObjectName("language")
            button.setCheckable(True)
            # Said to be one of several. What is pressed is the group's to decide.
            button.setAutoExclusive(True)
            button.setLocale(QLocale(shown.locale))
            # A click must not take the focus from where the reader is.
            set_by_name(button, focusPolicy="TabFocus")
            button.setFont(QFont(fonts.names_family()))
            self._group.addButton(button, number)
            layout.addWidget(button)
        self._group.idToggled.connect(self._on_toggled)
        translator.changed.connect(self.retranslate)
        self.retranslate()

    def press(self, tag: str) -> None:
        """Show `tag` as the chosen language, whatever the interface speaks; empty for that of the interface."""
        self._pressed = tag
        self.retranslate()

    @property
    def pressed(self) -> str:
        """The language that is shown as the chosen one."""
        return self._pressed or self._translator.tag

    def retranslate(self) -> None:
        """Press the current language's button and say the keys in the current language."""
        messages = self._translator.messages
        self.setAccessibleName(messages.gettext("Language"))
        for number, shown in enumerate(self._languages):
            button = self._group.button(number)
            button.setChecked(shown.tag == self.pressed)
            button.setAccessibleName(shown.name)
            button.setToolTip(messages.gettext("{language} (key {key})", language=shown.name, key=KEYS[shown.tag]))

    def _on_toggled(self, number: int, pressed: bool) -> None:
        # Not on a click alone: assistive technology presses such a button without one.
        if pressed and self._languages[number].tag != self.pressed:
            self.chosen.emit(self._languages[number].tag)
