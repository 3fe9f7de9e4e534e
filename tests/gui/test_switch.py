"""The test that decides: a window built in A and switched to B equals a window built in B."""

from collections import Counter
from collections.abc import Callable
from itertools import permutations
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from minato_viewer.language.tags import JAPANESE, TAGS
from minato_viewer.planfile.reader import Plan
from minato_viewer.ui.counter.board_dialog import BoardDialog
from minato_viewer.ui.counter.conversation import Conversation
from minato_viewer.viewmodel.page_document import Place
from minato_viewer.viewmodel.tree import Role
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk, fetch_all
from tests.gui.pseudo import mark
from tests.gui.strings import Snapshot, differences, snapshot

PAIRS = list(permutations(TAGS, 2))
FIELD = "example_heading.1"
"""The paragraph of 2021/issue/2 to which the reader has scrolled."""
SMALL = (1024, 480)
"""So low that every page must be scrolled."""


class Kept(NamedTuple):
    """What a reader had done, and must not have to do again."""

    code: str
    chosen: str
    current: str
    expanded: list[str]
    loaded: list[str]
    words: str
    filter_text: str
    cursor: int
    focus: str
    field: str
    back: bool
    forward: bool


def kept(desk: Desk) -> Kept:
    focus = QApplication.focusWidget()
    place = desk.view.document().place_at(desk.view.verticalScrollBar().value() + 1)
    return Kept(
        code=desk.code,
        chosen=desk.chosen,
        current=desk.tree.currentIndex().data(Role.CODE) or "",
        expanded=desk.expanded(),
        loaded=[row.data(Role.CODE) for row in desk.rows()],
        words=desk.model.words,
        filter_text=desk.filter.text(),
        cursor=desk.filter.cursorPosition(),
        focus=f"{type(focus).__name__} {focus.objectName()}" if focus else "",
        field=place.field if place else "",
        back=desk.action("back").isEnabled(),
        forward=desk.action("forward").isEnabled(),
    )


def in_the_tree(desk: Desk) -> None:
    """Some branches open, the focus on a row."""
    desk.window.open_entry("2021/issue/1")
    desk.window.open_entry("2021/issue/2")
    desk.expand("2021/section/policies", "2021/field/1", "2021/field/3")
    desk.tree.collapse(desk.model.index_of("2021/field/3"))
    desk.tree.setFocus()


def in_the_filter(desk: Desk) -> None:
    """A filter used, the focus still in its box."""
    in_the_tree(desk)
    desk.filter.setFocus()
    desk.look_for("都市")
    desk.filter.setCursorPosition(1)


def in_the_page(desk: Desk) -> None:
    """Scrolled to a paragraph, the focus in the page, forward as well as back possible."""
    in_the_tree(desk)
    desk.window.open_entry("2021/issue/3")
    desk.action("back").trigger()
    scroll_to(desk, FIELD)
    desk.view.setFocus()


def in_own_words(desk: Desk) -> None:
    """The edition's own words on the reader's demand, the other edition behind."""
    desk.window.open_entry("2021/policy/24")
    desk.window.open_entry("2024/issue/3")
    desk.action("own_words").trigger()
    desk.language_button(TAGS[0]).setFocus(Qt.FocusReason.TabFocusReason)


def at_a_missing_policy(desk: Desk) -> None:
    """On the page of what the document does not hold, with a filter that finds nothing."""
    desk.window.open_entry("2021/policy/24")
    desk.look_for("%_'\"")


def at_the_board(desk: Desk) -> None:
    """The point-at board in front, in a visitor's language, one card alone and the focus on its way back."""
    in_the_tree(desk)
    desk.action("board").trigger()
    (dialog,) = desk.window.findChildren(BoardDialog)
    dialog._languages.button(TAGS.index("ko")).click()
    dialog._cards[3][0].click()


def with_a_visitor(desk: Desk) -> None:
    """Two languages side by side, something pointed at, a screen of the visitor's, and a box to write in."""
    in_the_tree(desk)
    desk.view.setFocus()
    desk.window.visit.open_pair("ko")
    desk.window.visit.toggle_screen()
    desk.window.visit.toggle_pointer("title")
    desk.window.visit.swap()
    desk.window.visit.write()
    (box,) = desk.window.findChildren(Conversation)
    box.box.setPlainText("3")
    desk.window.activateWindow()
    desk.view.setFocus()


def with_furigana(desk: Desk) -> None:
    """Furigana wherever Japanese is shown, scrolled to a paragraph."""
    desk.furigana.choice = True
    desk.furigana.changed.emit()
    in_the_page(desk)


STATES: dict[str, Callable[[Desk], None]] = {
    function.__name__: function
    for function in (
        in_the_tree,
        in_the_filter,
        in_the_page,
        in_own_words,
        at_a_missing_policy,
        at_the_board,
        with_a_visitor,
        with_furigana,
    )
}


def scroll_to(desk: Desk, field: str) -> None:
    bar = desk.view.verticalScrollBar()
    bar.setValue(round(desk.view.document().height_of(Place(field, 0.0))))
    assert 0 < bar.value() < bar.maximum(), "the page is too short for this test"


def seen(desk: Desk) -> Snapshot:
    """Return every string, those of branches that are opened only now included."""
    fetch_all(desk.model)
    QApplication.processEvents()
    return snapshot(desk.window)


@pytest.fixture(scope="module")
def built() -> dict[tuple[str, str], tuple[Snapshot, Kept]]:
    """What a window built in a language shows in a state, as soon as one test has built it."""
    return {}


