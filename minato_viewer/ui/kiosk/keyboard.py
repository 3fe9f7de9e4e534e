"""A keyboard on the screen for a machine that has none and knows no input method: kana, Latin letters and Hangul.

Keys that lead to no entry are dimmed, so that whoever types is led to one. A key is touched once: nothing waits for a
long press, a gesture or a second touch in time. A keyboard that is plugged in works as well: arrows go from key to
key, Enter presses the one with the focus, and letters are typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QTouchEvent
from PySide6.QtWidgets import QWidget

from minato_viewer.domain.faults import Fault
from minato_viewer.language import hangul
from minato_viewer.planfile.suggest import Script
from minato_viewer.ui.kiosk.arrows import DIRECTIONS, neighbour
from minato_viewer.ui.kiosk.card_button import CardButton
from minato_viewer.ui.kiosk.fingers import Fingers
from minato_viewer.ui.kiosk.key_faces import font, label, of_language, pixels, spoken
from minato_viewer.ui.kiosk.key_layouts import ARRANGEMENTS, CLEAR, DELETE, SCRIPTS
from minato_viewer.viewmodel.next_keys import KeyWorker, NextKeys, Typing, pressed, shortened

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent

    from minato_viewer.ui.kiosk.key_layouts import Arrangement
    from minato_viewer.ui.shell.context import Context

GAP = 4
"""Pixels between two keys, which no target takes."""
LONGEST = 40
"""Characters: no word of a plan that is longer is looked for by its beginning."""
_WIDEST = 1.5
"""Times its least width, so that keys stay near one another on a wide screen."""
_RADIUS, _PADDING = 12, 10


class Keyboard(QWidget):
    """Types one text."""

    edited = Signal(str)
    """The whole text, after each change."""
    offered = Signal(object)
    """Words that begin with the text, as a tuple, when they are known."""
    left_upwards = Signal()
    """The arrow up was pressed in the uppermost row."""

    def __init__(self, context: Context, side: int, parent: QWidget) -> None:
        """Show keys of at least `side` pixels, with the script of the reader's language."""
        super().__init__(parent)
        self._context = context
        self._side = side
        self._wide = False
        self._text = ""
        self._script = of_language(self._context.translator.tag)
        self._chosen = False
        """A visitor has chosen the script."""
        self._turning = False
        """The script was changed, and it is not known yet whether the text can go on in it."""
        self._typing: Typing | None = None
        self._answer: NextKeys | None = None
        self._worker: KeyWorker | None = None
        self._ended = False
        self._controls = {name: self._key(name) for name in (*SCRIPTS, DELETE, CLEAR)}
        self._letters: dict[str, CardButton] = {}
        """The keys of the script, while it is shown: each widget counts when colors, sizes or the language change."""
        self._fingers = Fingers(self)
        self._show_script()
        context.translator.changed.connect(self._on_language_changed)
        context.appearance.changed.connect(self._restyle)
        self.retranslate()

    def _key(self, name: str) -> CardButton:
        key = CardButton(self, name, arrow=name == DELETE)
        key.setObjectName("key")
        key.setProperty("key", name)
        key.setCheckable(name in SCRIPTS)
        key.clicked.connect(self._on_script if name in SCRIPTS else self._on_key)
        return key

    @property
    def _keys(self) -> dict[str, CardButton]:
        """All keys that are shown, by what they type or by their names."""
        return {**self._letters, **self._controls}

    # -- what is typed ---------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What has been typed."""
        return self._text

    @property
    def script(self) -> Script:
        """The script that is shown."""
        return self._script

    def set_text(self, text: str) -> None:
        """Take `text` as if it had been typed."""
        if text != self._text:
            self._text = text
            self._turning = False
            self._ask()
            self.edited.emit(text)

    def clear(self) -> None:
        """Take back everything; the script stays."""
        self.set_text("")

    def forget(self) -> None:
        """Be as at first, and keep nothing of what was typed, not even in the thread that looked for it."""
        self._end_worker()
        had = bool(self._text)
        self._text, self._answer, self._typing = "", None, None
        self._chosen = self._turning = False
        self._take_script(of_language(self._context.translator.tag))
        if had:
            self.edited.emit("")

    def stop(self) -> None:
        """End the thread for good; keys still type, and none is dimmed any more."""
        self._ended = True
        self._typing = self._answer = None
        self._end_worker()

    def _end_worker(self) -> None:
        if self._worker is not None:
            self._worker.answered.disconnect(self._on_answered)
            self._worker.stop()
            self._worker.deleteLater()
            self._worker = None

    def press(self, key: str) -> None:
        """Do what a key does, by what it types or by its name."""
        if key == DELETE:
            self.set_text(shortened(self._text, self._script))
        elif key == CLEAR:
            self.clear()
        elif len(self._text) < LONGEST:
            self.set_text(pressed(self._text, key, self._script))

    def choose(self, script: Script) -> None:
        """Show the keys of a script. A text that cannot go on in it makes room for a new one."""
        self._chosen = True
        self._turning = bool(self._text) and script is not self._script
        self._take_script(script)

    def _take_script(self, script: Script) -> None:
        self._script = script
        self._show_script()
        self._ask()

    def _on_key(self) -> None:
        self.press(self.sender().property("key"))

    def _on_script(self) -> None:
        self.choose(Script(self.sender().property("key")))

    # -- which keys lead on ----------------------------------------------------------------------

    def _ask(self) -> None:
        if self._ended or not (self._text or self.isVisible()):
            # Asked when it is shown.
            self._typing = None
            self._enable()
            return
        keys = tuple(cell.key for cell in self._arrangement(self._script).cells if cell.key not in self._controls)
        self._typing = Typing(self._text, self._script, self._context.translator.tag, keys)
        if self._worker is None:
            self._worker = KeyWorker(self._context.plan, self)
            self._worker.answered.connect(self._on_answered)
        self._worker.ask(self._typing)
        self._enable()

    def showEvent(self, event: QShowEvent) -> None:
        """Dim what leads nowhere before it is seen."""
        self._show_script()
        super().showEvent(event)
        (self._ask if self._typing is None else self._enable)()

    def hideEvent(self, event: QHideEvent) -> None:
        """Have no keys while nobody sees them."""
        super().hideEvent(event)
        self._drop()

    def _on_answered(self, answer: NextKeys) -> None:
        if answer.typing == self._typing:
            self._show(answer)

    def _show(self, answer: NextKeys) -> None:
        if answer.failed is not None and not isinstance(answer.failed, Fault):
            raise answer.failed  # a mistake of ours, which becomes a report
        self._answer = answer
        turned, self._turning = self._turning, False
        if turned and self._text and not answer.live:
            self.clear()
            return
        self._enable()
        self.offered.emit(answer.words)

    @property
    def waiting(self) -> bool:
        """Whether it is not known yet which keys lead on."""
        return self._typing is not None and (self._answer is None or self._answer.typing != self._typing)

    def await_keys(self) -> None:
        """Wait until it is known which keys lead on: for a picture of the window."""
        while self.waiting and self._worker is not None:
            self._worker.await_answer()
            QCoreApplication.processEvents()

    def _enable(self) -> None:
        """Dim the keys that lead nowhere. Until that is known of a text, those that led on before it stay."""
        focused = next((key for key in self._enabled() if key.hasFocus()), None)
        known = self._answer if self._answer and self._answer.typing.script is self._script else None
        for name in (DELETE, CLEAR):
            self._controls[name].setEnabled(bool(self._text))
        for name, key in self._letters.items():
            key.setEnabled(known is None or name in known.live)
        if focused is not None and not focused.isEnabled():
            # The focus is not to leave the keyboard with a key that is dimmed.
            self._focus(min(self._enabled(), key=lambda key: _distance(key, focused)))
        self._order_tab()

    def event(self, event: QEvent) -> bool:
        """Let each finger press the key that it comes down on."""
        if isinstance(event, QTouchEvent):
            self._fingers.take(event)
            return True
        return super().event(event)

    # -- the keyboard that is plugged in ---------------------------------------------------------

    def take_focus(self) -> None:
        """Give the focus to the key that had it last, or to the first."""
        self._focus(self._stop())

    def _enabled(self) -> list[CardButton]:
        return [key for key in self._keys.values() if key.isEnabled()]

    def _stop(self) -> CardButton:
        """Return the one key at which Tab stops; there is always one, as scripts can be chosen."""
        enabled = self._enabled()
        first = min(enabled, key=lambda key: (key.y(), key.x()))
        return next((key for key in enabled if key.focusPolicy() == Qt.FocusPolicy.TabFocus), first)

    def _order_tab(self, stop: CardButton | None = None) -> None:
        stop = stop or self._stop()
        for key in self._keys.values():
            key.setFocusPolicy(Qt.FocusPolicy.TabFocus if key is stop else Qt.FocusPolicy.NoFocus)

    def _focus(self, key: CardButton) -> None:
        self._order_tab(key)
        key.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows, type letters and take back; everything else is for the window."""
        if not self.take_key(event):
            super().keyPressEvent(event)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key of a real keyboard does here; return whether it does anything."""
        shifted = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        if event.modifiers() & ~shifted:
            return False
        direction = DIRECTIONS.get(Qt.Key(event.key()))
        if direction is not None:
            self._move(*direction)
        elif event.key() == Qt.Key.Key_Backspace:
            self.press(DELETE)
        elif event.text().isprintable() and event.text().strip():
            for character in event.text():
                self._type(character)
        else:
            return False
        return True

    def _type(self, character: str) -> None:
        latin = character.isascii() and character.isalpha()
        if latin and self._script is Script.HANGUL:
            # The letter on the same key; there is a second one on few.
            letter = hangul.on_keys(character)
            character = letter if letter != character else hangul.on_keys(character.lower())
        elif latin:
            character = character.lower()
            if self._script is Script.KANA:
                self.choose(Script.LATIN)
        self.press(character)

    def _move(self, right: int, down: int) -> None:
        here = next((key for key in self._enabled() if key.hasFocus()), None)
        if here is None:
            self.take_focus()
            return
        found = neighbour(here, self._enabled(), right, down)
        if found is not None:
            self._focus(found)
        elif down < 0:
            self.left_upwards.emit()

    # -- how it looks ----------------------------------------------------------------------------

    def _on_language_changed(self) -> None:
        if not self._text and not self._chosen:
            self._script = of_language(self._context.translator.tag)
            self._show_script()
        self._restyle()
        self.retranslate()
        self._ask()

    def retranslate(self) -> None:
        """Say the keys in the current language."""
        messages = self._context.translator.messages
        # TRANSLATORS: A keyboard on the screen of the kiosk.
        self.setAccessibleName(messages.gettext("Keyboard"))
        for name, key in self._keys.items():
            key.say(label(name, messages), spoken(name, messages))

    def _restyle(self) -> None:
        theme, tag = self._context.theme, self._context.translator.tag
        for name, key in self._keys.items():
            letters = font(name, self._script, tag)
            letters.setPixelSize(pixels(name, self._side, theme))
            key.dress(theme, letters, radius=_RADIUS, padding=_PADDING)

    def _show_script(self) -> None:
        """Have the keys of the script, in place of those of the one before."""
        names = [cell.key for cell in ARRANGEMENTS[self._script][0].cells if cell.key not in self._controls]
        if self.isVisible() and names != list(self._letters):
            self._drop()
            self._letters = {name: self._key(name) for name in names}
        for name in SCRIPTS:
            self._controls[name].setChecked(name == self._script)
        self._restyle()
        self.retranslate()
        self._place()
        for key in self._letters.values():
            key.show()

    def _drop(self) -> None:
        self._fingers.forget()
        for key in self._letters.values():
            key.hide()
            key.deleteLater()
        self._letters = {}

    # -- where the keys are ----------------------------------------------------------------------

    def fit(self, width: int, height: int) -> None:
        """Take the arrangement for a room of so many pixels, and its height: the tall one unless it is too tall."""
        tall, wide = ARRANGEMENTS[Script.KANA]
        step = self._side + GAP
        self._wide = tall.rows * step > height and wide.columns * step - GAP <= width
        self.setFixedHeight(self.sizeHint().height())
        self._place()

    @property
    def wide(self) -> bool:
        """Whether the keys are in the arrangement for a low screen."""
        return self._wide

    def _arrangement(self, script: Script) -> Arrangement:
        return ARRANGEMENTS[script][self._wide]

    def sizeHint(self) -> QSize:
        """Return the height of the script with the most rows, so that nothing moves when another is chosen."""
        shown = [self._arrangement(script) for script in Script]
        step = self._side + GAP
        wide = max(arrangement.columns for arrangement in shown)
        return QSize(int(wide * step) - GAP, max(arrangement.rows for arrangement in shown) * step - GAP)

    def minimumSizeHint(self) -> QSize:
        """Return the same: keys are never smaller."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the keys anew."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        arrangement = self._arrangement(self._script)
        least = self._side + GAP
        across = int((self.width() + GAP) // arrangement.columns)
        across = max(least, min(across, int(least * _WIDEST)))
        down = max(least, (self.height() + GAP) // arrangement.rows)
        left = max((self.width() + GAP - int(across * arrangement.columns)) // 2, 0)
        keys = self._keys
        for cell in arrangement.cells if self._letters else ():
            begin, end = int(cell.column * across), int((cell.column + cell.width) * across)
            place = QRect(left + begin, cell.row * down, end - begin - GAP, down - GAP)
            keys[cell.key].setGeometry(place)


def _distance(one: QWidget, other: QWidget) -> int:
    return (one.geometry().center() - other.geometry().center()).manhattanLength()
