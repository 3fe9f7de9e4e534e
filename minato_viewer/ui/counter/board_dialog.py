"""The point-at board: a phrase is pressed or pointed at, and stands there in the visitor's language and in the staff's.

The staff's language is the interface's. The visitor's is picked above the cards; a visitor whose language is none of
ours finds its name on a page of names, so that staff know which interpreter to call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from minato_viewer.language.catalogues import messages as messages_of
from minato_viewer.language.tags import OWN_NAMES, language
from minato_viewer.pages import board
from minato_viewer.services import fonts
from minato_viewer.ui.counter.board_card import Card, Pair, Said, Shown
from minato_viewer.ui.shell.announce import announce
from minato_viewer.ui.shell.dress import set_type
from minato_viewer.ui.shell.focus_ring import FocusRing
from minato_viewer.ui.shell.folding_row import FoldingRow, lay_out_now
from minato_viewer.ui.shell.wrapping_grid import WrappingGrid

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from minato_viewer.ui.shell.context import Context

_PHRASE, _NAME = 400, 270
"""Pixels that a card of either takes at least, at a text size of 100 %."""
_BESIDE = 40
"""Pixels of the window that are seen around the board."""
_EDGE = 8
"""Pixels around the cards, for the ring that shows where the keyboard is."""


class BoardDialog(QDialog):
    """Cards in two groups, or the names of languages, or one of all these alone."""

    visitor_chosen = Signal(str)
    """The visitor's language: the next board, and the next print, are likely to be for the same visitor."""

    def __init__(self, context: Context, visitor: str, parent: QWidget) -> None:
        """Begin with the language `visitor`; where that is not offered here, with that of the interface."""
        super().__init__(parent)
        self._context = context
        offered = context.settings.languages
        self._visitor = next((tag for tag in (visitor, context.translator.tag) if tag in offered), offered[0])
        self._pressed: Card | None = None
        self._cards: list[tuple[Card, str]] = []
        """Each card of a phrase with its English message."""
        self._names: list[Card] = []
        self.setObjectName("board")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bar_label = QLabel(self)
        set_type(self._bar_label, context.theme, "small", bold=True)
        self._bar, self._languages = WrappingGrid(self), QButtonGroup(self)
        self._fill_bar()
        self._phrases = FoldingRow(self)
        self._groups = [self._group(speaking) for speaking in board.SPEAKING]
        self._grid = WrappingGrid(self)
        self._source = QLabel(self)
        self._source.setObjectName("small")
        self._source.setWordWrap(True)
        self._source.setTextFormat(Qt.TextFormat.PlainText)
        self._source.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._alone = Shown(context.theme, self, ("poster", "heading_1"), alone=True)
        self._not_here = QPushButton(self)
        self._not_here.setCheckable(True)
        self._not_here.toggled.connect(self._on_not_here_pressed)
        self._print, self._close = self._button(self.print_board), self._button(self.close)
        self._back = self._button(self.show_all)
        self._lay_out()
        self._languages.idToggled.connect(self._on_language_pressed)
        context.translator.changed.connect(self.retranslate)
        context.appearance.changed.connect(self.retranslate)
        FocusRing(self, context.appearance)
        self.retranslate()
        self._languages.button(offered.index(self._visitor)).setFocus()

    # -- the parts -------------------------------------------------------------------------------

    def _fill_bar(self) -> None:
        for number, tag in enumerate(self._context.settings.languages):
            shown = language(tag)
            button = QPushButton(shown.name, self._bar)
            button.setObjectName("language")
            button.setCheckable(True)
            button.setAutoExclusive(True)  # said to be one of several
            button.setLocale(QLocale(shown.locale))
            button.setChecked(tag == self._visitor)
            self._languages.addButton(button, number)
            self._bar.add(button)

    def _group(self, speaking: board.Speaking) -> tuple[Shown, WrappingGrid]:
        column = QWidget(self._phrases)
        heading = Shown(self._context.theme, column, ("subtitle", "small"))
        grid = WrappingGrid(column)
        for message in speaking.phrases:
            self._cards.append((self._card(grid), message))
        layout = QVBoxLayout(column)
        layout.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        layout.addWidget(heading)
        layout.addWidget(grid)
        layout.addStretch(1)
        self._phrases.add(column)
        return heading, grid

    def _card(self, grid: WrappingGrid) -> Card:
        card = Card(self._context.theme, grid)
        card.clicked.connect(self._on_card_pressed)
        grid.add(card)
        return card

    def _button(self, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(self)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        self._names = [self._card(self._grid) for _ in board.LANGUAGES]
        names = QWidget(self)
        column = QVBoxLayout(names)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.setSpacing(16)
        column.addWidget(self._grid)
        column.addWidget(self._source)
        column.addStretch(1)
        self._areas = QStackedWidget(self)
        for inside in (self._phrases, names):
            self._areas.addWidget(_scrolled(inside, self._areas))
        row, ending = FoldingRow(self, equal=False), FoldingRow(self)  # in two lines at most: the cards need the room
        for part in (self._print, self._close):
            ending.add(part)
        for part in (self._not_here, ending):
            row.add(part)
        self._folding = (self._phrases, row, ending)
        self._pages = QStackedWidget(self)
        choosing, alone = QWidget(self._pages), QWidget(self._pages)
        layout = QVBoxLayout(choosing)
        for part in (self._bar_label, self._bar, self._areas, row):
            layout.addWidget(part)
        layout.setStretchFactor(self._areas, 1)
        layout.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(alone)
        self._area_alone = _scrolled(self._alone, alone)
        self._area_alone.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # very large letters may have to be scrolled
        layout.addWidget(self._area_alone, 1)
        layout.addWidget(self._back, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.setContentsMargins(0, 0, 0, 0)
        for page in (choosing, alone):
            self._pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 16, 24, 16)
        whole.addWidget(self._pages)
        parent = self.parentWidget()
        room = parent.window().size() if parent is not None else self.sizeHint()
        self.resize(room.width() - _BESIDE, room.height() - _BESIDE)

    # -- what it says ----------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Say everything in the staff's current language and the visitor's, in the current sizes and colours."""
        messages, theme = self._context.translator.messages, self._context.theme
        self.setWindowTitle(messages.gettext(board.TITLE))
        # TRANSLATORS: Above the buttons that choose the language in which the visitor reads the board.
        self._bar_label.setText(messages.gettext("The visitor's language"))
        self._bar.setAccessibleName(self._bar_label.text())
        for button in self._languages.buttons():
            button.setFont(_sized([fonts.names_family()], theme.sizes["interface"]))
        names = " · ".join(own.name for own in board.LANGUAGES if own.tag in ("es", "th", "vi"))
        self._not_here.setText(f"{messages.gettext(board.NOT_HERE)}   {names} …")
        families = [*fonts.families(messages.tag), *fonts.families(OWN_NAMES)]
        self._not_here.setFont(_sized(families, theme.sizes["interface"]))
        self._print.setText(messages.gettext("Print…"))
        self._close.setText(messages.gettext("Close"))
        self._back.setText(messages.gettext("Back"))
        self._source.setText(board.source_line(messages))
        self._say_pairs()
        self._bar.wrap()
        for _, grid in self._groups:
            grid.wrap(theme.scaled(_PHRASE))
        self._grid.wrap(theme.scaled(_NAME))
        for folding in self._folding:
            folding.fold()
        lay_out_now(self)

    def _say_pairs(self) -> None:
        theme = self._context.theme
        for (heading, _), speaking in zip(self._groups, board.SPEAKING, strict=True):
            heading.say(self._pair(speaking.heading), theme)
        for card, message in self._cards:
            card.say(self._pair(message), theme)
        messages = self._context.translator.messages
        for card, own in zip(self._names, board.LANGUAGES, strict=True):
            second = Said(messages.gettext(own.message), messages.tag)
            card.say(Pair(Said(own.name, OWN_NAMES), second), theme)
        if self._pressed is not None:
            self._show_alone(self._pressed)

    def _pair(self, message: str) -> Pair:
        messages = self._context.translator.messages
        first = messages if self._visitor == messages.tag else messages_of(self._visitor)
        return Pair(Said(first.gettext(message), first.tag), Said(messages.gettext(message), messages.tag))

    # -- what is done with it --------------------------------------------------------------------

    def _on_language_pressed(self, number: int, pressed: bool) -> None:
        # Not on a click alone: assistive technology presses such a button without one.
        if not pressed:
            return
        self._visitor = self._context.settings.languages[number]
        self._not_here.setChecked(False)
        self._say_pairs()
        lay_out_now(self)
        self.visitor_chosen.emit(self._visitor)

    def _on_not_here_pressed(self, pressed: bool) -> None:
        """Show the names of further languages, and no language as chosen; or the phrases again."""
        self._areas.setCurrentIndex(int(pressed))
        button = self._languages.button(self._context.settings.languages.index(self._visitor))
        self._languages.setExclusive(False)  # or the last one could not be let go
        button.setChecked(not pressed)
        self._languages.setExclusive(True)

    def _on_card_pressed(self) -> None:
        card = self.sender()
        if isinstance(card, Card):
            self._pressed = card
            self._show_alone(card)
            self._pages.setCurrentIndex(1)
            self._back.setFocus()
            announce(self, card.pair.spoken)

    def _show_alone(self, card: Card) -> None:
        self._alone.say(card.pair, self._context.theme)
        self._area_alone.setAccessibleName(card.pair.spoken)
        self._area_alone.verticalScrollBar().setValue(0)

    def show_all(self) -> None:
        """Go back from one card to all of them, with the keyboard where it was."""
        self._pages.setCurrentIndex(0)
        if self._pressed is not None:
            self._pressed.setFocus()
            self._pressed = None

    def print_board(self) -> None:
        """Offer the board on paper, in the staff's language and the visitor's."""
        from minato_viewer.ui.shell.print_dialog import PrintDialog  # noqa: PLC0415 - only to print

        companion = self._visitor if self._visitor != self._context.translator.tag else ""
        PrintDialog(self._context, "", (), self, companion, leaflet=board.LEAFLET).open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc lead back before it closes the board."""
        if not event.matches(QKeySequence.StandardKey.Cancel):
            super().keyPressEvent(event)
        elif self._pressed is not None:
            self.show_all()
        elif self._not_here.isChecked():
            self._not_here.click()
        else:
            self.close()


def _scrolled(inside: QWidget, parent: QWidget) -> QScrollArea:
    """Return an area that scrolls down and never sideways."""
    area = QScrollArea(parent)
    area.setObjectName("options")
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def _sized(families: list[str], pixels: int) -> QFont:
    font = QFont(families)
    font.setPixelSize(pixels)
    return font
