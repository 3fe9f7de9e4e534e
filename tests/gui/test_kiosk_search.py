"""The search of the kiosk: what is found by touch, words to touch, sizes, languages, and that nothing is left of it."""

import gc
import threading
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QScroller

from minato_viewer.domain.faults import PlanFault
from minato_viewer.language.tags import TAGS
from minato_viewer.planfile.reader import Plan
from minato_viewer.planfile.search import Search
from minato_viewer.planfile.suggest import Script
from minato_viewer.services.settings import Settings
from minato_viewer.ui.kiosk.key_layouts import CLEAR
from minato_viewer.viewmodel.search_results import Role
from tests.gui.conftest import OpenKiosk
from tests.gui.kiosk import LANDSCAPE, PORTRAIT, SIDE, Kiosk
from tests.gui.strings import differences, snapshot
from tests.unit.running import python

Key = Qt.Key
SIZES = [pytest.param(PORTRAIT, id="portrait"), pytest.param(LANDSCAPE, id="landscape")]
DISASTER = "2024/measure/disaster"
TYPED = {"ja": "ほ゛うさい", "ja-x-easy": "ほ゛うさい", "en": "bousai", "zh-Hans": "fangzai", "ko": "ㅂㅏㅇㅈㅐ"}


def results_of(plan: Plan, text: str, tag: str) -> list[str]:
    search = Search(plan)
    found = [hit.code for hit in search.find(text, tag, limit=10).hits]
    search.close()
    return found


# -- finding -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
def test_disaster_prevention_is_found_in_every_script(tag: str, open_kiosk: OpenKiosk, plan: Plan) -> None:
    kiosk = open_kiosk(tag)
    kiosk.type(TYPED[tag])
    assert DISASTER in kiosk.found()
    assert kiosk.found()[:10] == results_of(plan, kiosk.screen.text, tag)
    assert kiosk.state().startswith(kiosk.translator.messages.ngettext("{count} result", "{count} results", 3)[:1])


