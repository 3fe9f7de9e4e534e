"""What stands in the menu of the counter window, and in which order."""

from minato_viewer.domain.messages import N_
from minato_viewer.services.appearance import CONTRAST, DARK, LIGHT, SYSTEM
from minato_viewer.ui.shell.actions import SEPARATOR, Submenu
from minato_viewer.ui.shell.staff_actions import STAFF_MENU

THEME_NAMES = {
    SYSTEM: N_("Colors as the system has them"),
    LIGHT: N_("Light colors"),
    DARK: N_("Dark colors"),
    CONTRAST: N_("High contrast"),
}

FOLLOW, HOLD, WELCOME = MODES = ("follow", "hold", "welcome")
"""What the visitor's screen shows: what staff see, what it shows now, or a welcome. Each is the id of its action."""
OF_THE_SCREEN = (*MODES, "visitor_larger", "visitor_smaller", "visitor_contrast")
"""The actions of the visitor's screen."""
VISITOR_MENU = (
    "pair", "swap", "point_next", "point_previous", SEPARATOR, "display", *OF_THE_SCREEN, SEPARATOR,
    "write", SEPARATOR, "next_visitor",
)  # fmt: skip
MENU = (
    "back", "forward", SEPARATOR, "previous", "next", SEPARATOR,
    "search", "own_words", "find", "copy", "copy_code", SEPARATOR, "print", "add", "handout", "board", SEPARATOR,
    Submenu(N_("Visitor"), VISITOR_MENU), SEPARATOR,
    "filter", "tree", "narrower", "wider", SEPARATOR,
    "smaller", "larger", "usual_size", "furigana", SEPARATOR, *(f"theme-{choice}" for choice in THEME_NAMES), SEPARATOR,
    Submenu(N_("Content and support"), STAFF_MENU), SEPARATOR, "help", "about", "quit",
)  # fmt: skip
