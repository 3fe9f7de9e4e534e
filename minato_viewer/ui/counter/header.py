"""The top of the counter window: whose plan this is, back and forward, the language bar, the menu."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from minato_viewer.ui.shell.context import Context
from minato_viewer.ui.shell.dress import set_type
from minato_viewer.ui.shell.language_bar import LanguageBar
from minato_viewer.ui.shell.properties import set_by_name


class Header(QFrame):
    """One row that never goes away."""

    def __init__(self, context: Context, back: QAction, forward: QAction, parent: QWidget | None = None) -> None:
        """Show buttons for `back` and `forward`; the window fills `menu`."""
        super().__init__(parent)
        translator = self._translator = context.translator
        self.setObjectName("header")
        mark = QLabel("港", self)
        mark.setObjectName("mark")
        mark.setFixedSize(32, 32)
        set_by_name(mark, alignment="AlignCenter")
        self._mark = mark
        self._title = QLabel(self)
        for label in (mark, self._title):
            set_type(label, context.theme.sizes["interface"], bold=True)
        self._back = self._button(back, "‹")
        self._forward = self._button(forward, "›")
        self.languages = LanguageBar(translator, self)
        self.menu = QMenu(self)
        self._menu_button = QToolButton(self)
        self._menu_button.setMenu(self.menu)
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        set_by_name(self._menu_button, focusPolicy="TabFocus")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 16, 8)
        row.setSpacing(8)
        for widget in (mark, self._title):
            row.addWidget(widget)
        row.addSpacing(16)
        row.addWidget(self._back)
        row.addWidget(self._forward)
        row.addStretch(1)
        row.addWidget(self.languages)
        row.addWidget(self._menu_button)
        translator.changed.connect(self.retranslate)
        self.retranslate()

    def _button(self, action: QAction, sign: str) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        set_by_name(button, focusPolicy="TabFocus")
        action.setIconText(sign)
        return button

    def retranslate(self) -> None:
        """Say everything in the current language."""
        messages = self._translator.messages
        self._title.setText(messages.gettext("Minato City Basic Plan"))
        self._mark.setAccessibleName(messages.gettext("Minato City"))
        self._menu_button.setText(messages.gettext("Menu"))
        for button in (self._back, self._forward):
            button.setAccessibleName(button.defaultAction().text())