@pytest.fixture
def built_in(built, open_desk: OpenDesk, translated_plan: Plan, marked_messages: None):
    def look_up(tag: str, state: str) -> tuple[Snapshot, Kept]:
        if (tag, state) not in built:
            desk = open_desk(tag, translated_plan, size=SMALL)
            STATES[state](desk)
            QApplication.processEvents()
            now = kept(desk)
            built[tag, state] = seen(desk), now
            desk.close()
        return built[tag, state]

    return look_up


def reachable(first: str, state: str) -> bool:
    """Whether a reader of `first` can bring a window into the state: the words of 2024 are Chinese already."""
    return not (first == "zh-Hans" and state == in_own_words.__name__)


@pytest.mark.parametrize(
    ("pair", "state"),
    [
        pytest.param(pair, state, id=f"{pair[0]}-to-{pair[1]}-{state}")
        for pair in PAIRS
        for state in STATES
        if reachable(pair[0], state)
    ],
)
def test_a_switched_window_equals_one_built_in_that_language(
    pair: tuple[str, str], state: str, open_desk: OpenDesk, translated_plan: Plan, built_in
) -> None:
    first, second = pair
    wanted, wanted_state = built_in(second, state)
    desk = open_desk(first, translated_plan, size=SMALL)
    STATES[state](desk)
    QApplication.processEvents()
    before = kept(desk)
    desk.translator.activate(second)
    QApplication.processEvents()
    after = kept(desk)
    assert after == before, "the reader's place was lost"
    assert after == wanted_state
    assert differences(seen(desk), wanted) == []
    goes_back(desk)


def goes_back(desk: Desk) -> None:
    """Check that the way back is still there and leads where it led."""
    behind = {"2021/issue/2": "2021/issue/1", "2024/issue/3": "2021/policy/24", "2021/policy/24": "2024"}
    wanted = behind[desk.code]
    desk.action("back").trigger()
    assert desk.code == wanted
    assert desk.view.document().page.lang == desk.translator.tag


@pytest.mark.parametrize("state", STATES)
def test_no_text_of_the_interface_stays_behind(
    state: str, open_desk: OpenDesk, translated_plan: Plan, marked_messages: None
) -> None:
    desk = open_desk(TAGS[0], translated_plan, size=SMALL)
    STATES[state](desk)
    for tag in (*TAGS[1:], TAGS[0]):
        desk.translator.activate(tag)
        QApplication.processEvents()
        others = [mark(other) for other in TAGS if other != tag]
        left = [f"{place}: {text}" for place, text in seen(desk).items() if any(other in str(text) for other in others)]
        assert left == []


@pytest.mark.parametrize("state", STATES)
def test_a_round_through_every_language_changes_nothing(
    state: str, open_desk: OpenDesk, translated_plan: Plan, marked_messages: None
) -> None:
    desk = open_desk("ko", translated_plan, size=SMALL)
    STATES[state](desk)
    QApplication.processEvents()
    before, texts = kept(desk), seen(desk)
    for tag in TAGS:
        desk.translator.activate(tag)
    QApplication.processEvents()
    assert kept(desk) == before
    assert differences(seen(desk), texts) == []


def test_a_switch_is_announced_once_and_chooses_nothing(
    open_desk: OpenDesk, translated_plan: Plan, marked_messages: None
) -> None:
    desk = open_desk("ja", translated_plan)
    in_the_tree(desk)
    heard: Counter[str] = Counter()
    signals = {
        "changed": desk.translator.changed,
        "page_changed": desk.window.pane.page_changed,
        "layoutChanged": desk.model.layoutChanged,
        "modelReset": desk.model.modelReset,
        "rowsInserted": desk.model.rowsInserted,
        "entry_chosen": desk.window.navigator.entry_chosen,
        "edition_chosen": desk.window.navigator.edition_chosen,
        "page entry_chosen": desk.window.pane.entry_chosen,
        "selectionChanged": desk.tree.selectionModel().selectionChanged,
        "currentChanged": desk.tree.selectionModel().currentChanged,
        "textChanged": desk.filter.textChanged,
        "chosen": desk.window.header.languages.chosen,
    }
    for name, signal in signals.items():
        signal.connect(lambda *_, name=name: heard.update([name]))
    desk.translator.activate("en")
    QApplication.processEvents()
    assert heard == {"changed": 1, "page_changed": 1, "layoutChanged": 1}
    desk.translator.activate("en")
    assert heard["changed"] == 1, "the same language again is no change"


def test_switching_at_the_top_of_a_page_stays_at_the_top(
    open_desk: OpenDesk, translated_plan: Plan, marked_messages: None
) -> None:
    desk = open_desk("ja", translated_plan, size=SMALL)
    in_the_tree(desk)
    for tag in TAGS:
        desk.translator.activate(tag)
        assert desk.view.verticalScrollBar().value() == 0


@pytest.mark.parametrize("tag", JAPANESE)
@pytest.mark.parametrize("state", [state for state in STATES if state != at_the_board.__name__])
def test_switching_furigana_keeps_the_readers_place(
    state: str, tag: str, open_desk: OpenDesk, translated_plan: Plan, marked_messages: None
) -> None:
    desk = open_desk(tag, translated_plan, size=SMALL)
    STATES[state](desk)
    QApplication.processEvents()
    before, shown = kept(desk), desk.furigana.on
    for wanted in (not shown, shown, not shown):
        desk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
        assert desk.furigana.on is wanted
        assert kept(desk) == before
    goes_back(desk)
