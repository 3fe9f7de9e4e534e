"""The window on the visitor's screen: a page in large type, what staff write, or a welcome. Nothing of the staff's."""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from minato_viewer.language.catalogues import messages
from minato_viewer.pages.wording import notice
from minato_viewer.services import fonts
from minato_viewer.services.appearance import CONTRAST, Appearance
from minato_viewer.services.settings import TEXT_SIZES
from minato_viewer.ui.shell.dress import palette
from minato_viewer.ui.shell.harbour import wave
from minato_viewer.ui.shell.page_pane import PagePane

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from minato_viewer.services.theme import Theme
    from minato_viewer.ui.shell.context import Context
    from minato_viewer.viewmodel.page_document import Place

USUAL_SIZE = QSize(960, 600)
"""Of the window where there is no second screen."""
WRITTEN = 45
"""Points: what is written is read across a counter."""
_MARGIN = 40


class VisitorDisplay(QWidget):
    """Shows what it is told to show, in its own language, text size and colours. It takes no key and no touch."""

    closed = Signal()
    """Somebody has closed the window."""

    def __init__(self, context: Context) -> None:
        """Welcome the visitor."""
        super().__init__()
        self.setObjectName("visitor_display")
        # The program ends with the window of the staff, and this window with it.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack = QStackedWidget(self)
        self._welcome = Welcome(self)
        self._written = QPlainTextEdit(self)
        self._written.setReadOnly(True)
        self._written.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._written.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self._written.document().setDocumentMargin(_MARGIN)
        for part in (self._welcome, self._written):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._stack.addWidget(part)
        self._notice = QLabel(self)
        self._notice.setObjectName("evaluation")
        self._notice.setTextFormat(Qt.TextFormat.PlainText)
        self._notice.setWordWrap(True)
        self._notice.setMargin(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self._notice)
        self._staff_choice = context.appearance.choice
        self.appearance = Appearance(self._staff_choice, TEXT_SIZES[-1], self)
        self.appearance.changed.connect(self._restyle)
        self.resize(USUAL_SIZE)
        self._pane: PagePane | None = None
        self.use(context)

    def use(self, context: Context) -> None:
        """Show the plan of `context` from now on, and the welcome until there is a page to show."""
        self._context = context.for_visitors()._replace(appearance=self.appearance)
        self._staff_choice = context.appearance.choice
        self.appearance.choose(self._staff_choice)
        self.appearance.resize(TEXT_SIZES[-1])
        if self._pane is not None:
            self._stack.removeWidget(self._pane)
            self._pane.deleteLater()
        self._pane = None
        self._tag = context.translator.tag
        self._welcome.set_languages(context.settings.languages)
        self._restyle()
        self.welcome()

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def pane(self) -> PagePane:
        """The page, made when there is first one to show."""
        if self._pane is None:
            pane = self._pane = PagePane(self._context, self._stack)
            pane.show_steps(shown=False)
            pane.view.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            pane.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            pane.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
            pane.view.viewport().setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._stack.addWidget(pane)
        return self._pane

    def show_page(self, code: str, tag: str) -> None:
        """Show the entry `code` in the language `tag`."""
        pane = self.pane
        self._speak(tag)
        if pane.messages.tag != tag:
            pane.set_messages(messages(tag))
        if pane.page is None or pane.page.code != code:
            pane.show_entry(code)
        self._stack.setCurrentWidget(pane)

    def follow(self, place: Place | None, field: str) -> None:
        """Scroll to a place of the page (None: its top), and mark the field at which staff point, if any."""
        pane = self.pane
        document = pane.document
        if document is None:
            return
        top = document.height_of(place) if place is not None else 0
        pane.view.verticalScrollBar().setValue(round(top))
        pane.point(field)
        if field:
            pane.view.show_field(field)

    def write(self, text: str, tag: str) -> None:
        """Show what staff have written to a reader of `tag`."""
        self._speak(tag)
        fonts.load_letters(text, tag)
        letters = fonts.font(tag)
        letters.setPointSize(WRITTEN)
        self._written.setFont(letters)
        self._written.setPlainText(text)
        bar = self._written.verticalScrollBar()
        bar.setValue(bar.maximum())
        self._stack.setCurrentWidget(self._written)

    def welcome(self) -> None:
        """Show the welcome, and keep nothing that was shown."""
        self._written.setPlainText("")
        self._stack.setCurrentWidget(self._welcome)

    @property
    def shown(self) -> str:
        """What is shown: `page`, `written` or `welcome`."""
        current = self._stack.currentWidget()
        return "welcome" if current is self._welcome else "written" if current is self._written else "page"

    # -- how -------------------------------------------------------------------------------------

    def toggle_contrast(self) -> None:
        """Show everything in high contrast, or again in the colours of the staff's window."""
        self.appearance.choose(self._staff_choice if self.appearance.choice == CONTRAST else CONTRAST)

    def follow_choice(self, choice: str) -> None:
        """Take the colours that the staff's window has, unless high contrast was chosen for this one."""
        high = self.appearance.choice == CONTRAST != self._staff_choice
        self._staff_choice = choice
        if not high:
            self.appearance.choose(choice)

    def _speak(self, tag: str) -> None:
        self._tag = tag
        said = messages(tag)
        self.setWindowTitle(said.gettext("Minato City Basic Plan"))
        self._notice.setText(notice(self._context.settings.notice, said))
        self._notice.setFont(fonts.font(tag, self.appearance.theme.sizes["small"]))

    def _restyle(self) -> None:
        theme = self.appearance.theme
        self.setPalette(palette(theme))
        self.setStyleSheet(theme.window_sheet)
        self._welcome.restyle(theme)
        self._speak(self._tag)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the visitor sees nothing any more."""
        super().closeEvent(event)
        self.closed.emit()


class Welcome(QWidget):
    """A greeting in every language, and the harbour."""

    def __init__(self, parent: QWidget) -> None:
        """Greet nobody yet."""
        super().__init__(parent)
        self._tags: tuple[str, ...] = ()
        self._labels: list[tuple[QLabel, str, str]] = []
        self._line = QColor()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 4 * _MARGIN)
        self._column.addStretch(1)
        self._column.addStretch(1)

    def set_languages(self, tags: tuple[str, ...]) -> None:
        """Greet in these languages; where two use the same words, once."""
        if tags == self._tags:
            return
        self._tags = tags
        for label, _, _ in self._labels:
            label.deleteLater()
        self._labels = []
        said: set[str] = set()
        for tag in tags:
            # TRANSLATORS: On the visitor's screen, before anything is shown there.
            greeting = messages(tag).gettext("Welcome")
            for text, size in ((greeting, "heading_1"), (messages(tag).gettext("Minato City Basic Plan"), "small")):
                if text not in said:
                    said.add(text)
                    self._add(text, tag, size)

    def _add(self, text: str, tag: str, size: str) -> None:
        label = QLabel(text, self)
        label.setObjectName("small" if size == "small" else "greeting")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        self._column.insertWidget(self._column.count() - 1, label)
        self._labels.append((label, tag, size))

    def restyle(self, theme: Theme) -> None:
        """Take sizes and colours anew."""
        self._line = QColor(theme.colours["act"])
        for label, tag, size in self._labels:
            label.setFont(fonts.font(tag, theme.sizes[size], bold=size != "small"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the waves below the greetings."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(3):
            painter.setPen(QPen(self._line, 3 - number))
            painter.setOpacity(1 - number / 4)
            level = self.height() - (3 - number) * _MARGIN
            painter.drawPath(wave(self.width(), level, 10, 60, number * pi / 3))
        painter.end()
