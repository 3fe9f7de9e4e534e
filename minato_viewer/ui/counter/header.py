"""The top of the counter window: whose plan this is, back and forward, search, languages, the text size, the menu."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from minato_viewer.language.tags import JAPANESE
from minato_viewer.services.theme import Theme
from minato_viewer.ui.counter.menu import MENU
from minato_viewer.ui.counter.search_box import USUAL_WIDTH, SearchBox
from minato_viewer.ui.shell.actions import ActionTable
from minato_viewer.ui.shell.context import Context
from minato_viewer.ui.shell.dress import set_type
from minato_viewer.ui.shell.folding_row import lay_out_now
from minato_viewer.ui.shell.language_bar import LanguageBar
from minato_viewer.ui.shell.properties import set_by_name

FURIGANA = "ふりがな"
"""Written on the button as those who look for it know it; in the menu it has a name in each language."""
_MARGIN = 16
_SPACING = 8
_AROUND_ICON = 25
"""Pixels: padding and border of a button on both sides of its icon."""


class Header(QFrame):
    """One row that never goes away; where it is too narrow, the languages and then the search move below it."""

    def __init__(self, context: Context, actions: ActionTable, parent: QWidget | None = None) -> None:
        """Show buttons for the actions, and a menu of all of them."""
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self.setObjectName("header")
        self._mark = QLabel("港", self)
        self._mark.setObjectName("mark")
        set_by_name(self._mark, alignment="AlignCenter")
        self._title = QLabel(self)
        for label in (self._mark, self._title):
            set_type(label, context.theme, "interface", bold=True)
        self._back = self._button(actions["back"], "‹")
        self._forward = self._button(actions["forward"], "›")
        self._furigana = self._button(actions["furigana"], FURIGANA)
        self._furigana.setObjectName("furigana")
        self.search_box = SearchBox(self)
        self.languages = LanguageBar(context.translator, context.settings.languages, self)
        self._smaller = self._button(actions["smaller"], "A−")
        self._larger = self._button(actions["larger"], "A+")
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self._menu_button = QToolButton(self)
        self._menu_button.setText("≡")
        self._menu_button.setMenu(self.menu)
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        set_by_name(self._menu_button, focusPolicy="TabFocus")
        self._folded = 0
        """How many parts have a row of their own."""
        self._sized = False
        self._lay_out()
        context.translator.changed.connect(self.retranslate)
        context.appearance.changed.connect(self.restyle)
        self.retranslate()
        self.restyle()

    def _button(self, action: QAction, sign: str) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        set_by_name(button, focusPolicy="TabFocus")
        action.setIconText(sign)
        return button

    @property
    def last_stop(self) -> QWidget:
        """The last part that Tab comes to."""
        return self._menu_button

    def _fill_menu(self) -> None:
        """Fill the menu when it is first opened."""
        if self.menu.isEmpty():
            self._actions.fill(self.menu, MENU)

    def _lay_out(self) -> None:
        left = QHBoxLayout()
        left.setSpacing(_SPACING)
        for widget in (self._mark, self._title):
            left.addWidget(widget)
        left.addSpacing(_SPACING)
        # On the left, so that no language button moves where another language has no furigana.
        for widget in (self._back, self._forward, self._furigana):
            left.addWidget(widget)
        right = QHBoxLayout()
        right.setSpacing(_SPACING)
        for widget in (self._smaller, self._larger, self._menu_button):
            right.addWidget(widget)
        self._left, self._right = left, right
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(_MARGIN, 7, _MARGIN, 8)
        self._grid.setSpacing(_SPACING)
        self._grid.addLayout(left, 0, 0)
        self._grid.addWidget(self.search_box, 0, 1)
        self._grid.addWidget(self.languages, 0, 2)
        self._grid.addLayout(right, 0, 3)
        self._grid.setColumnStretch(1, 1)

    def fold(self) -> None:
        """Give the languages a row of their own where they do not fit beside the rest, then the search one too."""
        if not self._sized:
            return  # its width says nothing yet
        row = self._left.sizeHint().width() + self._right.sizeHint().width() + 2 * _SPACING + 2 * _MARGIN
        row += _SPACING + USUAL_WIDTH
        folded = 0 if row + self.languages.sizeHint().width() <= self.width() else 1 if row <= self.width() else 2
        if folded != self._folded:
            self._folded = folded
            for part in (self.languages, self.search_box):
                self._grid.removeWidget(part)
            if folded < 2:
                self._grid.addWidget(self.search_box, 0, 1)
            else:
                self._grid.addWidget(self.search_box, 2, 0, 1, 4)
            if folded:
                self._grid.addWidget(self.languages, 1, 0, 1, 4)
            else:
                self._grid.addWidget(self.languages, 0, 2)
            lay_out_now(self.window())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold for the new width."""
        super().resizeEvent(event)
        self._sized = True
        self.fold()

    def minimumSizeHint(self) -> QSize:
        """Return the size of all rows as to the width, so that one row never keeps the window from narrowing."""
        # The grid has a gap before a column that is empty, too.
        first = self._left.minimumSize().width() + self._right.minimumSize().width() + 3 * _SPACING
        width = max(first, self.languages.minimumSizeHint().width()) + 2 * _MARGIN
        return QSize(width, self._grid.minimumSize().height())

    def retranslate(self) -> None:
        """Say everything in the current language."""
        messages = self._context.translator.messages
        self._title.setText(messages.gettext("Minato City Basic Plan"))
        self._mark.setAccessibleName(messages.gettext("Minato City"))
        self._menu_button.setAccessibleName(messages.gettext("Menu"))
        self._menu_button.setToolTip(messages.gettext("Menu"))
        for button in (self._back, self._forward, self._furigana, self._smaller, self._larger):
            button.setAccessibleName(button.defaultAction().text())
        self._furigana.setVisible(messages.tag in JAPANESE)
        self.fold()

    def restyle(self) -> None:
        """Take sizes and colours anew."""
        theme = self._context.theme
        side = theme.sizes["icon"]
        self._mark.setMaximumHeight(theme.scaled(22) + 10)
        for button in (self._back, self._forward, self._menu_button):
            button.setIconSize(QSize(side, side))
            # The same with its sign, with which it starts, and with its icon.
            button.setMinimumWidth(side + _AROUND_ICON)
        self.fold()

    def set_icons(self, theme: Theme, ratio: float) -> None:
        """Draw the menu's icon anew; those of the actions are the action table's."""
        from minato_viewer.services.icons import icon  # noqa: PLC0415 - not for the first page

        self._menu_button.setIcon(icon("menu", theme, "ink", ratio))
