"""Paper, measured inside a viewer: how long a PDF takes, and the most memory it needs on the way."""

from __future__ import annotations

import argparse
import random
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minato_viewer.pages.compose import Composer
from minato_viewer.pages.paper import Order, branch
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.settings import Settings
from minato_viewer.viewmodel.paper_file import save
from minato_viewer.viewmodel.sheets import Sheets
from tests.bench.processes import BUILD

if TYPE_CHECKING:
    from tests.bench.inside import Viewer

_FEW, _MANY = 10, 100
_TARGET = BUILD / "paper.pdf"


def paper(viewer: Viewer, options: argparse.Namespace) -> Any:
    """Write PDFs of one page, of the whole revision in two languages, and of few and many entries."""
    plan = Plan(options.plan)
    composer, settings = Composer(plan, date.today()), Settings()

    def timed(order: Order) -> float:
        began = time.perf_counter()
        save(_TARGET, plan, composer, settings, order)
        return (time.perf_counter() - began) * 1000

    def pages(order: Order) -> int:
        sheets = Sheets(plan, composer, settings, order)
        for _ in sheets.measure():
            pass
        return sheets.count

    codes = viewer.codes()
    singles = [Order((code,), ("ja",)) for code in random.sample(codes, len(codes))]
    single = [timed(order) for order in singles[: 20 * options.rounds] if pages(order) == 1]
    edition = [timed(Order(branch(plan, "2024"), ("ja", "en"), branch=True)) for _ in range(options.rounds)]
    many = tuple(codes[:_MANY])
    timed(Order(many, ("ja", "en")))  # what fonts and a first print leave is no matter of length
    peaks: dict[str, int] = {}
    for count in (_FEW, _MANY):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak is counted anew
        timed(Order(many[:count], ("ja", "en")))
        peaks[str(count)] = _peak()
    _TARGET.unlink()
    return {"single": single, "edition": edition, "peaks": peaks, "few": _FEW, "many": _MANY}


def _peak() -> int:
    """Return the most memory that this process has held since it was counted anew (KiB)."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
