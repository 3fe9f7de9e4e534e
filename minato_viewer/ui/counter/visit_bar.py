"""The strip below the header while a visitor is shown something: what they see, and what staff can do about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QToolButton, QWidget

from minato_viewer.domain.messages import N_
from minato_viewer.language.tags import language
from minato_viewer.services import fonts
from minato_viewer.ui.counter.menu import MODES
from minato_viewer.ui.shell.flow_layout import FlowLayout
from minato_viewer.ui.shell.properties import set_by_name

if TYPE_CHECKING:
    from minato_viewer.ui.counter.pair import Pair
    from minato_viewer.ui.counter.visit import Visit
    from minato_viewer.ui.counter.window import CounterWindow
    from minato_viewer.ui.shell.context import Context

OWN, VISITORS = range(2)
# TRANSLATORS: What the visitor's own screen shows: the staff's entry, always; the entry that it shows now; a welcome.
_MODE_WORDS = (N_("Follow"), N_("Hold"), N_("Welcome"))


class VisitBar(QFrame):
    """Buttons for both sides of a pair, for the visitor display, and for the next visitor."""

    def __init__(self, context: Context, visit: Visit, window: CounterWindow) -> None:
        """Show what `visit` is like, and follow it."""
        super().__init__(window.centralWidget())
        self.setObjectName("visit_bar")
        self._context = context
        self._visit = visit
        self._window = window
        self._pair_label = QLabel(self)
        # No group: of a group, Tab would come to one button alone.
        self._sides = (self._toggle(), self._toggle())
        self._contents = self._toggle()
        self._swap = self._act("swap")
        self._screen_label = QLabel(self)
        self._modes = QButtonGroup(self)
        for number in range(len(MODES)):
            button = self._toggle()
            button.setAutoExclusive(True)
            self._modes.addButton(button, number)
        self._screen_parts: list[QWidget] = [
            self._screen_label,
            *self._modes.buttons(),
            *(
                self._act(name, sign)
                for name, sign in (("visitor_smaller", "A−"), ("visitor_larger", "A+"), ("write", ""))
            ),
        ]
        self._next = self._act("next_visitor")
        self._modes.idClicked.connect(self._on_mode)
        for side in (OWN, VISITORS):
            self._sides[side].clicked.connect(partial(self._on_side, side))
        self._contents.clicked.connect(window.show_contents)
        self._row = FlowLayout(self, margins=(16, 6, 16, 6), spacing=8)
        self._ordered: list[QWidget] = []
        self._pair_parts: list[QWidget] = [
            self._pair_label,
            self._contents,
            self._sides[OWN],
            self._swap,
            self._sides[VISITORS],
        ]
        for part in (*self._pair_parts, *self._screen_parts, self._next):
            self._row.addWidget(part)
        context.translator.changed.connect(self.retranslate)
        visit.changed.connect(self.retranslate)
        self.retranslate()

    def _toggle(self) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName("toggle")
        button.setCheckable(True)
        set_by_name(button, focusPolicy="TabFocus")
        return button

    def _act(self, name: str, sign: str = "") -> QToolButton:
        button, action = QToolButton(self), self._window.actions_by_id[name]
        button.setDefaultAction(action)
        if sign:
            action.setIconText(sign)
        set_by_name(button, focusPolicy="TabFocus", toolButtonStyle="ToolButtonTextOnly")
        return button

    def _on_side(self, side: int) -> None:
        """Hide or show a side; one of them always stays."""
        other = self._sides[1 - side]
        if not self._sides[side].isChecked() and not other.isChecked():
            other.setChecked(True)
        if self._visit.pair is not None:
            own, visitors = self._sides[OWN].isChecked(), self._sides[VISITORS].isChecked()
            self._visit.pair.show_sides(own=own, visitors=visitors)

    def _on_mode(self, number: int) -> None:
        self._visit.set_mode(MODES[number])

    def retranslate(self) -> None:
        """Say everything in the current language, as the visit is now."""
        messages = self._context.translator.messages
        # TRANSLATORS: Before the buttons for two pages side by side.
        self._pair_label.setText(messages.gettext("Side by side:"))
        # TRANSLATORS: Before the buttons for the visitor's own screen.
        self._screen_label.setText(messages.gettext("Visitor display:"))
        self._contents.setText(messages.gettext("Contents"))
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(button.defaultAction().text())
        for number, word in enumerate(_MODE_WORDS):
            self._modes.button(number).setText(messages.gettext(word))
        groups = ((self._pair_parts, self._visit.pair is not None), (self._screen_parts, self._visit.screened))
        for parts, shown in groups:
            for part in parts:
                part.setVisible(shown)
        if self._visit.pair is not None:
            self._say_sides(self._visit.pair)
        if self._visit.screen is not None:
            self._modes.button(MODES.index(self._visit.screen.mode)).setChecked(True)

    def _say_sides(self, pair: Pair) -> None:
        messages = self._context.translator.messages
        tags = (self._context.translator.tag, pair.language)
        shown = (self._window.pane, pair.visitors)
        for side, tag in enumerate(tags):
            button, name = self._sides[side], language(tag).name
            button.setText(name)
            button.setFont(QFont(fonts.names_family()))
            button.setLocale(QLocale(language(tag).locale))
            button.setChecked(shown[side].isVisibleTo(self._window))
            # TRANSLATORS: A button that hides or shows one of two pages side by side; {language} is its language.
            button.setToolTip(messages.gettext("Show the page in this language: {language}", language=name))
        ordered = (OWN, VISITORS) if not pair.swapped else (VISITORS, OWN)
        self._arrange([self._pair_label, self._contents, self._sides[ordered[0]], self._swap, self._sides[ordered[1]]])
        self._contents.setChecked(self._window.navigator.isVisibleTo(self._window))

    def _arrange(self, parts: list[QWidget]) -> None:
        """Put the buttons in the order of the sides, for the eye and for Tab."""
        if parts == self._ordered:
            return
        self._ordered = parts
        for part in (*parts, *self._screen_parts, self._next):
            self._row.removeWidget(part)
            self._row.addWidget(part)
        self.order_tabs()

    def order_tabs(self) -> None:
        """Let Tab come here from the header."""
        before = self._window.header.last_stop
        for part in (*(self._ordered or self._pair_parts), *self._screen_parts, self._next):
            if part.focusPolicy().value:
                self.setTabOrder(before, part)
                before = part
