"""What a search is narrowed down to: a button with a menu for each of edition, kind, district and topic."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QGridLayout, QMenu, QPushButton, QWidget

from minato_viewer.domain.districts import own_first
from minato_viewer.domain.messages import N_
from minato_viewer.language.tags import chain
from minato_viewer.pages import wording
from minato_viewer.planfile.search_choices import DISTRICT, KIND, TOPIC, choices
from minato_viewer.planfile.search_rows import Scope
from minato_viewer.ui.shell.properties import set_by_name

if TYPE_CHECKING:
    from minato_viewer.language.catalogues import Messages
    from minato_viewer.planfile.reader import Heading
    from minato_viewer.ui.shell.context import Context

_SPACING = 8
EDITION = "edition"
# TRANSLATORS: On the buttons that narrow a search down, as long as it is not narrowed down.
_ALL = {
    EDITION: N_("All editions"),
    KIND: N_("Every kind"),
    DISTRICT: N_("All districts"),
    TOPIC: N_("All topics"),
}


class ScopeBar(QWidget):
    """Buttons that say what they narrow the search down to. Those for which the plan has nothing are not there."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Narrow nothing down."""
        super().__init__(parent)
        self._context = context
        self._chosen = dict.fromkeys(_ALL, "")
        self._choices = self._read_choices()
        self._groups: dict[str, QActionGroup] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_SPACING)
        for name, values in self._choices.items():
            if len(values) > 1 or (name in (DISTRICT, TOPIC) and values):
                self._buttons[name] = self._button()
        self.retranslate()

    def _read_choices(self) -> dict[str, list[str]]:
        """Return what each button offers, in the order in which a reader of the current language looks for it.

        The district of this office comes first.
        """
        editions = self._context.plan.editions
        plans = [edition.code for edition in editions.values() if edition.is_plan]
        found = choices(self._context.plan.path, self._context.translator.tag)
        found[DISTRICT] = own_first(found[DISTRICT], found[DISTRICT], self._context.settings.district)
        return {EDITION: plans, **found}

    def _button(self) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName("scope")
        set_by_name(button, focusPolicy="TabFocus")
        button.setMenu(QMenu(button))
        return button

    def _fill(self, name: str, headings: dict[str, Heading], messages: Messages) -> None:
        """Fill the menu of a button anew, because each language has an order of its own."""
        menu = self._buttons[name].menu()
        menu.clear()
        if name in self._groups:
            self._groups[name].deleteLater()
        group = self._groups[name] = QActionGroup(menu)
        for value in ("", *self._choices[name]):
            action = menu.addAction(self._name(name, value, headings, messages).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value == self._chosen[name])
            group.addAction(action)
            action.triggered.connect(partial(self.choose, name, value))

    # -- what is chosen --------------------------------------------------------------------------

    @property
    def scope(self) -> Scope:
        """What the search is narrowed down to."""
        near = self._chosen[TOPIC] or self._chosen[DISTRICT]
        return Scope(self._chosen[EDITION], self._chosen[KIND], near)

    def choose(self, name: str, value: str) -> None:
        """Narrow the search down, or not any more for an empty value; a topic and a district exclude each other."""
        if name in (TOPIC, DISTRICT) and value:
            self._chosen[TOPIC] = self._chosen[DISTRICT] = ""
        if name in (TOPIC, DISTRICT) and value and self._chosen[EDITION]:
            # A topic is of no edition, a district of one: the edition that was chosen may hold none of it.
            self._chosen[EDITION] = ""
        self._chosen[name] = value
        self.retranslate()
        self.changed.emit()

    def clear(self) -> None:
        """Narrow nothing down."""
        self._chosen = dict.fromkeys(_ALL, "")
        self.retranslate()
        self.changed.emit()

    # -- in words --------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Say everything in the current language."""
        messages = self._context.translator.messages
        headings = self._headings(messages)
        self._choices = self._read_choices()
        for name, button in self._buttons.items():
            self._fill(name, headings, messages)
            text = self._name(name, self._chosen[name], headings, messages)
            button.setText(text.replace("&", "&&"))
            button.setAccessibleName(text)

    def said(self) -> str:
        """Return in words what the search is narrowed down to; empty where it is not."""
        messages = self._context.translator.messages
        headings = self._headings(messages)
        parts = [self._name(name, value, headings, messages) for name, value in self._chosen.items() if value]
        # TRANSLATORS: What a search is narrowed down to, such as "2024 revision, Policy".
        return messages.gettext("Only in: {scope}", scope=", ".join(parts)) if parts else ""

    def _name(self, name: str, value: str, headings: dict[str, Heading], messages: Messages) -> str:
        if not value:
            return messages.gettext(_ALL[name])
        if name == EDITION:
            editions = self._context.plan.editions
            return wording.edition_name(editions[value], editions, messages)
        if name == KIND:
            return wording.kind_name(value, "", messages)
        return headings[value].title or value

    def _headings(self, messages: Messages) -> dict[str, Heading]:
        """Return the districts and topics by code."""
        codes = [*self._choices[DISTRICT], *self._choices[TOPIC]]
        nodes = {code: self._context.plan.node(code) for code in codes}
        found: dict[str, Heading] = {}
        for code, node in nodes.items():
            if node is not None:
                tags = chain(messages.tag, self._context.plan.editions[node.edition].language)
                found[code] = self._context.plan.headings([node.id], tags)[node.id]
        return found

    def arrange(self, width: int) -> None:
        """Put the buttons side by side where they fit into `width`, else in two columns or one."""
        widest = max((button.sizeHint().width() for button in self._buttons.values()), default=0)
        fitting = (width + _SPACING) // (widest + _SPACING) if widest else 1
        columns = next((count for count in (4, 3, 2, 1) if count <= max(fitting, 1)), 1)
        if columns != self._columns:
            self._columns = columns
            for number, button in enumerate(self._buttons.values()):
                self._grid.removeWidget(button)
                self._grid.addWidget(button, number // columns, number % columns)
