"""What visitors take along of a page: the code that opens it at a counter, the city's page as a QR code, a print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from minato_viewer.domain.faults import Fault
from minato_viewer.pages.paper import Order, handover_code
from minato_viewer.services.furigana import shows
from minato_viewer.ui.kiosk.cover import Cover
from minato_viewer.ui.shell.announce import announce
from minato_viewer.ui.shell.dress import set_type
from minato_viewer.viewmodel.qr_code import qr_code

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from minato_viewer.services.touch import TouchSizes
    from minato_viewer.ui.shell.context import Context

MOST = 5
"""Pages that a visitor may print; whoever wants more asks at the counter."""
_ANYWHERE = Qt.AlignmentFlag(0)
_QR_MILLIMETRES = 60
"""A telephone reads it from where one stands."""
_SHARE = 0.26
"""Of the height, which it takes at most."""


class TakeAway(Cover):
    """Offers it for one page. A printer is offered where the settings name one."""

    closed = Signal()

    def __init__(self, context: Context, sizes: TouchSizes, code: str, printed: set[str], parent: QWidget) -> None:
        """Offer the page `code`; `printed` are those that this visitor has printed, and takes this one up."""
        super().__init__(context, parent)
        self._code = code
        self._printed = printed
        side = sizes.target
        messages = context.translator.messages
        title = self._label("heading_1", messages.gettext("Take this page with you"), bold=True)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(max(side // 4, 8))
        self._column.addWidget(title)
        self._column.addStretch(1)
        self._offers = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._offers.setSpacing(side)
        self._offers.addWidget(self._at_the_counter())
        self._most = round(_QR_MILLIMETRES * sizes.per_millimetre)
        self._picture: QrCode | None = None
        if context.settings.city_page:
            self._offers.addWidget(self._of_the_city())
        self._column.addLayout(self._offers)
        self._column.addStretch(1)
        self._said = self._label("interface", "", bold=True)
        self._column.addWidget(self._said)
        self._print = self._act(messages.gettext("Print this page"), side)
        self._print.clicked.connect(self._on_print)
        self._print.setVisible(bool(context.settings.kiosk_printer))
        self._back = self._act(messages.gettext("Back to the page"), side)
        self._back.clicked.connect(self.closed)
        self._back.setObjectName("kiosk_act_too")
        for button in (self._print, self._back):
            self._column.addWidget(button)
        self._column.setContentsMargins(side, side // 2, side, side // 2)
        self._check()
        self.come()
        (self._print if self._print.isEnabled() and not self._print.isHidden() else self._back).setFocus()

    def _label(self, size: str, text: str, *, bold: bool = False) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_type(label, self._context.theme, size, bold=bold)
        return label

    def _act(self, text: str, side: int) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName("kiosk_act")
        button.setMinimumHeight(round(1.3 * side))
        return button

    def _at_the_counter(self) -> QWidget:
        messages = self._context.translator.messages
        # TRANSLATORS: On a touch screen, above a short code such as K7P-4M that is shown in large letters.
        said = self._label("interface", messages.gettext("At a counter with this viewer, this code opens this page."))
        code = self._label("heading_1", handover_code(self._context.plan, self._code, messages.tag), bold=True)
        code.setObjectName("kiosk_code")
        letters = code.font()
        letters.setPixelSize(round(self._context.theme.sizes["heading_1"] * 2.5))
        code.setFont(letters)
        return _together(said, code)

    def _of_the_city(self) -> QWidget:
        messages, address = self._context.translator.messages, self._context.settings.city_page
        said = self._label("interface", messages.gettext("The city's own page about the plan"))
        # What has no spaces is broken where a reader of addresses would.
        spelled = self._label("small", address.replace("/", "/\u200b"))
        self._picture = picture = QrCode(address, self)
        # TRANSLATORS: What a screen reader says of a QR code; {address} is a web address.
        picture.setAccessibleName(messages.gettext("QR code: {address}", address=address))
        return _together(said, picture, spelled)

    def dismiss(self) -> None:
        """Go back to the page."""
        self.closed.emit()

    # -- printing --------------------------------------------------------------------------------

    def _check(self) -> None:
        self._print.setEnabled(self._code not in self._printed and len(self._printed) < MOST)

    def _on_print(self) -> None:
        messages = self._context.translator.messages
        self._print.setEnabled(False)
        try:
            self._send()
        except Fault:
            # What a printer lacks is nothing that a visitor can mend.
            self._say(messages.gettext("This could not be printed. Please ask at the counter."))
        else:
            self._printed.add(self._code)
            self._say(messages.gettext("Printed. Please take the sheet from the printer."))
        self._check()
        self._back.setFocus()

    def _send(self) -> None:
        """Print the page in the visitor's language; Fault where that fails."""
        from collections import deque  # noqa: PLC0415 - only to print

        from minato_viewer.ui.shell import printer  # noqa: PLC0415 - the same
        from minato_viewer.viewmodel.sheets import Sheets  # noqa: PLC0415 - the same

        context, tag = self._context, self._context.translator.tag
        read = (tag,) if shows(context.furigana.choice, tag) else ()
        order = Order((self._code,), (tag,), furigana=read)
        sheets = Sheets(context.plan, context.composer, context.settings, order)
        deque(sheets.measure(), maxlen=0)
        printer.send(sheets, printer.named(context.settings.kiosk_printer))

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        announce(self, sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the offers side by side on a screen that is wider than tall."""
        super().resizeEvent(event)
        tall = self.height() > self.width()
        if self._picture is not None:
            side = min(self._most, round(self.height() * _SHARE))
            self._picture.setFixedSize(side, side)
        self._offers.setDirection(QBoxLayout.Direction.TopToBottom if tall else QBoxLayout.Direction.LeftToRight)


def _together(*parts: QWidget) -> QWidget:
    """Return what belongs together, below each other."""
    box = QWidget(parts[0].parentWidget())
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch(1)
    for part in parts:
        column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter if isinstance(part, QrCode) else _ANYWHERE)
    column.addStretch(1)
    return box


class QrCode(QWidget):
    """A QR code, black on white in every theme: that is what telephones read."""

    def __init__(self, address: str, parent: QWidget) -> None:
        """Show an address on a square as large as the widget is made."""
        super().__init__(parent)
        self._address = address

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the square."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#ffffff"))
        painter.fillPath(qr_code(self._address, min(self.width(), self.height())), QColor("#000000"))
        painter.end()
