"""An order as a PDF file: sheets, painted into a file that is whole or not there."""

from collections import deque
from pathlib import Path

from minato_viewer.pages.compose import Composer
from minato_viewer.pages.paper import Order
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.pdf import write
from minato_viewer.services.settings import Settings
from minato_viewer.viewmodel.sheets import Sheets


def save(path: Path, plan: Plan, composer: Composer, settings: Settings, order: Order) -> None:
    """Write what is ordered to `path`, in place of what has that name; Fault where that cannot be."""
    sheets = Sheets(plan, composer, settings, order)
    deque(sheets.measure(), maxlen=0)
    save_sheets(path, sheets)


def save_sheets(path: Path, sheets: Sheets) -> None:
    """Write sheets that were measured."""
    write(path, sheets.about(), sheets.sheet.layout, sheets.paint)
