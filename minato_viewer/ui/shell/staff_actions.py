"""What staff can do beside reading: take in new content, go back to the older one, save a report for support."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from minato_viewer.domain.messages import N_
from minato_viewer.ui.shell.actions import ActionRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QMainWindow

    from minato_viewer.ui.shell.context import Context
    from minato_viewer.ui.shell.upkeep import Upkeep

STAFF_MENU = ("take_in", "go_back_to_older", "support")


def staff_records(window: QMainWindow, context: Context) -> Iterator[ActionRecord]:
    """Yield the actions for staff, which every face may have in its menu."""
    yield ActionRecord("take_in", N_("Take in new content…"), "", partial(_take_in, window, context))
    yield ActionRecord("go_back_to_older", N_("Go back to the older content…"), "", partial(_go_back, window, context))
    yield ActionRecord("support", N_("Save a report for support…"), "", partial(_support, window, context))


def _upkeep(window: QMainWindow) -> Upkeep | None:
    """Return what looks after the window; None in the first second, when nothing does yet."""
    from minato_viewer.ui.shell.upkeep import Upkeep  # noqa: PLC0415 - not for the first page

    return window.findChild(Upkeep)


def _take_in(window: QMainWindow, context: Context) -> None:
    from minato_viewer.ui.shell.content_dialogs import TakeIn  # noqa: PLC0415 - only on demand

    if (upkeep := _upkeep(window)) is not None:
        TakeIn(window, context.translator.messages, upkeep.content).start()


def _go_back(window: QMainWindow, context: Context) -> None:
    from minato_viewer.ui.shell.content_dialogs import GoBack  # noqa: PLC0415 - only on demand

    if (upkeep := _upkeep(window)) is not None:
        GoBack(window, context.translator.messages, upkeep.content).start()


def _support(window: QMainWindow, context: Context) -> None:
    from minato_viewer.ui.shell.support_dialog import SaveSupport  # noqa: PLC0415 - only on demand

    if (upkeep := _upkeep(window)) is not None:
        SaveSupport(window, context, upkeep.problems).start()
