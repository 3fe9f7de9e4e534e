"""Actions as records, menus as lists of their ids: one table says what a face can do and by which key."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from minato_viewer.services.theme import Theme
from minato_viewer.services.translator import Translator
from minato_viewer.ui.shell.properties import set_by_name

SEPARATOR = "-"


class ActionRecord(NamedTuple):
    """One action: its id, its text as an English msgid, its key (never translated) and what it does."""

    id: str
    message: str
    key: str
    handler: Callable[[], object]
    icon: str = ""
    """A file of resources/icons without its ending."""


class Submenu(NamedTuple):
    """A menu in a menu: its name as an English msgid, and the ids of its actions."""

    message: str
    ids: tuple[str, ...]


class ActionTable:
    """The actions of a window by id; their texts follow the language."""

    def __init__(self, window: QWidget, translator: Translator, records: Iterable[ActionRecord]) -> None:
        """Know every action of `window`. Each is made when it is first asked for, or by `complete`."""
        self._window = window
        self._translator = translator
        self._records = {record.id: record for record in records}
        self._actions: dict[str, QAction] = {}
        self._submenus: list[tuple[QMenu, str]] = []

    def complete(self) -> None:
        """Make what nobody has asked for yet, so that its key works. The first page need not wait for that."""
        for action_id in self._records:
            self[action_id]

    def __getitem__(self, action_id: str) -> QAction:
        """Return an action by id; KeyError for an unknown one. Its key works wherever the focus is in the window."""
        action = self._actions.get(action_id)
        if action is None:
            record = self._records[action_id]
            action = self._actions[action_id] = QAction(self._window)
            set_by_name(action, shortcut=record.key)
            action.triggered.connect(record.handler)
            action.setText(self._translator.messages.gettext(record.message))
            self._window.addAction(action)
        return action

    def __iter__(self) -> Iterable[str]:
        """Iterate over the ids."""
        return iter(self._records)

    def set_icons(self, theme: Theme, ratio: float) -> None:
        """Draw the icons anew in the theme's colours, for a screen of device pixel ratio `ratio`."""
        from minato_viewer.services.icons import icon  # noqa: PLC0415 - not for the first page

        for record in self._records.values():
            if record.icon:
                self[record.id].setIcon(icon(record.icon, theme, "ink", ratio))

    def retranslate(self) -> None:
        """Set every text in the current language."""
        for action_id, action in self._actions.items():
            action.setText(self._translator.messages.gettext(self._records[action_id].message))
        for menu, message in self._submenus:
            menu.setTitle(self._translator.messages.gettext(message))

    def fill(self, menu: QMenu, ids: Sequence[str | Submenu]) -> None:
        """Add the actions `ids` to `menu`, a separator for each `-`."""
        for action_id in ids:
            if isinstance(action_id, Submenu):
                below = QMenu(self._translator.messages.gettext(action_id.message), menu)
                self._submenus.append((below, action_id.message))
                self.fill(below, action_id.ids)
                menu.addMenu(below)
            elif action_id == SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(self[action_id])
