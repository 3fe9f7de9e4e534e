"""Where a visit begins: the topics, the priority issues, the districts and the search, as large cards."""

from __future__ import annotations

from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from minato_viewer.language.tags import chain
from minato_viewer.ui.kiosk.arrows import Arrows
from minato_viewer.ui.kiosk.finger import follow_finger
from minato_viewer.ui.kiosk.home_card import Card
from minato_viewer.ui.shell.dress import set_type

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from minato_viewer.services.touch import TouchSizes
    from minato_viewer.ui.shell.context import Context

TOPICS = "viewer/topic"
ICONS = {
    "childcare": "baby-carriage",
    "older-people": "old",
    "disability": "disabled",
    "disaster": "shield",
    "environment": "recycle",
    "health": "run",
    "work": "building-store",
    "culture": "masks-theater",
    "international": "world",
    "digital": "device-mobile",
    "town": "bus",
    "participation": "users",
}
"""The picture of a topic by the last part of its code; a topic without one has words alone."""
SEARCH = "search"
_TALLEST, _TALL = 2.4, 180
"""Times the side of a target, or pixels at a text size of 100 %: as tall as a card becomes where there is room."""


class Home(QScrollArea):
    """Cards in as many columns as have room. The first touch of three to any entry of the plan."""

    entry_chosen = Signal(str)
    search_wanted = Signal()

    def __init__(self, context: Context, sizes: TouchSizes, issues: str, districts: str, parent: QWidget) -> None:
        """Offer the topics, and the lists `issues` and `districts` (codes) of the plan, where it has them."""
        super().__init__(parent)
        self.setObjectName("kiosk_home")
        self._context = context
        self._sizes = sizes
        self._columns = 0
        self._stale = True
        """It is to be said and drawn anew as soon as it is seen."""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        follow_finger(self)
        body = QWidget(self)
        body.setObjectName("kiosk_body")
        self._title = QLabel(body)
        set_type(self._title, context.theme, "heading_1", bold=True)
        self._title.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setSpacing(max(sizes.target // 4, 8))
        column = QVBoxLayout(body)
        column.setContentsMargins(sizes.target // 2, sizes.target // 3, sizes.target // 2, sizes.target // 3)
        column.setSpacing(max(sizes.target // 3, 8))
        column.addWidget(self._title)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.setWidget(body)
        self._cards: list[tuple[Card, str]] = []
        self._add(SEARCH, "search")
        for code in self._topics():
            self._add(code, ICONS.get(code.rpartition("/")[2], ""))
        for code, icon in ((issues, "flag"), (districts, "map-pin")):
            if context.plan.node(code) is not None:
                self._add(code, icon)
        # The cards have the focus, and what is on them scrolls along.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.arrows = Arrows([card for card, _ in self._cards], self)
        self.arrows.reached.connect(self.ensureWidgetVisible)
        context.translator.changed.connect(self._renew)
        context.furigana.changed.connect(self._renew)
        context.appearance.changed.connect(self._renew)

    def _topics(self) -> list[str]:
        node = self._context.plan.node(TOPICS)
        if node is None:
            return []
        return [code for code, _ in self._context.plan.codes_from(node) if code.rpartition("/")[0] == TOPICS]

    def _add(self, code: str, icon: str) -> None:
        card = Card(self._context, icon, self._sizes.target, self.widget(), wide=code == SEARCH)
        card.clicked.connect(partial(self._on_chosen, code))
        self._cards.append((card, code))

    def _on_chosen(self, code: str) -> None:
        if code == SEARCH:
            self.search_wanted.emit()
        else:
            self.entry_chosen.emit(code)

    def begin(self) -> None:
        """Show the top, the focus on the first card."""
        self.verticalScrollBar().setValue(0)
        self.take_focus()

    def take_focus(self) -> None:
        """Give the focus to the first card."""
        self._cards[0][0].setFocus()

    def _renew(self) -> None:
        """Say and draw everything anew, once it is seen: a reader of a page does not wait for it."""
        self._stale = not self.isVisible()
        if not self._stale:
            self._say()
            for card, _ in self._cards:
                card.restyle()
            self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed since it was seen."""
        super().showEvent(event)
        if self._stale:
            self._renew()

    def _say(self) -> None:
        messages = self._context.translator.messages
        # TRANSLATORS: The question above the topics on a touch screen.
        self._title.setText(messages.gettext("What would you like to know?"))
        plan = self._context.plan
        nodes = {code: node for _, code in self._cards if (node := plan.node(code)) is not None}
        rubies = plan.title_rubies(nodes) if self._context.furigana.on else {}
        for card, code in self._cards:
            node = nodes.get(code)
            if node is None:
                card.say(messages.gettext("Search the plan"), messages.tag)
            else:
                heading = plan.headings([node.id], chain(messages.tag, plan.editions[node.edition].language))[node.id]
                card.say(heading.title, heading.lang, rubies.get((code, heading.lang), ()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many columns as have room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        # Of all there is and not of what the scroll bar leaves, which would then come and go by what follows from it.
        wide = self.width() - self.verticalScrollBar().sizeHint().width() - self._sizes.target
        least = max(self._context.theme.scaled(190), 2 * self._sizes.target)
        columns = min(max(wide // (least + self._grid.spacing()), 1), 5)
        if columns != self._columns:
            self._place(columns)
        rows = ceil((len(self._cards) - 1) / columns)
        search = self._cards[0][0].heightForWidth(wide)
        room = self.height() - self._title.sizeHint().height() - search - 2 * self._sizes.target
        most = max(round(_TALLEST * self._sizes.target), self._context.theme.scaled(_TALL))
        tallest = max(min(room // rows - self._grid.spacing(), most), 0)
        for row in range(1, rows + 1):
            self._grid.setRowMinimumHeight(row, tallest)

    def _place(self, columns: int) -> None:
        for card, _ in self._cards:
            self._grid.removeWidget(card)
        for column in range(max(self._columns, columns)):
            self._grid.setColumnStretch(column, int(column < columns))
        for row in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(row, 0)
        self._columns = columns
        search, *others = [card for card, _ in self._cards]
        self._grid.addWidget(search, 0, 0, 1, columns)
        for number, card in enumerate(others):
            self._grid.addWidget(card, 1 + number // columns, number % columns)
