"""PDFs that a test writes, and what a reader finds in them."""

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from pypdf import PdfReader

from minato_viewer.pages.compose import Composer
from minato_viewer.pages.paper import Order
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.settings import Settings
from minato_viewer.viewmodel.paper_file import save
from tests.gui.desk import TODAY


class Run(NamedTuple):
    """Words that were set in one go, and where (points from the lower left corner)."""

    page: int
    x: float
    y: float
    size: float
    text: str


def printed(folder: Path, plan: Plan, order: Order, settings: Settings | None = None) -> PdfReader:
    """Write an order and read it back; strictly, so that what is wrong in the file is an error."""
    path = folder / "printed.pdf"
    save(path, plan, Composer(plan, TODAY), settings or Settings(), order)
    return PdfReader(path, strict=True)


def runs(reader: PdfReader) -> list[Run]:
    """Return all runs in the order in which they were painted."""
    found: list[Run] = []
    for number, page in enumerate(reader.pages):

        def visit(text: str, cm: list, tm: list, _font: object, size: float, number: int = number) -> None:
            if text.strip("\n"):
                x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
                y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                found.append(Run(number, x, y, size * abs(tm[0] * cm[0]), text.strip("\n")))

        page.extract_text(visitor_text=visit)
    return found


def lines(reader: PdfReader) -> list[str]:
    """Return the words line by line from the top of each page down, columns apart."""
    rows: dict[tuple[int, int], list[Run]] = defaultdict(list)
    for run in runs(reader):
        rows[run.page, -round(run.y)].append(run)
    found: list[str] = []
    for _, row in sorted(rows.items()):
        found.append("".join(run.text for run in sorted(row, key=lambda run: run.x)).strip())
    return found


def squeezed(text: str) -> str:
    return "".join(text.split())


def words(reader: PdfReader) -> str:
    """Return all words in the order in which they were painted, without blanks."""
    return squeezed("".join(run.text for run in runs(reader)))
