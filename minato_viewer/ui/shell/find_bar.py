"""Find in page: marks the words in the document of a page view, and goes from one hit to the next.

Texts are compared as `fold` has them, so width, case and the two kana make no difference; the marks sit on the
characters of the page, which may be fewer or more than the folded ones.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QSize, QTimer
from PySide6.QtGui import QColor, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QTextEdit, QWidget

from minato_viewer.domain.messages import N_
from minato_viewer.language.folding import Folded
from minato_viewer.ui.shell.announce import announce
from minato_viewer.ui.shell.dress import set_type
from minato_viewer.ui.shell.properties import set_by_name
from minato_viewer.viewmodel.page_document import PageDocument

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from minato_viewer.services.theme import Theme
    from minato_viewer.services.translator import Translator

SIDE = 44
"""Pixels: the least height and width of a button."""
BOX_WIDTH = 120
"""Pixels: the least width of the box."""
ROOM = 96
"""Pixels that a hit keeps from the upper and lower edge of the page, where the page is high enough."""
ANNOUNCING_DELAY = 250
"""Milliseconds without a change before the count is read out, so that typing is not talked over."""
LONGEST_TAKEN = 100
"""Characters of a selection that are taken over into the box."""

_MARGIN, _SPACING = 8, 8
_KEYS = ("Shift+Enter", "Enter", "Esc")
_OURS = QTextCharFormat.Property.UserProperty.value + 1
"""Property of the marks that are ours; the view's other marks are left alone."""
_ON, _FROM_TOP, _FROM_END = 0, 1, -1
"""How the current hit was reached: going on, or round the end or the top of the page."""
# TRANSLATORS: Which of the places where the words stand: "3 of 12", also when it went on with the first or last one.
_COUNTS = {
    _ON: N_("{number} of {count}"),
    _FROM_TOP: N_("{number} of {count}, from the top again"),
    _FROM_END: N_("{number} of {count}, from the end again"),
}


class Hit(NamedTuple):
    """Where the words stand: positions of a QTextDocument, which are UTF-16 code units."""

    start: int
    end: int


class FoldedText:
    """The text of a document as it is compared, with the way back to the positions of Qt."""

    def __init__(self, text: str) -> None:
        """Fold `text`."""
        self._folded = Folded(text)
        # A character beyond the first plane has two positions.
        self._positions = list(accumulate((1 + (character > "\uffff") for character in text), initial=0))

    @property
    def folded(self) -> str:
        """The text in the form in which it is compared."""
        return self._folded.text

    def find(self, words: str) -> list[Hit]:
        """Return where `words` stand, from the beginning on and none within another; nothing for blanks alone."""
        at = self._positions
        return [Hit(at[span.start], at[span.end]) for span in self._folded.find(words)]


