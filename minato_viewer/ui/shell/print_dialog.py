"""What goes on paper and how, with a look at it: to a printer, to a PDF, or as plain text for other tools."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from minato_viewer.domain.faults import Fault
from minato_viewer.language.catalogues import messages as messages_of
from minato_viewer.pages import paper
from minato_viewer.pages.plaintext import plain_text
from minato_viewer.services.furigana import shows
from minato_viewer.services.settings import PAPERS
from minato_viewer.ui.shell.announce import announce
from minato_viewer.ui.shell.choices import Choices
from minato_viewer.ui.shell.dialogs import fault_dialog
from minato_viewer.ui.shell.dress import set_type
from minato_viewer.ui.shell.focus_ring import FocusRing
from minato_viewer.ui.shell.folding_row import FoldingRow
from minato_viewer.ui.shell.language_box import LanguageBox
from minato_viewer.ui.shell.sheet_preview import SheetPreview
from minato_viewer.viewmodel.sheets import Sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from minato_viewer.ui.shell.context import Context

ENTRY, BRANCH, HANDOUT = range(3)
_SIZES = (paper.NORMAL, paper.LARGE)


class PrintDialog(QDialog):
    """Chooses what to print and how. Its look follows every choice at once; nothing is printed before it is said."""

    companion_chosen = Signal(str)
    """The second language, empty for none: the next print is likely to be for the same visitor."""

    def __init__(
        self,
        context: Context,
        code: str,
        handout: tuple[str, ...],
        parent: QWidget,
        companion: str = "",
        *,
        leaflet: paper.Leaflet | None = None,
    ) -> None:
        """Offer the entry `code` (empty: none), all below it, and the entries of the hand-out; or a leaflet alone.

        `companion` is the second language to begin with.
        """
        super().__init__(parent)
        self._context = context
        self._leaflet = leaflet
        self._codes = ((code,) if code else (), paper.branch(context.plan, code), handout)
        self._sheets: Sheets | None = None
        self._steps: Iterator[None] = iter(())
        messages = context.translator.messages
        self.setObjectName("print")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(messages.gettext("Print"))
        self._options = QWidget()
        self._what = self._ask_what()
        self._first = LanguageBox(context, messages.gettext("Language"), "", self._options)
        beside = messages.gettext("Second language beside it")
        self._second = LanguageBox(context, beside, messages.gettext("None"), self._options)
        self._first.choose(context.translator.tag)
        self._second.choose(companion)
        self._paper = self._ask(messages.gettext("Paper"), *PAPERS)
        # TRANSLATORS: The size of the words on paper: usual, or large print.
        self._size = self._ask(
            messages.gettext("Text size"), messages.gettext("Usual"), messages.gettext("Large print (22 points)")
        )
        self.preview = SheetPreview(context, self)
        self._done = QLabel(self)
        self._done.setObjectName("done")
        self._done.setWordWrap(True)
        self._done.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons = self._button_row()
        self._lay_out()
        self._working = QTimer(self)
        self._working.setInterval(0)
        self._working.timeout.connect(self._work)
        for choices in (self._what, self._paper, self._size):
            choices.changed.connect(self._begin)
        for box in (self._first, self._second):
            box.currentIndexChanged.connect(self._begin)
        self._second.currentIndexChanged.connect(self._on_companion_changed)
        if not code:
            self._what.choose(HANDOUT)
        FocusRing(self, context.appearance)
        self._begin()

    # -- the parts -------------------------------------------------------------------------------

    def _ask(self, name: str, *answers: str) -> Choices:
        return Choices(name, answers, self._context.theme, self._options)

    def _ask_what(self) -> Choices:
        messages = self._context.translator.messages
        what = self._ask(
            messages.gettext("What"),
            messages.gettext("This entry"),
            messages.gettext("With all below it"),
            messages.gettext("Hand-out list ({count})", count=len(self._codes[HANDOUT])),
        )
        for number, codes in enumerate(self._codes):
            what.offer(number, possible=len(codes) > (number == BRANCH))
        return what

    def _button_row(self) -> FoldingRow:
        messages = self._context.translator.messages
        row = FoldingRow(self, equal=False)
        actions = {
            messages.gettext("Print…"): self.print_sheets,
            messages.gettext("Save as PDF…"): self.save_pdf,
            messages.gettext("Copy as plain text"): self.copy_text,
            messages.gettext("Close"): self.close,
        }
        for number, (text, act) in enumerate(actions.items()):
            button = QPushButton(text, row)
            button.setDefault(not number)
            button.setAutoDefault(not number)
            button.clicked.connect(act)
            row.add(button)
        return row

    def _lay_out(self) -> None:
        theme = self._context.theme
        column = QVBoxLayout(self._options)
        column.setContentsMargins(4, 4, 16, 4)
        column.setSpacing(14)
        for part in (self._what, self._first, self._second, self._paper, self._size):
            if isinstance(part, LanguageBox):
                label = QLabel(part.accessibleName(), self._options)
                label.setBuddy(part)
                set_type(label, theme, "small", bold=True)
                column.addWidget(label)
                column.setSpacing(6)
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("options")
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._options)
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addWidget(area, 1)
        middle.addWidget(self.preview, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addLayout(middle, 1)
        layout.addWidget(self._done)
        layout.addWidget(self._buttons)
        self._done.hide()
        self._what.setVisible(self._leaflet is None)
        parent = self.parentWidget()
        room = parent.window().size() if parent is not None else self.sizeHint()
        self.resize(min(theme.scaled(900), room.width() - 60), min(theme.scaled(640), room.height() - 60))

    # -- the look --------------------------------------------------------------------------------

    @property
    def order(self) -> paper.Order:
        """What is chosen."""
        tags = dict.fromkeys((self._first.tag, self._second.tag or self._first.tag))
        what = self._what.chosen
        size = _SIZES[self._size.chosen]
        choice = self._context.furigana.choice
        return paper.Order(
            self._codes[what],
            tuple(tags),
            PAPERS[self._paper.chosen],
            size,
            branch=what == BRANCH,
            furigana=tuple(tag for tag in tags if shows(choice, tag)),
        )

    def _on_companion_changed(self) -> None:
        self.companion_chosen.emit(self._second.tag)

    def _begin(self) -> None:
        """Lay out anew, an entry at a time, so that a long print keeps nobody from choosing something else."""
        context = self._context
        self._sheets = Sheets(context.plan, context.composer, context.settings, self.order, self._leaflet)
        self._steps = self._sheets.measure()
        self._working.start()

    def _work(self) -> None:
        ended = object()
        if next(self._steps, ended) is ended:
            self._working.stop()
            if self._sheets is not None and self._sheets.count:
                self.preview.show_sheets(self._sheets)

    def _measured(self) -> Sheets:
        """Return the sheets, measured to their end."""
        if self._sheets is None:
            self._begin()
        deque(self._steps, maxlen=0)
        self._work()
        if self._sheets is None:
            raise AssertionError
        return self._sheets

    # -- what can be done with it ----------------------------------------------------------------

    def print_sheets(self) -> None:
        """Send it to a printer; the dialog closes when that has taken all."""
        from minato_viewer.ui.shell import printer  # noqa: PLC0415 - only to print

        try:
            sheets = self._measured()
            chosen = printer.choose(sheets, self)
            if chosen is None:
                return
            printer.send(sheets, chosen)
        except Fault as fault:
            self._say_fault(fault)
            return
        self.accept()

    def save_pdf(self) -> None:
        """Ask for a name, and write a PDF."""
        messages = self._context.translator.messages
        dialog = QFileDialog(self, messages.gettext("Save as PDF"), str(self._suggested()), "PDF (*.pdf)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)  # asks before it replaces a file
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self._save)
        dialog.open()

    def _suggested(self) -> Path:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        order = self.order
        name = "hand-out" if self._what.chosen == HANDOUT else order.codes[0].replace("/", "-")
        name = self._leaflet.name if self._leaflet is not None else name
        return Path(folder, f"{name}.{'+'.join(order.tags)}.pdf")

    def _save(self, name: str) -> None:
        from minato_viewer.viewmodel.paper_file import save_sheets  # noqa: PLC0415 - only to save

        try:
            save_sheets(Path(name), self._measured())
        except Fault as fault:
            self._say_fault(fault)
            return
        self._say(self._context.translator.messages.gettext("Saved as {path}.", path=name))

    def copy_text(self) -> None:
        """Copy the words alone, as tools for braille and voice codes take them."""
        texts: list[str] = []
        order = self.order
        languages = [messages_of(tag) for tag in order.tags]
        for code in order.codes:
            for said_in in languages:
                page = self._context.composer.page(code, said_in)
                texts.append(plain_text(paper.for_paper(page, said_in, order)))
        if self._leaflet is not None:
            texts += [plain_text(self._leaflet.page(said_in)) for said_in in languages]
        QApplication.clipboard().setText("\n".join(texts))
        self._say(self._context.translator.messages.gettext("Copied."))

    def _say(self, sentence: str) -> None:
        self._done.setText(sentence)
        self._done.show()
        announce(self, sentence)

    def _say_fault(self, fault: Fault) -> None:
        fault_dialog(fault, self._context.translator.messages, self).open()