@pytest.mark.parametrize("size", SIZES)
def test_a_touch_anywhere_on_a_card_chooses_its_entry(size: tuple[int, int], open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("ja", size)
    kiosk.type("ほ゛うさ")
    chosen: list[str] = []
    kiosk.screen.entry_chosen.connect(chosen.append)
    for row, code in enumerate(kiosk.found()):
        place = kiosk.results.visualRect(kiosk.results.results.index(row, 0))
        if not kiosk.results.viewport().rect().contains(place):
            break
        for at in (place.topLeft() + QPoint(6, 20), place.center(), place.bottomRight() - QPoint(20, 30)):
            kiosk.touch(kiosk.results.viewport(), at)
            assert chosen.pop() == code
    assert chosen == []


def test_a_word_is_taken_by_a_touch(open_kiosk: OpenKiosk, plan: Plan) -> None:
    kiosk = open_kiosk()
    kiosk.type("ほ")
    assert "防災" in kiosk.words(), "words that a mark still leads to"
    kiosk.touch(kiosk.words()["防災"])
    assert kiosk.screen.text == "防災"
    assert kiosk.screen.field.text() == "防災"
    assert kiosk.found() == results_of(plan, "防災", "ja")
    assert "防災" not in kiosk.words()


def test_words_that_begin_titles_come_first_in_what_the_visitor_reads(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("en")
    kiosk.type("t")
    words = kiosk.screen.words.words
    assert words.index("text") < words.index("that")
    assert all(word.isascii() for word in words)
    kiosk.translator.activate("zh-Hans")
    kiosk.screen.forget()
    kiosk.type("f")
    assert not kiosk.screen.words.words[0].isascii()


def test_what_is_misspelt_is_answered_with_near_words(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("en")
    kiosk.screen.look_for("chidlcare")
    assert kiosk.found() == []
    assert kiosk.state() == "Nothing was found for “chidlcare”. Touch the word that you mean."
    kiosk.touch(kiosk.words()["childcare"])
    assert kiosk.found()


def test_what_is_like_nothing_is_answered_with_what_to_do(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("en")
    kiosk.screen.look_for("qqqqqxx")
    kiosk.settle()
    assert kiosk.words() == {}
    assert kiosk.state() == "Nothing was found for “qqqqqxx”. Delete a character, or try another word."
    kiosk.touch(kiosk.keys()[CLEAR])
    assert kiosk.screen.text == ""
    assert "bousai" in kiosk.state()


def test_while_a_word_is_begun_it_is_not_said_that_there_is_nothing(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("ko")
    kiosk.type("ㅍ")
    assert kiosk.found() == []
    assert kiosk.words()
    assert kiosk.state() == kiosk.translator.messages.gettext("Touch one of the words, or go on typing.")


def test_more_results_come_as_they_are_scrolled_to(open_kiosk: OpenKiosk, plan: Plan, qtbot) -> None:
    kiosk = open_kiosk("ja")
    kiosk.screen.look_for("区")
    kiosk.settle()
    search = Search(plan)
    wanted = search.count("区")
    search.close()
    assert wanted > 40
    bar = kiosk.results.verticalScrollBar()

    def all_loaded() -> bool:
        bar.setValue(bar.maximum())
        kiosk.settle()
        return kiosk.results.results.rowCount() == wanted

    qtbot.waitUntil(all_loaded)


def test_the_model_holds_what_qt_asks_of_models(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("en")
    tester = QAbstractItemModelTester(
        kiosk.results.results, QAbstractItemModelTester.FailureReportingMode.Fatal, kiosk.results
    )
    tester.setUseFetchMore(False)  # which would answer a reset by inserting rows, in the middle of it
    for text in ("c", "ch", "区", "qqqqq", ""):
        kiosk.screen.look_for(text)
        kiosk.settle()
    assert tester.model() is kiosk.results.results


def test_the_offices_own_district_comes_first(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("ja", settings=Settings(district="takanawa"))
    kiosk.screen.look_for("地区")
    kiosk.settle()
    districts = [code for code in kiosk.found() if "/district/" in code]
    assert districts[0] == "2024/district/takanawa"


def test_an_index_that_is_damaged_is_said_in_a_sentence(open_kiosk: OpenKiosk, plan: Plan, monkeypatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise PlanFault("The plan file {path} is damaged.", path=plan.path)

    kiosk = open_kiosk("en")
    monkeypatch.setattr(Search, "find", broken)
    monkeypatch.setattr(Search, "suggest", broken)
    kiosk.screen.look_for("b")
    kiosk.settle()
    assert str(plan.path) in kiosk.state()


# -- pushing the results on --------------------------------------------------------------------------


def test_results_are_pushed_on_by_a_drag_and_not_opened_by_it(open_kiosk: OpenKiosk, qtbot) -> None:
    kiosk = open_kiosk("ja")
    kiosk.screen.look_for("区")
    kiosk.settle()
    chosen: list[str] = []
    kiosk.screen.entry_chosen.connect(chosen.append)
    viewport, bar = kiosk.results.viewport(), kiosk.results.verticalScrollBar()
    at = QPoint(400, viewport.height() - 20)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at)
    for step in range(1, 12):
        QTest.mouseMove(viewport, at - QPoint(0, 20 * step))
        qtbot.wait(16)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=at - QPoint(0, 220))
    qtbot.waitUntil(lambda: bar.value() > 100)
    assert chosen == []
    assert QScroller.hasScroller(viewport)


# -- sizes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text_size", [100, 150, 200])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("tag", TAGS)
def test_every_target_is_large_and_results_have_their_room(
    tag: str, size: tuple[int, int], text_size: int, open_kiosk: OpenKiosk
) -> None:
    kiosk = open_kiosk(tag, size, text_size=text_size)
    kiosk.type(TYPED[tag][:2])
    screen = kiosk.screen
    parts = [screen.field, screen._state, kiosk.results, kiosk.keyboard]
    places = [part.geometry() for part in parts]
    assert all(place.bottom() < below.top() for place, below in pairwise(places))
    assert all(screen.rect().contains(place) for place in places)
    assert screen._state.heightForWidth(screen._state.width()) <= screen._state.height()
    room = kiosk.keyboard.y() - screen._state.y()
    assert room >= 0.45 * size[1]
    if text_size == 100:
        assert kiosk.results.height() >= 0.45 * size[1]
    cards = list(kiosk.words().values())
    for card in cards:
        assert min(card.width(), card.height()) >= SIDE
        assert screen.words.rect().contains(card.geometry())
        assert not screen.words.geometry().intersects(screen.field.geometry())
    for card, after in pairwise(cards):
        assert after.x() - card.geometry().right() > 4
    for row in range(kiosk.results.results.rowCount()):
        place = kiosk.results.visualRect(kiosk.results.results.index(row, 0))
        assert place.height() - 12 >= SIDE


@pytest.mark.parametrize("size", SIZES)
def test_the_text_size_follows_live(size: tuple[int, int], open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("en", size)
    kiosk.screen.look_for("children")
    kiosk.settle()
    index = kiosk.results.results.index(0, 0)
    before = kiosk.results.visualRect(index).height()
    kiosk.appearance.resize(200)
    kiosk.settle()
    after = kiosk.results.visualRect(index).height()
    assert after > 1.4 * before
    grown = kiosk.window.grab().toImage()
    kiosk.close()
    fresh = open_kiosk("en", size, text_size=200)
    fresh.screen.look_for("children")
    fresh.settle()
    assert fresh.window.grab().toImage() == grown


# -- languages ---------------------------------------------------------------------------------------


def typed(kiosk: Kiosk) -> None:
    kiosk.keyboard.choose(Script.LATIN)
    kiosk.settle()
    kiosk.type("bousai")


def nothing_typed(kiosk: Kiosk) -> None:
    pass


def not_found(kiosk: Kiosk) -> None:
    kiosk.keyboard.choose(Script.KANA)
    kiosk.screen.look_for("ぼぼぼぼ")
    kiosk.settle()


@pytest.mark.parametrize("state", [typed, nothing_typed, not_found])
@pytest.mark.parametrize("pair", list(permutations(TAGS, 2)), ids="-to-".join)
def test_a_switched_search_equals_one_built_in_that_language(
    pair: tuple[str, str], state, open_kiosk: OpenKiosk, translated_plan: Plan, marked_messages: None
) -> None:
    wanted = open_kiosk(pair[1], of=translated_plan)
    state(wanted)
    expected = snapshot(wanted.window)
    wanted.close()
    kiosk = open_kiosk(pair[0], of=translated_plan)
    state(kiosk)
    text = kiosk.screen.text
    kiosk.translator.activate(pair[1])
    kiosk.settle()
    assert kiosk.screen.text == text
    assert differences(snapshot(kiosk.window), expected) == []


def test_titles_have_furigana_for_those_who_want_them(open_kiosk: OpenKiosk) -> None:
    pictures = []
    kiosk = open_kiosk("ja-x-easy")
    kiosk.screen.look_for("こども")
    kiosk.settle()
    index = kiosk.results.results.index(0, 0)
    with_them = kiosk.results.visualRect(index).height()
    pictures.append(kiosk.window.grab().toImage())
    kiosk.furigana.toggle()
    kiosk.settle()
    assert kiosk.results.visualRect(index).height() < with_them
    kiosk.furigana.toggle()
    kiosk.settle()
    pictures.append(kiosk.window.grab().toImage())
    assert pictures[0] == pictures[1]


def test_the_place_among_the_results_stays_through_a_switch(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("ja")
    kiosk.screen.look_for("区")
    kiosk.settle()
    bar = kiosk.results.verticalScrollBar()
    bar.setValue(300)
    kiosk.settle()
    before = bar.value()
    kiosk.translator.activate("ja-x-easy")
    kiosk.settle()
    assert bar.value() == before > 0


# -- a keyboard that is plugged in, and a screen reader ----------------------------------------------


def test_a_result_is_opened_without_a_touch(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("en")
    chosen: list[str] = []
    kiosk.screen.entry_chosen.connect(chosen.append)
    kiosk.screen.take_focus()
    QTest.keyClicks(QApplication.focusWidget(), "child")
    kiosk.settle()
    for _ in range(6):
        kiosk.press(Key.Key_Up)
    assert kiosk.results.hasFocus()
    kiosk.press(Key.Key_Down)
    kiosk.press(Key.Key_Return)
    assert chosen == [kiosk.found()[1]]
    QTest.keyClicks(QApplication.focusWidget(), "r")
    assert kiosk.screen.text == "childr", "letters are typed wherever the focus is"
    for _ in range(40):
        kiosk.press(Key.Key_Down)
        if not kiosk.results.hasFocus():
            break
    assert kiosk.keyboard.isAncestorOf(QApplication.focusWidget())


def test_words_are_reached_by_tab_and_taken_by_enter(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("en")
    kiosk.type("ch")
    words = list(kiosk.words())
    kiosk.words()[words[0]].setFocus(Qt.FocusReason.TabFocusReason)
    kiosk.press(Key.Key_Right)
    kiosk.press(Key.Key_Return)
    assert kiosk.screen.text == words[1]


def test_the_count_is_read_out_once_typing_pauses(open_kiosk: OpenKiosk, monkeypatch, qtbot) -> None:
    heard: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: heard.append(event.message()) if isinstance(event, QAccessibleAnnouncementEvent) else None,
    )
    kiosk = open_kiosk("en")
    kiosk.type("bousai")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [kiosk.state()]
    field = QAccessible.queryAccessibleInterface(kiosk.screen.field)
    assert field.text(QAccessible.Text.Name) == "Typed: bousai"


def test_a_card_says_all_that_it_shows(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("ja")
    kiosk.screen.look_for("防災")
    kiosk.settle()
    model = kiosk.results.results
    spoken = [model.index(row, 0).data(Role.ACCESSIBLE_TEXT) for row in range(model.rowCount())]
    assert any("参考訳" in text for text in spoken)


# -- forgetting --------------------------------------------------------------------------------------


def test_nothing_of_a_visitor_is_left(open_kiosk: OpenKiosk) -> None:
    fresh = open_kiosk("en", PORTRAIT)
    expected = snapshot(fresh.window)
    fresh.close()
    kiosk = open_kiosk("en", PORTRAIT)
    kiosk.keyboard.choose(Script.KANA)
    kiosk.settle()
    kiosk.screen.look_for("ぼうさい-ひみつ".replace("-", ""))
    kiosk.settle()
    assert held("ぼうさい-ひみつ".replace("-", "")) != []
    kiosk.screen.forget()
    kiosk.settle()
    assert kiosk.screen.text == ""
    assert kiosk.found() == []
    assert kiosk.keyboard.script is Script.LATIN
    assert differences(snapshot(kiosk.window), expected) == []
    assert held("ぼうさい-ひみつ".replace("-", "")) == []


def held(text: str) -> list[object]:
    """Return what in the program still holds a text: attributes of objects, lists, tuples."""
    gc.collect()
    found: list[object] = []
    for thing in gc.get_objects():
        if isinstance(thing, dict):
            values = list(thing.values())
        elif type(thing) in (list, set) or (isinstance(thing, tuple) and type(thing).__module__.startswith("minato")):
            values = list(thing)
        else:
            continue
        found += [(type(thing), value) for value in values if type(value) is str and value == text]
    return found


def test_the_search_ends_with_its_threads(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("en")
    kiosk.type("bo")
    kiosk.screen.forget()
    kiosk.type("bo")
    assert searching() >= 2
    kiosk.screen.stop()
    assert searching() == 0
    kiosk.translator.activate("ja")
    kiosk.keyboard.press("b")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert searching() == 0, "stopped for good"
    kiosk.settle()
    assert kiosk.dimmed() == set()


def test_the_counter_loads_nothing_of_the_kiosk(tmp_path: Path) -> None:
    code = (
        "import sys, minato_viewer.app; print([name for name in sys.modules if 'kiosk' in name or 'next_keys' in name])"
    )
    done = python(["-c", code], tmp_path)
    assert done.stdout.strip() == "[]", done.stderr


def searching() -> int:
    return sum(thread.name == "search" for thread in threading.enumerate())


def test_forgetting_in_the_middle_of_a_search_shows_nothing_later(open_kiosk: OpenKiosk, qtbot) -> None:
    kiosk = open_kiosk("en")
    for _ in range(10):
        kiosk.screen.look_for("children")
        kiosk.screen.forget()
        qtbot.wait(5)
        assert kiosk.screen.text == ""
        assert kiosk.results.results.rowCount() == 0
        assert kiosk.screen.words.words == ()
