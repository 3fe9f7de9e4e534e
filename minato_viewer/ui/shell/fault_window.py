"""The window of a fault of the world: what is wrong and what to do, in the reader's language."""

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QMainWindow, QPushButton, QVBoxLayout

from minato_viewer.domain.faults import Fault
from minato_viewer.services.appearance import Appearance
from minato_viewer.services.translator import Translator
from minato_viewer.ui.shell.dress import set_type
from minato_viewer.ui.shell.focus_ring import FocusRing
from minato_viewer.ui.shell.language_bar import LanguageBar


class FaultWindow(QMainWindow):
    """Says one sentence; closing it, where that can be done, ends the program with the fault's exit code."""

    painted = Signal()
    """The sentence is on screen for the first time."""

    def __init__(
        self,
        fault: Fault,
        translator: Translator,
        appearance: Appearance,
        tags: tuple[str, ...],
        *,
        for_visitors: bool = False,
    ) -> None:
        """Show `fault` and follow the language. Where it is `for_visitors`, nobody can close it."""
        super().__init__()
        self._for_visitors = for_visitors
        self._fault = fault
        self._translator = translator
        self.setObjectName("window")
        body = QFrame(self)
        body.setObjectName("page")
        self._bar = LanguageBar(translator, tags, body)
        self._title = QLabel(body)
        self._title.setObjectName("fault_title")
        set_type(self._title, appearance.theme, "heading_1", bold=True)
        self._title.setWordWrap(True)
        self._sentence = QLabel(body)
        self._sentence.setObjectName("fault")
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._sentence.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that it can be copied without a mouse
        self._close = QPushButton(body)
        self._close.clicked.connect(self.close)
        self._close.setVisible(not for_visitors)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(40, 24, 40, 40)
        layout.setSpacing(24)
        layout.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignRight)
        layout.addStretch(1)
        layout.addWidget(self._title)
        layout.addWidget(self._sentence)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(2)
        self.setCentralWidget(body)
        self._bar.chosen.connect(translator.activate)
        translator.changed.connect(self.retranslate)
        self.retranslate()
        self._ring = FocusRing(self, appearance)
        self._close.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go when the program says so; before visitors, not when the window manager does."""
        if self._for_visitors and event.spontaneous():
            event.ignore()
        else:
            super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Say once the event loop has painted the window that there is something to see."""
        super().showEvent(event)
        QTimer.singleShot(0, self.painted.emit)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        messages = self._translator.messages
        self.setLocale(QLocale())  # in which a screen reader reads
        self.setWindowTitle(messages.gettext("Minato City Basic Plan"))
        self._title.setText(messages.gettext("The plan cannot be shown"))
        self._sentence.setText(messages.gettext(self._fault.message, **self._fault.values))
        self._close.setText(messages.gettext("Close"))
