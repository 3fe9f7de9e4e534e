"""What a counter does with paper: prints the page, collects entries for a hand-out, prints that; and the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from minato_viewer.ui.shell.announce import tell

if TYPE_CHECKING:
    from minato_viewer.ui.counter.window import CounterWindow
    from minato_viewer.ui.shell.context import Context
    from minato_viewer.viewmodel.handout import Handout


class PaperDesk(QObject):
    """Owns the hand-out, which is forgotten with the window."""

    def __init__(self, context: Context, window: CounterWindow) -> None:
        """Do nothing until something is wanted on paper."""
        super().__init__(window)
        self._context = context
        self._window = window
        self._handout: Handout | None = None
        self._companion: str | None = None
        """The second language of the last print, empty for none; None before one was chosen: then the visitor's."""

    @property
    def handout(self) -> Handout:
        """The hand-out, made when it is first wanted."""
        if self._handout is None:
            from minato_viewer.viewmodel.handout import Handout  # noqa: PLC0415 - not for the first page

            self._handout = Handout(self)
        return self._handout

    def print_page(self) -> None:
        """Show the print dialog for the entry that is open."""
        self._show_dialog(self._code)

    def print_handout(self) -> None:
        """Show the print dialog for the hand-out."""
        self._show_dialog("")

    def _show_dialog(self, code: str) -> None:
        from minato_viewer.ui.shell.print_dialog import PrintDialog  # noqa: PLC0415 - not for the first page

        companion = self._window.visit.companion if self._companion is None else self._companion
        dialog = PrintDialog(self._context, code, self.handout.codes, self._window, companion)
        dialog.companion_chosen.connect(self._on_companion_chosen)
        dialog.open()

    def _on_companion_chosen(self, tag: str) -> None:
        self._companion = tag

    def add_to_handout(self) -> None:
        """Add the entry that is open, and say so."""
        if not self._code:
            return
        messages = self._context.translator.messages
        added = self.handout.add(self._code)
        count = len(self.handout.codes)
        said = (
            messages.ngettext(
                "Added to the hand-out, which now has {count} entry.",
                "Added to the hand-out, which now has {count} entries.",
                count,
            )
            if added
            else messages.gettext("This entry is in the hand-out already.")
        )
        tell(self._window.pane.view, said)

    def show_handout(self) -> None:
        """Show the list."""
        from minato_viewer.ui.counter.handout_dialog import HandoutDialog  # noqa: PLC0415 - not for the first page

        dialog = HandoutDialog(self._context, self.handout, self._window)
        dialog.print_wanted.connect(self.print_handout)
        dialog.open()

    def show_board(self) -> None:
        """Show the board that staff and visitor point at, in the visitor's language as far as that is known."""
        from minato_viewer.ui.counter.board_dialog import BoardDialog  # noqa: PLC0415 - not for the first page

        visit = self._window.visit
        visitor = visit.shown_language
        visit.speak_with_staff()
        dialog = BoardDialog(self._context, visitor, self._window)
        dialog.visitor_chosen.connect(visit.note_language)
        dialog.open()

    @property
    def _code(self) -> str:
        page = self._window.pane.page
        return page.code if page is not None else ""
