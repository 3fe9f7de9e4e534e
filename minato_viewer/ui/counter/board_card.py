"""What stands on the point-at board: words in two languages, each in its own font, as a card to press or alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLocale, QPointF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QPushButton

from minato_viewer.language.tags import OWN_NAMES, TAGS, language
from minato_viewer.viewmodel.chart_words import CENTRE, LEFT, Setter

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from minato_viewer.services.theme import Theme
    from minato_viewer.viewmodel.chart_words import Words

_LEAST = 120
"""Pixels: where there is less room, letters are cut, not lines."""
_MARGIN = 14
_GAP = 4


class Said(NamedTuple):
    """A text and its language."""

    text: str
    lang: str


class Pair(NamedTuple):
    """What the visitor reads, and below it, smaller, what the staff read; nothing where both read the same."""

    first: Said
    second: Said

    @property
    def shown(self) -> tuple[Said, ...]:
        """What is set: not the same text twice."""
        return (self.first,) if self.first.text == self.second.text else self

    @property
    def spoken(self) -> str:
        """Both texts as one."""
        return " – ".join(said.text for said in self.shown)


class PairSetter:
    """Sets pairs in sizes of the theme, one below the other."""

    def __init__(self, sizes: tuple[str, str], *, bold: bool = False, align: float = LEFT) -> None:
        """Set the first text in the first size, and in bold letters if asked for and if there are any."""
        self._sizes = sizes
        self._bold = bold
        self._align = align
        self._set: list[Words] = []
        self._for: tuple[Pair, int] | None = None
        """What was set, and the width."""
        self._theme: Theme | None = None

    def height(self, pair: Pair, theme: Theme, width: int) -> int:
        """Set the texts in lines of so many pixels, and return how high all is."""
        if (pair, width) != self._for or theme is not self._theme:
            self._for, self._theme, setter = (pair, width), theme, Setter(theme)
            colours = ("ink", "secondary")
            self._set = [
                setter.words(
                    said.text, said.lang, width, size=size, colour=colour, align=self._align,
                    bold=said.text if self._bold and not number and said.lang != OWN_NAMES else "",
                )
                for number, (said, size, colour) in enumerate(zip(pair.shown, self._sizes, colours, strict=False))
            ]  # fmt: skip
        return round(sum(words.height for words in self._set)) + _GAP * (len(self._set) - 1)

    def paint(self, painter: QPainter, left: int, top: float, width: int) -> None:
        """Paint what was set last."""
        for words in self._set:
            words.paint(painter, QPointF(left + self._align * (width - words.width), top))
            top += words.height + _GAP


class Card(QPushButton):
    """A pair that can be pressed."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self.setObjectName("card")
        self._theme = theme
        self._setter = PairSetter(("heading_1", "interface"))
        self.pair = Pair(Said("", TAGS[0]), Said("", TAGS[0]))
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        policy.setVerticalPolicy(policy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, pair: Pair, theme: Theme) -> None:
        """Show a pair."""
        self.pair, self._theme = pair, theme
        self.setAccessibleName(pair.spoken)
        self.setLocale(locale_of(pair.first.lang))
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """Return how high the texts are in a card of that width."""
        return self._setter.height(self.pair, self._theme, max(width - 2 * _MARGIN, 1)) + 2 * _MARGIN

    def sizeHint(self) -> QSize:
        """Return a size at which most phrases stand in one line."""
        width = self._theme.scaled(400)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least width; the height follows from the width there is."""
        return QSize(_LEAST, 2 * _MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card as any button, and on it the texts."""
        super().paintEvent(event)
        width = self.width() - 2 * _MARGIN
        height = self._setter.height(self.pair, self._theme, max(width, 1))
        painter = QPainter(self)
        self._setter.paint(painter, _MARGIN, (self.height() - height) / 2, width)
        painter.end()


class Shown(QLabel):
    """A pair that is only looked at: a heading, or a phrase alone."""

    def __init__(self, theme: Theme, parent: QWidget, sizes: tuple[str, str], *, alone: bool = False) -> None:
        """Say nothing yet. What is `alone` stands in the middle."""
        super().__init__(parent)
        self._theme = theme
        self._setter = PairSetter(sizes, bold=True, align=CENTRE if alone else LEFT)
        self._pair = Pair(Said("", TAGS[0]), Said("", TAGS[0]))
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        policy.setVerticalPolicy(policy.Policy.Expanding if alone else policy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, pair: Pair, theme: Theme) -> None:
        """Show a pair."""
        self._pair, self._theme = pair, theme
        self.setAccessibleName(pair.spoken)
        self.setLocale(locale_of(pair.first.lang))
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """Return how high the texts are in that width."""
        return self._setter.height(self._pair, self._theme, max(width, 1))

    def sizeHint(self) -> QSize:
        """Return a usual size; the height follows from the width there is."""
        width = self._theme.scaled(400)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least width."""
        return QSize(_LEAST, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the texts, half way down where there is room."""
        del event
        height = self.heightForWidth(self.width())
        painter = QPainter(self)
        self._setter.paint(painter, 0, max(self.height() - height, 0) / 2, self.width())
        painter.end()


def locale_of(tag: str) -> QLocale:
    """Return the locale in which a screen reader reads a language, one of ours or any other."""
    return QLocale(language(tag).locale if tag in TAGS else tag)