class FindBar(QFrame):
    """A box, the count in words, and the ways on, back and out. Hidden until `open`."""

    def __init__(self, view: QTextEdit, translator: Translator, parent: QWidget | None = None) -> None:
        """Find in the document of `view`, whichever it has at the time."""
        super().__init__(parent)
        self._view, self._scroll_bar = view, view.verticalScrollBar()
        self._translator = translator
        self._text = FoldedText("")
        self._hits: list[Hit] = []
        self._now, self._way = 0, _ON
        self._from = 0  # position from which the words are looked for while they are typed
        self._unseen = False  # the page was changed under the current hit, which may be out of sight
        self._code = ""
        self._mark, self._mark_now = QTextCharFormat(), QTextCharFormat()
        self._announcing = QTimer(self, singleShot=True, interval=ANNOUNCING_DELAY)
        self._announcing.timeout.connect(self._announce)
        # Esc closes the bar from within the page, too, as long as there is something to close.
        self._escape = QShortcut(view)
        set_by_name(self._escape, key="Esc", context="WidgetShortcut", enabled="false")
        self._escape.activated.connect(self.shut)
        self.setObjectName("find_bar")
        self._box = QLineEdit(self)
        self._box.setObjectName("find_words")
        self._buttons = (
            self._button("find_previous", "‹", self.go_previous),
            self._button("find_next", "›", self.go_next),
            self._button("find_close", "×", self.shut),
        )
        self._count = QLabel(self)
        self._count.setObjectName("find_count")
        self._beside = True
        self._lay_out()
        self._box.textChanged.connect(self._search)
        # Said by Qt of another document, too: in time, because marks in one that is deleted would crash the view.
        view.textChanged.connect(self.page_changed)
        translator.changed.connect(self.retranslate)
        self.retranslate()
        self.hide()

    def _button(self, name: str, sign: str, handler: Callable[[], None]) -> QPushButton:
        # The text is set afterwards, because with it PySide6 would look for an icon.
        button = QPushButton(self)
        button.setText(sign)
        button.setObjectName(name)
        set_by_name(button, focusPolicy="TabFocus")
        button.clicked.connect(handler)
        return button

    def _lay_out(self) -> None:
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        grid.setSpacing(_SPACING)
        grid.setRowMinimumHeight(0, SIDE)
        grid.setColumnStretch(0, 1)
        # Box and buttons fill their places: the style sheet sets least heights of its own, which undo those set here.
        self._box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._box.setMinimumWidth(BOX_WIDTH)
        grid.addWidget(self._box, 0, 0)
        grid.addWidget(self._count, 0, 1)
        for column, button in enumerate(self._buttons, 2):
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
            grid.setColumnMinimumWidth(column, SIDE)
            grid.addWidget(button, 0, column)

    def open(self) -> None:
        """Show the bar with the words that are selected on the page, if any, and wait for others."""
        self._read()
        cursor = self._view.textCursor()
        self._from = self._view.cursorForPosition(QPoint(0, 0)).position()
        if taken := _first_line(cursor.selectedText()):
            self._from = cursor.selectionStart()
            self._select(Hit(self._from, self._from))  # a selection would be painted over the marks
            self._box.setText(taken)
        self.show()  # which gives the page its lower height at once, so that the bar covers no hit
        self._escape.setEnabled(True)
        self._search()
        self._box.setFocus()
        self._box.selectAll()

    def shut(self) -> None:
        """Hide the bar and go back to the page, with the current hit selected."""
        if not self.isHidden():
            current = self._hits[self._now : self._now + 1]
            self._leave()
            for hit in current:
                self._select(hit)

    def forget(self) -> None:
        """Close and keep nothing of what was looked for: the next visitor must not see it."""
        if not self.isHidden():
            self._leave()
        self._box.setText("")  # clear() could be undone

    def _leave(self) -> None:
        self._hits = []
        self._text = FoldedText("")
        self._set_marks()
        self._escape.setEnabled(False)
        self._view.setFocus()
        self.hide()
        self._say_count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, back with Shift+Enter, close with Esc."""
        from PySide6.QtCore import Qt  # noqa: PLC0415 - see ui/shell/properties

        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focus, QPushButton):
            focus.click()
        else:
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)

    def page_changed(self) -> None:
        """Look for the same words on the page that is shown now; the page does not move.

        The same entry in another language or theme keeps the number of its hit, any other begins with its first.
        """
        if self.isHidden():
            return
        code = self._code
        self._read()
        self._hits = self._text.find(self._box.text())
        if code != self._code or self._now >= len(self._hits):
            self._now, self._way = 0, _ON
        self._from = self._hits[self._now].start if self._hits else 0
        self._unseen = True
        self._show_state()

    def go_next(self) -> None:
        """Go to the next hit, from the last one to the first."""
        self._step(1)

    def go_previous(self) -> None:
        """Go to the hit before, from the first one to the last."""
        self._step(-1)

    def _read(self) -> None:
        document = self._view.document()
        self._code = document.page.code if isinstance(document, PageDocument) else ""
        self._text = FoldedText(document.toPlainText())
        document.size()  # has all of it laid out at once; until then Qt places a long page's positions wrongly

    def _search(self) -> None:
        if self.isHidden():
            return
        self._hits = self._text.find(self._box.text())
        before = sum(hit.start < self._from for hit in self._hits)
        self._now, self._way = (before, _ON) if before < len(self._hits) else (0, _FROM_TOP)
        if self._hits:
            self._show_hit()
        self._show_state()

    def _step(self, by: int) -> None:
        if self._hits:
            if not (self._unseen and self._show_hit()):
                now = self._now + by
                self._way = _FROM_TOP if now >= len(self._hits) else _FROM_END if now < 0 else _ON
                self._now = now % len(self._hits)
            self._from = self._hits[self._now].start
            self._show_hit()
        self._show_state()

    def _show_hit(self) -> bool:
        """Scroll the current hit into sight, with some room above it; return whether that was needed."""
        self._unseen = False
        start = self._hits[self._now].start
        self._view.document().size()  # as in `_read`, for the width that the page has now
        place = self._view.cursorRect(self._cursor(Hit(start, start)))
        before, height = self._scroll_bar.value(), self._view.viewport().height()
        room = min(ROOM, height // 4)
        if place.top() < room or place.bottom() > height - room:
            self._scroll_bar.setValue(before + place.top() - height // 3)
        return self._scroll_bar.value() != before

    def set_theme(self, theme: Theme) -> None:
        """Mark in the colours `hit_ground`, `hit_ink`, `hit_now_ground` and `hit_now_ink`; again for a new one."""
        for mark, name in ((self._mark, "hit"), (self._mark_now, "hit_now")):
            mark.setProperty(_OURS, True)
            mark.setBackground(QColor(theme.colours[f"{name}_ground"]))
            mark.setForeground(QColor(theme.colours[f"{name}_ink"]))
        # Between two lines, because colours alone would not tell it apart, nor would one line, which links have.
        self._mark_now.setFontUnderline(True)
        self._mark_now.setFontOverline(True)
        set_type(self._count, theme, "small")
        self._arrange()
        if not self.isHidden():
            self._set_marks()

    def _set_marks(self) -> None:
        """Mark every hit, in place of our marks of before, among which may be those of a page that is gone."""
        document = self._view.document()
        marks = [
            mark
            for mark in self._view.extraSelections()
            if mark.cursor.document() == document and not mark.format.hasProperty(_OURS)
        ]
        for number, hit in enumerate(self._hits):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._cursor(hit)
            mark.format = self._mark_now if number == self._now else self._mark
            marks.append(mark)
        self._view.setExtraSelections(marks)

    def _cursor(self, hit: Hit) -> QTextCursor:
        cursor = QTextCursor(self._view.document())
        cursor.setPosition(hit.start)
        cursor.setPosition(hit.end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _select(self, hit: Hit) -> None:
        """Select on the page without moving it."""
        place = self._scroll_bar.value()
        self._view.setTextCursor(self._cursor(hit))
        self._scroll_bar.setValue(place)

    def retranslate(self) -> None:
        """Say everything in the current language; words, hits and marks stay."""
        messages = self._translator.messages
        name = messages.gettext("Find in page")
        self.setAccessibleName(name)
        self._box.setAccessibleName(name)
        self._box.setPlaceholderText(name)
        actions = messages.gettext("Previous hit"), messages.gettext("Next hit"), messages.gettext("Close")
        for button, action, key in zip(self._buttons, actions, _KEYS, strict=True):
            button.setAccessibleName(action)
            # TRANSLATORS: Shown at a button: what it does, and the key that does the same.
            button.setToolTip(messages.gettext("{action} (key {key})", action=action, key=key))
        self._say_count()
        self._arrange()

    def _show_state(self) -> None:
        """Show in marks and words what was found."""
        self._set_marks()
        self._say_count()
        self._announcing.start()

    def _say_count(self) -> None:
        asked = self._box.text().strip() and not self.isHidden()
        self._count.setText(self._counted(self._now + 1, len(self._hits), self._way) if asked else "")
        for button in self._buttons[:2]:
            if not self._hits and button.hasFocus():
                self._box.setFocus()  # a button that cannot be used would give the focus to whatever comes next
            button.setEnabled(bool(self._hits))

    def _counted(self, number: int, count: int, way: int) -> str:
        message = _COUNTS[way] if count else N_("Not on this page")
        return self._translator.messages.gettext(message, number=number, count=count)

    def _announce(self) -> None:
        if self._count.text():
            announce(self._count, self._count.text())

    def _arrange(self) -> None:
        """Put the count beside the box where the longest one fits, else below: nothing moves while it changes."""
        metrics = self._count.fontMetrics()
        texts = [self._counted(888, count, way) for way in _COUNTS for count in (0, 888)]
        widest = max(metrics.horizontalAdvance(text) for text in texts) + _SPACING
        beside = self.width() >= self.minimumSizeHint().width() + widest + _SPACING
        self._count.setMinimumSize(widest if beside else 0, metrics.lineSpacing() + 2)  # also where it says nothing
        if beside != self._beside:
            self._beside = beside
            self._count.setWordWrap(not beside)
            self._grid.removeWidget(self._count)
            self._grid.addWidget(self._count, *((0, 1) if beside else (1, 0, 1, self._grid.columnCount())))
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return the size without the count beside the box as to the width, so that the page can get narrower."""
        buttons = sum(max(SIDE, button.sizeHint().width()) + _SPACING for button in self._buttons)
        return QSize(BOX_WIDTH + buttons + 2 * _MARGIN, self._grid.minimumSize().height())


def _first_line(text: str) -> str:
    """Return the first line with words of a selection, in which Qt has signs of its own for the ends of lines."""
    lines = (line.strip() for line in text.replace("\ufffc", " ").splitlines())
    return next((line for line in lines if line), "")[:LONGEST_TAKEN]
