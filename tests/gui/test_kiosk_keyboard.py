"""The keyboard on the screen: what it types, which keys it dims, how large they are, and a keyboard plugged in."""

import random

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from minato_viewer.language import hangul, kana_keys
from minato_viewer.language.tags import TAGS
from minato_viewer.planfile.reader import Plan
from minato_viewer.planfile.search import Search
from minato_viewer.planfile.suggest import Script
from minato_viewer.ui.kiosk.key_layouts import ARRANGEMENTS, CLEAR, DELETE, SCRIPTS
from minato_viewer.viewmodel.next_keys import pressed
from tests.gui.conftest import OpenKiosk
from tests.gui.kiosk import LANDSCAPE, PORTRAIT, SCRIPT_OF, SIDE, Kiosk

Key = Qt.Key
SIZES = [pytest.param(PORTRAIT, id="portrait"), pytest.param(LANDSCAPE, id="landscape")]


# -- what is typed -----------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
def test_the_first_script_is_that_of_the_language(tag: str, open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk(tag)
    assert kiosk.keyboard.script.value == SCRIPT_OF.get(tag, "latin")
    assert kiosk.keys()[kiosk.keyboard.script.value].isChecked()


@pytest.mark.parametrize(
    ("script", "keys", "text"),
    [
        ("kana", "ほ゛うさい", "ぼうさい"),
        ("kana", "し小", ""),
        ("kana", "て゛ーた", "でーた"),
        ("latin", "bousai", "bousai"),
        ("latin", "2024", "2024"),
        ("hangul", "ㅂㅏㅇㅈㅐ", "방재"),
        ("hangul", "ㅇㅘ", ""),
    ],
)
def test_each_script_types(script: str, keys: str, text: str, open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("en")
    edits: list[str] = []
    kiosk.touch(kiosk.keys()[script])
    kiosk.keyboard.edited.connect(edits.append)
    if text:
        kiosk.type(keys)
        assert kiosk.keyboard.text == edits[-1] == text
        assert len(edits) == len(keys)
    else:
        assert not set(keys) <= kiosk.live()


def test_small_kana_and_marks_change_the_kana_before_them_and_back() -> None:
    assert kana_keys.changed("は", "゛") == kana_keys.changed("ぱ", "゛") == "ば"
    assert kana_keys.changed("ば", "゜") == "ぱ"
    assert kana_keys.changed("っ", "小") == "つ"
    for kana, key in ("か゛", "が゛", "う゛", "は゜", "つ小", "ゃ小"):
        assert kana_keys.changed(kana_keys.changed(kana, key), key) == kana
    assert [kana_keys.changed("ん", key) for key in "゛゜小"] == ["ん"] * 3
    assert kana_keys.variants("は") == ("は", "ば", "ぱ")
    assert [pressed("", key, Script.KANA) for key in "゛゜小"] == [""] * 3


def test_hangul_comes_together_as_it_is_typed() -> None:
    steps, text = [], ""
    for key in "ㅂㅏㅇㅈㅐ":
        text = pressed(text, key, Script.HANGUL)
        steps.append(text)
    assert steps == ["ㅂ", "바", "방", "방ㅈ", "방재"]
    assert hangul.composed("ㄷㅏㄹㄱㅏ") == "달가"
    assert hangul.composed("ㄷㅏㄹㄱㄱㅏ") == "닭가"
    assert hangul.composed("ㅇㅡㅣㅇㅜㅓㄴ") == "의원"
    assert hangul.composed("ㄲㅏㄲㅃㅏㄸ") == "깎빠ㄸ"
    assert hangul.composed("aㄱㅏ1ㅏ") == "a가1ㅏ"


def test_every_syllable_of_hangul_comes_together_again() -> None:
    syllables = [chr(code) for code in range(0xAC00, 0xD7A4)]
    assert [one for one in syllables if hangul.composed(hangul.jamo(one)) != one] == []
    text = "".join(random.Random(8).choices(syllables, k=2000))
    assert hangul.composed(hangul.jamo(text)) == text


def test_one_is_deleted_or_everything(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("ko")
    assert not kiosk.keys()[DELETE].isEnabled()
    assert not kiosk.keys()[CLEAR].isEnabled()
    kiosk.type("ㅂㅏㅇㅈㅐ")
    texts = []
    while kiosk.keyboard.text:
        kiosk.touch(kiosk.keys()[DELETE])
        texts.append(kiosk.keyboard.text)
    assert texts == ["방ㅈ", "방", "바", "ㅂ", ""]
    kiosk.type("ㅂㅏ")
    kiosk.touch(kiosk.keys()[CLEAR])
    assert kiosk.keyboard.text == ""


def test_a_text_that_cannot_go_on_in_another_script_makes_room_for_a_new_one(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk()
    kiosk.type("ほ゛う")
    kiosk.touch(kiosk.keys()["hangul"])
    assert kiosk.keyboard.text == ""
    assert kiosk.live()


def test_two_fingers_type_two_letters(open_kiosk: OpenKiosk, qtbot) -> None:
    kiosk = open_kiosk("en")
    device = QTest.createTouchDevice(QPointingDevice.DeviceType.TouchScreen)
    first, second = kiosk.keys()["c"], kiosk.keys()["i"]
    window = kiosk.window.windowHandle()

    def place(key) -> QPoint:
        return key.mapTo(kiosk.window, key.rect().center())

    QTest.touchEvent(window, device).press(0, place(first))
    QTest.touchEvent(window, device).stationary(0).press(1, place(second))
    assert first.isDown()
    assert second.isDown()
    QTest.touchEvent(window, device).release(0, place(first)).stationary(1)
    QTest.touchEvent(window, device).release(1, place(second))
    kiosk.settle()
    assert kiosk.keyboard.text == "ci"
    QTest.touchEvent(window, device).press(0, place(kiosk.keys()["t"]))
    QTest.touchEvent(window, device).move(0, QPoint(5, 5))
    QTest.touchEvent(window, device).release(0, QPoint(5, 5))
    assert kiosk.keyboard.text == "ci", "a finger that left the key presses nothing"


# -- which keys lead on ------------------------------------------------------------------------------


def prefixes(search: Search, script: Script, count: int) -> list[str]:
    """Return beginnings of words, of up to four keys."""
    dice = random.Random(20240101)
    found = [""]
    for _ in range(count):
        text = ""
        for _ in range(dice.randint(1, 4)):
            keys = search.suggest(text, script).keys
            if not keys:
                break
            key = dice.choice(keys)
            text = pressed(text, key, script) if script is Script.HANGUL else text + key
        found.append(text)
    return list(dict.fromkeys(found))


def leads(search: Search, text: str, script: Script) -> bool:
    """Whether a text finds something, or begins a word that does."""
    if search.find(text, "ja", limit=1).hits:
        return True
    return any(search.find(word.text, "ja", limit=1).hits for word in search.suggest(text, script).completions)


@pytest.mark.parametrize("script", Script)
def test_every_live_key_leads_to_an_entry_and_no_dimmed_key_does(
    script: Script, plan: Plan, open_kiosk: OpenKiosk
) -> None:
    kiosk = open_kiosk("en")
    kiosk.keyboard.choose(script)
    search = Search(plan)
    wrong: list[tuple[str, str]] = []
    dimmed = 0
    for text in prefixes(search, script, 40):
        kiosk.keyboard.set_text(text)
        kiosk.settle()
        for key in kiosk.live() | kiosk.dimmed():
            if key in "゛゜小":
                after = [pressed(text, key, script)]
            elif script is Script.KANA:
                after = [text + kana for kana in kana_keys.variants(key)]
            else:
                after = [pressed(text, key, script)]
            found = any(way != text and leads(search, way, script) for way in after)
            if found is not (key in kiosk.live()):
                wrong.append((text, key))
        dimmed += len(kiosk.dimmed())
    search.close()
    assert wrong == []
    assert dimmed > 500


def test_a_damaged_index_leaves_every_key_live(open_kiosk: OpenKiosk, plan: Plan, monkeypatch) -> None:
    from minato_viewer.domain.faults import PlanFault

    def broken(*_: object) -> None:
        raise PlanFault("The plan file {path} is damaged.", path=plan.path)

    kiosk = open_kiosk("en")
    monkeypatch.setattr("minato_viewer.planfile.search.Search.suggest", broken)
    kiosk.keyboard.press("b")
    kiosk.settle()
    assert kiosk.dimmed() == set()
    kiosk.type("ous")
    assert kiosk.keyboard.text == "bous"


def test_no_text_raises(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("ko")
    dice = random.Random(3)
    strange = [
        "\ud800",
        "\0",
        "𠮷",
        "゛",
        "\u202e",
        "'",
        "%",
        "ㅏㅏ",
        "가나",
        "x" * 60,
        "\U0001f3f4\u200d\u2620",
        " ",
        "　",
        '"',
    ]
    for _ in range(120):
        kiosk.keyboard.set_text("".join(dice.choices(strange, k=dice.randint(0, 3))))
        kiosk.keyboard.choose(dice.choice(list(Script)))
        kiosk.keyboard.press(dice.choice([*kiosk.keys()]) if dice.random() < 0.5 else "゛")
    kiosk.settle()


# -- a keyboard that is plugged in -------------------------------------------------------------------


def focused(kiosk: Kiosk) -> str:
    focus = QApplication.focusWidget()
    return next((name for name, key in kiosk.keys().items() if key is focus), "")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("script", SCRIPTS)
def test_arrows_reach_every_key(script: str, size: tuple[int, int], open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("en", size)
    kiosk.keyboard.choose(Script(script))
    kiosk.settle()
    kiosk.keyboard.take_focus()
    reached, todo = set(), [focused(kiosk)]
    while todo:
        name = todo.pop()
        if name in reached:
            continue
        reached.add(name)
        for arrow in (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down):
            kiosk.keys()[name].setFocus()
            kiosk.press(arrow)
            todo.append(focused(kiosk))
    assert reached == {name for name, key in kiosk.keys().items() if key.isEnabled()}


def test_enter_presses_the_key_with_the_focus_and_letters_are_typed(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("en")
    kiosk.keyboard.take_focus()
    assert focused(kiosk) == "q"
    kiosk.press(Key.Key_Right)
    kiosk.press(Key.Key_Return)
    assert kiosk.keyboard.text == "w"
    kiosk.press(Key.Key_Backspace)
    QTest.keyClicks(QApplication.focusWidget(), "Child")
    kiosk.settle()
    assert kiosk.keyboard.text == "child"
    assert focused(kiosk), "the focus stays on the keyboard though its key is dimmed"
    assert kiosk.keys()[focused(kiosk)].isEnabled()


def test_letters_on_a_plugged_keyboard_go_with_the_script(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("ko")
    kiosk.keyboard.take_focus()
    QTest.keyClicks(QApplication.focusWidget(), "qkdwo")
    assert kiosk.keyboard.text == "방재"
    kiosk.translator.activate("ja")
    kiosk.screen.forget()
    kiosk.keyboard.take_focus()
    QTest.keyClicks(QApplication.focusWidget(), "bo")
    kiosk.settle()
    assert kiosk.keyboard.text == "bo"
    assert kiosk.keyboard.script is Script.LATIN


def test_chords_are_left_to_the_window(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("en")
    kiosk.keyboard.take_focus()
    for modifier in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier):
        kiosk.press(Key.Key_A, modifier)
    kiosk.press(Key.Key_Escape)
    assert kiosk.keyboard.text == ""


def test_tab_stops_at_one_key(open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk("en")
    stops = [name for name, key in kiosk.keys().items() if key.focusPolicy() != Qt.FocusPolicy.NoFocus]
    assert len(stops) == 1


# -- sizes and looks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text_size", [100, 200])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("script", SCRIPTS)
def test_keys_are_large_and_apart_and_within_the_keyboard(
    script: str, size: tuple[int, int], text_size: int, open_kiosk: OpenKiosk
) -> None:
    kiosk = open_kiosk("en", size, text_size=text_size)
    kiosk.keyboard.choose(Script(script))
    kiosk.settle()
    places = {name: key.geometry() for name, key in kiosk.keys().items()}
    assert set(places) == {cell.key for cell in ARRANGEMENTS[Script(script)][0].cells}
    for name, place in places.items():
        assert min(place.width(), place.height()) >= SIDE, name
        assert kiosk.keyboard.rect().contains(place), name
        apart = place.adjusted(-4, -4, 4, 4)
        assert [other for other in places if other != name and places[other].intersects(apart)] == [], name
    assert kiosk.keyboard.wide is (size == LANDSCAPE)


@pytest.mark.parametrize("side", [54, 72, 81])
@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE, (1920, 1080), (1366, 768)])
def test_keys_fit_screens_of_other_sizes(side: int, size: tuple[int, int], open_kiosk: OpenKiosk) -> None:
    if side == 81 and size in (LANDSCAPE, (1366, 768)):
        pytest.skip("20 mm are 81 pixels on a screen of 21.5 inches and 1920 x 1080 pixels alone")
    kiosk = open_kiosk("en", size, side=side)
    for script in Script:
        kiosk.keyboard.choose(script)
        kiosk.settle()
        for name, key in kiosk.keys().items():
            assert min(key.width(), key.height()) >= side, name
            assert kiosk.keyboard.rect().contains(key.geometry()), name
    assert kiosk.keyboard.height() < size[1] / 2


def test_both_arrangements_have_the_same_keys() -> None:
    for script, (tall, wide) in ARRANGEMENTS.items():
        assert sorted(cell.key for cell in tall.cells) == sorted(cell.key for cell in wide.cells), script


@pytest.mark.parametrize("tag", TAGS)
def test_every_key_has_a_name_that_holds_its_words(tag: str, open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk(tag)
    names = []
    for script in Script:
        kiosk.keyboard.choose(script)
        for key in kiosk.keys().values():
            spoken = QAccessible.queryAccessibleInterface(key)
            name = spoken.text(QAccessible.Text.Name)
            assert name
            assert spoken.role() in (QAccessible.Role.PushButton, QAccessible.Role.CheckBox), name
            if key.label not in "゛゜小ー":
                assert key.label in name
            names.append(name)
    if tag == "en":
        assert {"Delete one character", "Delete all", "Voiced sound mark", "か", "ㅂ"} <= set(names)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_a_live_key_has_a_border_in_the_themes_colour_and_a_dimmed_one_has_none(
    theme: str, open_kiosk: OpenKiosk
) -> None:
    kiosk = open_kiosk("en", theme=theme)
    kiosk.type("b")
    colours = kiosk.appearance.theme.colours

    def edge(name: str) -> QImage:
        return kiosk.keys()[name].grab().toImage()

    live, dimmed = edge("o"), edge("0")
    assert "0" in kiosk.dimmed()
    middle = live.height() // 2
    assert near(live.pixelColor(0, middle), QColor(colours["border"]))
    assert dimmed.pixelColor(0, middle) == QColor(colours["ground"])


def near(one: QColor, other: QColor) -> bool:
    return max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue())) < 30


@pytest.mark.parametrize("text_size", [100, 200])
@pytest.mark.parametrize("tag", TAGS)
def test_the_words_on_keys_are_within_them(tag: str, text_size: int, open_kiosk: OpenKiosk) -> None:
    kiosk = open_kiosk(tag, text_size=text_size)
    ground = QColor(kiosk.appearance.theme.colours["ground"])
    for name in (DELETE, CLEAR):
        picture = kiosk.keys()[name].grab().toImage()
        inside = QRect(4, 12, 1, picture.height() - 24)
        for y in range(inside.top(), inside.bottom()):
            assert picture.pixelColor(4, y) == picture.pixelColor(picture.width() - 5, y) == ground, name
