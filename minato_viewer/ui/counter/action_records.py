"""What the counter window can do: one record an action, with its words, its key and its handler."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from minato_viewer.domain.messages import N_
from minato_viewer.language.tags import language
from minato_viewer.ui.counter.menu import FOLLOW, HOLD, THEME_NAMES, WELCOME
from minato_viewer.ui.shell.actions import ActionRecord
from minato_viewer.ui.shell.language_bar import KEYS
from minato_viewer.ui.shell.staff_actions import staff_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from minato_viewer.ui.counter.window import CounterWindow
    from minato_viewer.ui.shell.context import Context

HELP = "viewer/guide"
_WIDENING = 40
"""Pixels a step, for whoever does not drag the line between contents and page."""


def action_records(window: CounterWindow, context: Context) -> Iterator[ActionRecord]:
    """Yield everything the counter window can do, each with its key."""
    appearance = context.appearance
    yield ActionRecord("back", N_("Back"), "Alt+Left", window.go_back, "chevron-left")
    yield ActionRecord("forward", N_("Forward"), "Alt+Right", window.go_forward, "chevron-right")
    yield ActionRecord("previous", N_("Previous entry"), "Alt+Up", window.pane.open_previous)
    yield ActionRecord("next", N_("Next entry"), "Alt+Down", window.pane.open_next)
    yield ActionRecord("own_words", N_("The city's own words, and back"), "F7", window.pane.toggle_own_words)
    yield ActionRecord("search", N_("Search the plan"), "Ctrl+K", window.open_search)
    yield ActionRecord("find", N_("Find on this page"), "Ctrl+F", window.pane.open_find)
    yield ActionRecord("copy", N_("Copy with the source"), "Ctrl+Shift+C", window.pane.copy_with_source)
    yield ActionRecord("copy_code", N_("Copy the code of this entry"), "", window.pane.copy_code)
    yield ActionRecord("print", N_("Print…"), "Ctrl+P", window.paper.print_page)
    yield ActionRecord("add", N_("Add to the hand-out"), "Ctrl+D", window.paper.add_to_handout)
    yield ActionRecord("handout", N_("Hand-out list"), "Ctrl+Shift+D", window.paper.show_handout)
    yield ActionRecord("pair", N_("Two languages side by side"), "F8", window.visit.toggle_pair)
    yield ActionRecord("swap", N_("Swap the sides"), "", window.visit.swap)
    yield ActionRecord("point_next", N_("Point at the next paragraph"), "Ctrl+Down", window.visit.point_next)
    yield ActionRecord("point_previous", N_("Point at the paragraph before"), "Ctrl+Up", window.visit.point_previous)
    yield ActionRecord("display", N_("Visitor display"), "F9", window.visit.toggle_screen)
    # TRANSLATORS: What the visitor's own screen shows.
    yield ActionRecord(FOLLOW, N_("Visitor sees the same entry"), "", partial(window.visit.set_mode, FOLLOW))
    yield ActionRecord(HOLD, N_("Visitor goes on seeing this"), "", partial(window.visit.set_mode, HOLD))
    yield ActionRecord(WELCOME, N_("Visitor sees a welcome"), "", partial(window.visit.set_mode, WELCOME))
    yield ActionRecord(
        "visitor_larger", N_("Larger text for the visitor"), "", partial(window.visit.enlarge, more=True)
    )
    smaller = partial(window.visit.enlarge, more=False)
    yield ActionRecord("visitor_smaller", N_("Smaller text for the visitor"), "", smaller)
    contrast = window.visit.toggle_contrast
    yield ActionRecord("visitor_contrast", N_("High contrast for the visitor"), "", contrast)
    yield ActionRecord("write", N_("Write to the visitor"), "Ctrl+Shift+W", window.visit.write)
    yield ActionRecord("next_visitor", N_("Next visitor"), "F12", window.over.emit)
    yield ActionRecord("board", N_("Point-at board"), "Ctrl+B", window.paper.show_board)
    yield ActionRecord("filter", N_("Filter the contents"), "Ctrl+L", window.navigator.focus_filter)
    yield ActionRecord("tree", N_("Go to the contents"), "Ctrl+T", window.show_contents)
    yield ActionRecord("narrower", N_("Narrower contents"), "", partial(window.widen, -_WIDENING))
    yield ActionRecord("wider", N_("Wider contents"), "", partial(window.widen, _WIDENING))
    yield ActionRecord("smaller", N_("Smaller text"), "Ctrl+-", appearance.smaller)
    yield ActionRecord("larger", N_("Larger text"), "Ctrl++", appearance.larger)
    yield ActionRecord("usual_size", N_("Usual text size"), "Ctrl+0", appearance.use_usual_size)
    yield ActionRecord("furigana", N_("Furigana"), "Ctrl+R", context.furigana.toggle)
    for choice, message in THEME_NAMES.items():
        yield ActionRecord(f"theme-{choice}", message, "", partial(appearance.choose, choice))
    yield from staff_records(window, context)
    yield ActionRecord("help", N_("How to use this viewer"), "F1", partial(window.open_entry, HELP))
    yield ActionRecord("about", N_("About this program"), "", window.show_about)
    yield ActionRecord("quit", N_("Quit"), "Ctrl+Q", window.close)
    for tag in context.settings.languages:
        choose = partial(window.visit.choose, tag)
        yield ActionRecord(f"language-{tag}", language(tag).name, KEYS[tag], choose)
