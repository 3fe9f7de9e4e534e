"""What stands around the words on paper: the foot of each sheet with its wave, and the strip at the end of all.

The strip holds what a resident needs at home: the city's page as a QR code and in letters, the office, and the code
that opens the same page at another desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath

from minato_viewer.viewmodel.chart_shapes import coloured
from minato_viewer.viewmodel.chart_words import CENTRE, RIGHT, Setter
from minato_viewer.viewmodel.qr_code import qr_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from minato_viewer.language.catalogues import Messages
    from minato_viewer.services.theme import Theme
    from minato_viewer.viewmodel.chart_words import Words

_WAVE = 3.0
"""Pixels from the middle of the wave to its crest."""
_WAVE_LENGTH = 36.0
_ABOVE_WAVE, _BELOW_WAVE = 20.0, 9.0
_QR_POINTS = 57.0
"""20 mm, whatever the size of the text: a telephone needs no larger one."""
_GAP = 24.0


class _Line(NamedTuple):
    """Words and how far they stand from the upper left corner."""

    place: QPointF
    words: Words


class Foot:
    """The foot of each sheet: the harbour's wave, what this paper is, and the number of the sheet."""

    def __init__(self, lines: Sequence[tuple[str, str]], theme: Theme, width: float) -> None:
        """Set `lines` (language and text)."""
        self._theme = theme
        self._set = Setter(theme)
        self._width = width
        self._lines: list[_Line] = []
        y = _ABOVE_WAVE + _BELOW_WAVE
        room = width - 3.5 * theme.sizes["interface"]
        for lang, text in lines:
            words = self._set.words(text, lang, room, colour="secondary")
            self._lines.append(_Line(QPointF(0, y), words))
            y += words.height
        self.height = y

    def draw(self, painter: QPainter, number: int, count: int) -> None:
        """Draw the foot of sheet `number` (from 1) with its upper left corner at the origin."""
        wave = QPainterPath(QPointF(0, _ABOVE_WAVE))
        half = _WAVE_LENGTH / 2
        halves = max(round(self._width / half), 1)
        half = self._width / halves
        for crest in range(halves):
            x, side = crest * half, 1 if crest % 2 else -1
            control = _ABOVE_WAVE + side * 2 * _WAVE
            wave.quadTo(x + half / 2, control, x + half, _ABOVE_WAVE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(wave, coloured(self._theme.colours["act"], 1.2))
        for place, words in self._lines:
            words.lines.draw(painter, place)
        said = f"{number}/{count}"
        words = self._set.words(said, "en", self._width, size="interface", bold=said, align=RIGHT)
        words.lines.draw(painter, QPointF(self._width - words.width, _ABOVE_WAVE + _BELOW_WAVE))


class Strip:
    """What stands at the end of the last sheet. Nothing where there is nothing to say."""

    def __init__(
        self,
        said: Sequence[tuple[Messages, str]],
        code: str,
        address: str,
        theme: Theme,
        *,
        width: float,
        points: float,
    ) -> None:
        """Say in each language its office, then the hand-over code and the city's address (empty: none).

        `points` are those of a pixel.
        """
        self._theme = theme
        self._set = Setter(theme)
        self._width = width
        self._side = _QR_POINTS / points if address else 0.0
        self._code = qr_code(address, self._side) if address else QPainterPath()
        self._lines: list[_Line] = []
        beside = 0.0
        if address:
            beside = self._side
        code_words = self._set.words(code, "en", width, size="subtitle", bold=code, align=CENTRE) if code else None
        if code_words is not None:
            beside = max(beside, code_words.width)
            self._lines.append(_Line(QPointF(width - (beside + code_words.width) / 2, self._side), code_words))
        self._x = width - (beside + self._side) / 2
        right = self._side + (code_words.height if code_words else 0.0)
        self.height = max(self._say(said, code, address, width - beside - _GAP), right)
        if self.height:
            self.height += 2 * _GAP / 3

    def _say(self, said: Sequence[tuple[Messages, str]], code: str, address: str, room: float) -> float:
        """Set the words beside the code and return how high they are."""
        y = 0.0

        def put(text: str, lang: str, *, size: str = "small", bold: bool = False) -> None:
            nonlocal y
            words = self._set.words(text, lang, room, size=size, bold=text if bold else "")
            self._lines.append(_Line(QPointF(0, y), words))
            y += words.height

        for messages, office in said:
            tag = messages.tag
            if address:
                # TRANSLATORS: On paper, beside a QR code that leads to the city's own page about the plan.
                put(messages.gettext("The city's own page about the plan"), tag, size="interface", bold=True)
            if code:
                # TRANSLATORS: On paper, beside a short code such as K7P-4M.
                put(messages.gettext("At a counter with this viewer, {code} opens this page.", code=code), tag)
            if office:
                # TRANSLATORS: On paper: the office that handed it out.
                put(messages.gettext("Counter: {office}", office=office), tag)
            y += _GAP / 4
        if address:
            put(address, "en")
        return y

    def draw(self, painter: QPainter) -> None:
        """Draw the strip with its upper left corner at the origin."""
        if not self.height:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        rule = QPainterPath()
        rule.addRect(QRectF(0, 0, self._width, 1))
        painter.fillPath(rule, coloured(self._theme.colours["line"], 1).brush())
        painter.save()
        painter.translate(0, 2 * _GAP / 3)
        for place, words in self._lines:
            words.lines.draw(painter, place)
        painter.translate(self._x, 0)
        painter.fillPath(self._code, coloured("#000000", 1).brush())
        painter.restore()
