"""The machine's printers: choosing one, and sending it sheets."""

from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from minato_viewer.domain.faults import Fault
from minato_viewer.domain.messages import N_
from minato_viewer.viewmodel.sheets import Sheets


def choose(sheets: Sheets, parent: QWidget) -> QPrinter | None:
    """Ask for a printer and return it; None where the reader thought better of it. Fault where there is none."""
    if not QPrinterInfo.availablePrinterNames():
        raise Fault(N_("No printer is set up on this machine: save it as PDF, or ask whoever looks after the machine."))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    prepare(printer, sheets)
    return printer if QPrintDialog(printer, parent).exec() else None


def named(name: str) -> QPrinter:
    """Return the printer that the system knows by `name`, without asking anybody; Fault where there is none."""
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        # TRANSLATORS: {name} is the name of a printer.
        raise Fault(N_("There is no printer {name} on this machine."), name=name)
    return QPrinter(info, QPrinter.PrinterMode.HighResolution)


def prepare(printer: QPrinter, sheets: Sheets) -> None:
    """Set paper and name of what is to be printed."""
    printer.setPageLayout(sheets.sheet.layout)
    printer.setFullPage(True)
    printer.setDocName(sheets.about().title)


def send(sheets: Sheets, printer: QPrinter) -> None:
    """Print sheets that were measured; Fault where the printer does not take them."""
    # Whatever paper was chosen in the dialog, the sheets are laid out for theirs.
    prepare(printer, sheets)
    sheets.paint(printer)
    if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise Fault(
            # TRANSLATORS: {name} is the name of a printer.
            N_("The printer {name} did not print all of it: see whether it is on and has paper, or save it as PDF."),
            name=printer.printerName(),
        )
