"""Words to touch in place of typing them: one row of cards, as many as there is room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget

from minato_viewer.services import fonts
from minato_viewer.ui.kiosk.card_button import CardButton
from minato_viewer.viewmodel.next_keys import MOST_WORDS

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from minato_viewer.ui.shell.context import Context

_SPACING = 12
_LETTER = 0.33
"""Of the height of a card."""
_RADIUS, _PADDING = 24, 24


class WordRow(QWidget):
    """Cards with words; the row keeps its height while it is empty, so that nothing moves as one types."""

    taken = Signal(str)

    def __init__(self, context: Context, side: int, parent: QWidget) -> None:
        """Offer nothing yet; a card is at least `side` pixels high and wide."""
        super().__init__(parent)
        self._context = context
        self._side = side
        self._words: tuple[str, ...] = ()
        self._cards = [CardButton(self) for _ in range(MOST_WORDS)]
        for card in self._cards:
            card.setObjectName("word")
            card.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            card.clicked.connect(self._take)
            card.hide()
        self.setFixedHeight(side)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are offered, those without room included."""
        return self._words

    def offer(self, words: tuple[str, ...]) -> None:
        """Offer `words` in place of those before."""
        if words == self._words:
            return
        self._words = words = words[:MOST_WORDS]
        fonts.load_letters("".join(words), self._context.translator.tag)
        for card, word in zip(self._cards, words, strict=False):
            card.say(word, word)
            card.setProperty("word", word)
        for card in self._cards[len(words) :]:
            card.say("", "")
            card.setProperty("word", "")
        self.restyle()

    def restyle(self) -> None:
        """Take colours, sizes and letters anew."""
        theme = self._context.theme
        letters = QFont(fonts.font(self._context.translator.tag))
        letters.setPixelSize(round(self._side * min(_LETTER * theme.text_size / 100, 0.6)))
        for card in self._cards:
            card.dress(theme, letters, radius=_RADIUS, padding=_PADDING)
        self._place(letters)

    def _place(self, letters: QFont) -> None:
        left, metrics = 0, QFontMetricsF(letters)
        for number, card in enumerate(self._cards):
            wide = max(round(metrics.horizontalAdvance(card.label)) + 2 * _PADDING, self._side)
            if not number:
                wide = min(wide, self.width())
            card.setGeometry(left, 0, wide, self.height())
            left += wide + _SPACING
            card.setVisible(bool(card.label) and left - _SPACING <= self.width())

    def _take(self) -> None:
        self.taken.emit(self.sender().property("word"))

    def minimumSizeHint(self) -> QSize:
        """Need no width: what has no room is not shown."""
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many cards as there is room for now."""
        super().resizeEvent(event)
        self.restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from card to card by arrows to the side."""
        shown = [card for card in self._cards if card.isVisible()]
        at = next((number for number, card in enumerate(shown) if card is QApplication.focusWidget()), -1)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if at < 0 or not step:
            event.ignore()
        elif 0 <= at + step < len(shown):
            shown[at + step].setFocus(Qt.FocusReason.TabFocusReason)
