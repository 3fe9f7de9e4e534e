"""Find in page: what is found, how it is marked and said, and what the keys do."""

from collections.abc import Callable
from itertools import pairwise, permutations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QKeySequence, QShortcut, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTextEdit, QToolButton, QVBoxLayout, QWidget
from shiboken6 import delete

from minato_viewer.language.catalogues import Messages
from minato_viewer.language.folding import fold
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.compose import Composer
from minato_viewer.planfile.reader import Plan
from minato_viewer.services import theme
from minato_viewer.services.translator import Translator
from minato_viewer.ui.shell.dress import dress, set_language_font
from minato_viewer.ui.shell.find_bar import BOX_WIDTH, LONGEST_TAKEN, ROOM, SIDE, FindBar
from minato_viewer.ui.shell.page_view import PageView
from minato_viewer.viewmodel.folded_text import FoldedText
from minato_viewer.viewmodel.page_document import PageDocument
from tests.gui.desk import TODAY, delete_now, focus_is
from tests.gui.pseudo import mark, pseudo_messages
from tests.gui.strings import differences, snapshot

KEYS = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
LONG = "\n".join(f"{number}行目の防災" if number % 10 == 0 else f"{number}行目" for number in range(200))
"""Twenty hits, far apart."""


def units(text: str) -> int:
    """Return the length of a text as Qt counts it."""
    return len(text.encode("utf-16-le")) // 2


class Reader(QObject):
    """A page with its find bar as a face holds them, and what somebody does with it."""

    def __init__(self, tag: str, size: tuple[int, int]) -> None:
        super().__init__()
        self.translator = Translator(tag, self)
        self.translator.teach_qt()
        self.theme = theme.load()
        dress(QApplication.instance(), self.theme, tag)
        self.translator.changed.connect(self._set_font)
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.view = PageView(self.window)
        self.bar = FindBar(self.view, self.translator, self.window)
        self.bar.set_theme(self.theme)
        column.addWidget(self.bar)
        column.addWidget(self.view, 1)
        column.addWidget(QPushButton("Another", self.window))
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window, 5000)
        self.view.setFocus()

    def _set_font(self) -> None:
        set_language_font(QApplication.instance(), self.theme, self.translator.tag)

    # -- pages -----------------------------------------------------------------------------------

    def show_text(self, text: str) -> QTextDocument:
        document = QTextDocument(self.view)
        document.setPlainText(text)
        return self._put(document)

    def show_entry(
        self, plan: Plan, code: str, messages: Messages | None = None, *, own_words: bool = False
    ) -> QTextDocument:
        page = Composer(plan, TODAY).page(code, messages or self.translator.messages, own_words=own_words)
        return self._put(PageDocument(page, self.theme, self.view))

    def _put(self, document: QTextDocument) -> QTextDocument:
        self.view.setDocument(document)
        QApplication.processEvents()
        return document

    # -- what is done ----------------------------------------------------------------------------

    def find(self, words: str) -> None:
        self.bar.open()
        self.box.setText(words)
        QApplication.processEvents()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)
        QApplication.processEvents()

    def select(self, start: int, end: int) -> None:
        cursor = QTextCursor(self.view.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.view.setTextCursor(cursor)

    # -- what can be seen ------------------------------------------------------------------------

    @property
    def box(self) -> QLineEdit:
        return self.bar.findChild(QLineEdit, "find_words")

    @property
    def count(self) -> str:
        return self.bar.findChild(QLabel, "find_count").text()

    def button(self, name: str) -> QToolButton:
        return self.bar.findChild(QToolButton, f"find_{name}")

    def marks(self) -> list[QTextEdit.ExtraSelection]:
        return self.view.extraSelections()

    def marked(self) -> list[str]:
        return [mark.cursor.selectedText() for mark in self.marks()]

    def current(self) -> list[int]:
        """Return the places of the marks that stand out, counted from 0."""
        return [number for number, mark in enumerate(self.marks()) if mark.format.fontOverline()]

    def place(self) -> QRect:
        """Return where on the viewport the current hit begins."""
        marks = self.marks()
        cursor = QTextCursor(marks[self.current()[0]].cursor)
        cursor.setPosition(cursor.selectionStart())
        return self.view.cursorRect(cursor)


OpenReader = Callable[..., Reader]


@pytest.fixture
def open_reader(dressed: QApplication, qtbot) -> OpenReader:
    del dressed
    readers: list[Reader] = []  # kept until the test ends

    def open_one(tag: str = "en", size: tuple[int, int] = (800, 500)) -> Reader:
        reader = Reader(tag, size)
        readers.append(reader)
        qtbot.addWidget(reader.window)
        return reader

    return open_one


@pytest.fixture
def reader(open_reader: OpenReader) -> Reader:
    return open_reader()


# -- what is found -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("SDGs と sdgs", "sdGS", ["SDGs", "sdgs"]),
        ("ＳＤＧｓの目標", "sdgs", ["ＳＤＧｓ"]),
        ("SDGsの目標", "ｓｄｇｓ", ["SDGs"]),
        ("まちづくりとマチヅクリ", "まちづくり", ["まちづくり", "マチヅクリ"]),
        ("まちづくりとマチヅクリ", "マチヅクリ", ["まちづくり", "マチヅクリ"]),
        ("前ｶﾞｰﾄﾞ後", "がーど", ["ｶﾞｰﾄﾞ"]),
        ("前ｶﾞｰﾄﾞ後", "後", ["後"]),
        ("か\u3099く", "がく", ["か\u3099く"]),
        ("がく", "か\u3099く", ["がく"]),
        ("㍻30年", "平成30", ["㍻30"]),
        ("㍻30年", "成", ["㍻"]),
        ("㍻30年", "年", ["年"]),
        ("ﬁnance ﬁre", "fi", ["ﬁ", "ﬁ"]),
        ("ﬁnance", "in", ["ﬁn"]),
        ("oﬃce", "f", ["ﬃ"]),
        ("Straße", "STRASSE", ["Straße"]),
        ("𠮷野家と𩸽、防災", "防災", ["防災"]),
        ("𠮷野家と𩸽、防災", "𩸽", ["𩸽"]),
        ("한국어 안내", "안내", ["안내"]),
        ("\u1112\u1161\u11ab국", "한국", ["\u1112\u1161\u11ab국"]),
        ("防災防災防災", "防災", ["防災", "防災", "防災"]),
        ("ああああ", "ああ", ["ああ", "ああ"]),
        ("2021～2023", "2021〜2023", ["2021～2023"]),
        ("防災\n対策", "防災対策", []),
        ("防 災\u3000対策", " ", []),
        ("防 災\u3000対策", "\u3000", []),
        ("防災", "", []),
        ("か", "が", []),
        ("ｶﾞ", "か", []),
        ("億", "亿", ["億"]),
    ],
)
def test_words_are_found_on_their_own_characters(reader: Reader, text: str, words: str, found: list[str]) -> None:
    reader.show_text(text)
    reader.find(words)
    assert reader.marked() == found


@settings(deadline=None, max_examples=300)
@example("a\u0315\u0300")  # the second accent changes places with the first and melts into the letter
@given(st.text(st.characters() | st.sampled_from("ｶﾞﾟ\u3099\u0301㍻ﬁÅ\u1112\u1161\u11abがか𠮷"), max_size=40))
def test_what_is_searched_is_the_folded_text_itself(text: str) -> None:
    assert FoldedText(text).folded == fold(text)


parts = st.lists(st.sampled_from(["防", "災", "か", "ガ", "ｶﾞ", "S", "Ｇ", "～", "㍻", "ﬁ", "𠮷", " "]), max_size=5)


@settings(deadline=None, max_examples=300)
@given(parts, parts, parts)
def test_a_part_of_a_text_is_found_where_it_stands(before: list[str], part: list[str], after: list[str]) -> None:
    words, text = "".join(part), "|".join("".join(some) for some in (before, part, after))
    start = units("".join(before)) + 1
    hits = FoldedText(text).find(words)
    assert (start, start + units(words)) in hits if words.strip() else hits == []


@settings(deadline=None, max_examples=200)
@given(
    st.text(st.sampled_from("あいｶﾞ㍻ﬁ𠮷"), max_size=30), st.text(st.sampled_from("あいがf平"), min_size=1, max_size=2)
)
def test_hits_are_in_order_and_none_is_within_another(text: str, words: str) -> None:
    hits = FoldedText(text).find(words)
    assert all(one.start < one.end <= other.start for one, other in pairwise(hits))


@pytest.mark.parametrize("tag", TAGS)
def test_the_words_of_real_pages_are_found(open_reader: OpenReader, plan: Plan, tag: str) -> None:
    reader = open_reader(tag)
    for code, words in (("2021/issue/2", "あらゆる危機"), ("2024/measure/disaster", "灾"), ("2021/policy/24", "24")):
        document = reader.show_entry(plan, code, own_words=True)
        reader.find(words)
        assert len(reader.marked()) == fold(document.toPlainText()).count(fold(words)) > 0
        assert set(map(fold, reader.marked())) == {fold(words)}
        reader.bar.shut()


# -- how it is marked ----------------------------------------------------------------------------


def test_every_hit_is_marked_in_the_colours_of_the_theme_and_one_stands_out(reader: Reader) -> None:
    reader.show_text("防災、防災、防災")
    reader.find("防災")
    colours = reader.theme.colours
    for number, one in enumerate(reader.marks()):
        name = "hit_now" if number == 0 else "hit"
        assert one.format.background().color().name() == colours[f"{name}_ground"]
        assert one.format.foreground().color().name() == colours[f"{name}_ink"]
        assert one.format.fontUnderline() == one.format.fontOverline() == (number == 0), "no colour alone"
        dashed = one.format.underlineStyle() == QTextCharFormat.UnderlineStyle.DashUnderline
        assert dashed == (number != 0), "its ground is too pale to be seen"


def test_the_marks_are_painted(reader: Reader) -> None:
    reader.show_text("防災、防災")
    reader.find("防災")
    shown = reader.view.viewport().grab().toImage()
    seen = {shown.pixelColor(x, y).name() for x in range(shown.width()) for y in range(100)}
    assert {reader.theme.colours["hit_ground"], reader.theme.colours["hit_now_ground"]} <= seen


def test_another_theme_colours_the_marks_that_there_are(reader: Reader) -> None:
    reader.show_text("防災、防災")
    reader.find("防災")
    reader.press(KEYS.Key_Return)
    dark = theme.load("dark")
    assert dark.colours["hit_ground"] != reader.theme.colours["hit_ground"]
    reader.bar.set_theme(dark)
    assert [one.format.background().color().name() for one in reader.marks()] == [
        dark.colours["hit_ground"],
        dark.colours["hit_now_ground"],
    ]
    assert reader.current() == [1]


def test_marks_of_others_stay_where_they_are(reader: Reader) -> None:
    document = reader.show_text("防災、防災")
    other = QTextEdit.ExtraSelection()
    other.cursor = QTextCursor(document)
    other.cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 3)
    other.format = QTextCharFormat()
    other.format.setBackground(QColor("#123456"))
    reader.view.setExtraSelections([other])
    reader.find("防災")
    assert reader.marked() == ["防災、", "防災", "防災"]
    reader.press(KEYS.Key_Return)
    reader.show_text("環境と防災")
    assert reader.marked() == ["防災"], "a mark of another page is on this one"
    other.cursor = QTextCursor(reader.view.document())
    other.cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 3)
    reader.view.setExtraSelections([other, *reader.marks()])
    reader.press(KEYS.Key_Escape)
    assert reader.marked() == ["環境と"]
    assert reader.marks()[0].format.background().color().name() == "#123456"


# -- going from hit to hit -----------------------------------------------------------------------


def test_keys_and_buttons_go_on_and_back_and_round_and_it_is_said_in_words(reader: Reader) -> None:
    reader.show_text("防災、防災、防災")
    reader.find("防災")
    assert (reader.current(), reader.count) == ([0], "1 of 3")
    reader.press(KEYS.Key_Return)
    assert (reader.current(), reader.count) == ([1], "2 of 3")
    reader.press(KEYS.Key_Enter)
    assert (reader.current(), reader.count) == ([2], "3 of 3")
    reader.press(KEYS.Key_Return)
    assert (reader.current(), reader.count) == ([0], "1 of 3, from the top again")
    reader.press(KEYS.Key_Return)
    assert (reader.current(), reader.count) == ([1], "2 of 3")
    reader.press(KEYS.Key_Return, SHIFT)
    assert (reader.current(), reader.count) == ([0], "1 of 3")
    reader.press(KEYS.Key_Return, SHIFT)
    assert (reader.current(), reader.count) == ([2], "3 of 3, from the end again")
    reader.button("next").click()
    assert (reader.current(), reader.count) == ([0], "1 of 3, from the top again")
    reader.button("previous").click()
    assert (reader.current(), reader.count) == ([2], "3 of 3, from the end again")
    assert reader.button("next").isEnabled()
    assert reader.button("previous").isEnabled()


def test_enter_on_a_button_does_what_the_button_does(reader: Reader) -> None:
    reader.show_text("防災、防災、防災")
    reader.find("防災")
    reader.button("previous").setFocus(Qt.FocusReason.TabFocusReason)
    reader.press(KEYS.Key_Return)
    assert reader.current() == [2]
    reader.press(KEYS.Key_Space)
    assert reader.current() == [1]
    reader.button("close").setFocus(Qt.FocusReason.TabFocusReason)
    reader.press(KEYS.Key_Return)
    assert reader.bar.isHidden()


def test_hits_come_as_one_types_and_the_place_is_kept_while_the_words_grow(reader: Reader) -> None:
    reader.show_text("ai, disaster, dish, disaster")
    reader.find("")
    assert (reader.count, reader.marks()) == ("", [])
    QTest.keyClicks(reader.box, "di")
    assert (reader.count, reader.marked()) == ("1 of 3", ["di", "di", "di"])
    reader.press(KEYS.Key_Return)
    reader.press(KEYS.Key_Return)
    QTest.keyClicks(reader.box, "sa")
    assert (reader.count, reader.marked()) == ("2 of 2", ["disa", "disa"])
    QTest.keyClicks(reader.box, "x")
    assert (reader.count, reader.marked()) == ("Not on this page", [])
    reader.press(KEYS.Key_Backspace)
    assert (reader.count, reader.current()) == ("2 of 2", [1])


def test_what_stands_only_above_the_place_is_found_from_the_top_again(reader: Reader) -> None:
    reader.show_text("防災" + "\n行" * 200)
    reader.view.verticalScrollBar().setValue(reader.view.verticalScrollBar().maximum())
    reader.find("防災")
    assert reader.count == "1 of 1, from the top again"
    assert reader.view.verticalScrollBar().value() == 0


def test_nothing_found_leaves_nothing_to_press_and_the_focus_in_the_bar(reader: Reader) -> None:
    reader.show_text("防災")
    reader.find("防災")
    reader.button("next").setFocus(Qt.FocusReason.TabFocusReason)
    reader.show_text("環境")
    assert not reader.button("next").isEnabled()
    assert not reader.button("previous").isEnabled()
    assert focus_is(reader.box)
    reader.press(KEYS.Key_Return)
    assert reader.count == "Not on this page"


def test_every_hit_is_brought_into_sight_with_room_above_it(reader: Reader) -> None:
    reader.show_text(LONG)
    reader.find("防災")
    bar = reader.view.verticalScrollBar()
    for number in range(20):
        assert reader.current() == [number]
        place, height = reader.place(), reader.view.viewport().height()
        assert place.bottom() < height, "below what can be seen"
        assert place.top() >= min(ROOM, height // 4) or bar.value() == 0, "no room above"
        reader.press(KEYS.Key_Return)
    for number in reversed(range(1, 20)):
        reader.press(KEYS.Key_Return, SHIFT)
        assert reader.current() == [number]
        assert reader.place().top() >= min(ROOM, reader.view.viewport().height() // 4)


def test_a_hit_that_is_in_sight_does_not_move_the_page(reader: Reader) -> None:
    reader.show_text("\n".join("防災" for _ in range(100)))
    reader.find("防災")
    bar = reader.view.verticalScrollBar()
    moved = set()
    for _ in range(8):
        reader.press(KEYS.Key_Return)
        moved.add(bar.value())
    assert moved == {0}


def test_the_bar_covers_no_hit_when_it_opens(open_reader: OpenReader) -> None:
    """With large letters in a narrow window it is higher than the room that hits are given."""
    reader = open_reader("en", (320, 800))
    reader.theme = theme.load("light", 200)
    dress(QApplication.instance(), reader.theme, "en")
    reader.bar.set_theme(reader.theme)
    for line in range(40):
        reader.show_text("行\n" * line + "防災\n" + "行\n" * 40)
        reader.find("防災")
        QApplication.processEvents()
        assert 0 <= reader.place().top() <= reader.place().bottom() < reader.view.viewport().height(), line
        reader.press(KEYS.Key_Escape)
        reader.view.moveCursor(QTextCursor.MoveOperation.Start)
        reader.view.verticalScrollBar().setValue(0)
        reader.bar.open()
        QApplication.processEvents()
        assert 0 <= reader.place().top() <= reader.place().bottom() < reader.view.viewport().height(), line
        reader.press(KEYS.Key_Escape)


def test_the_search_begins_where_the_reader_is(reader: Reader) -> None:
    reader.show_text(LONG)
    bar = reader.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    reader.find("防災")
    assert 8 <= reader.current()[0] <= 12
    assert abs(bar.value() - before) < reader.view.viewport().height()


# -- opening and closing -------------------------------------------------------------------------


def test_the_bar_is_hidden_until_it_is_opened(reader: Reader) -> None:
    reader.show_text("防災")
    assert reader.bar.isHidden()
    reader.bar.open()
    assert reader.bar.isVisible()
    assert focus_is(reader.box)
    assert reader.marks() == []


def test_it_takes_the_selected_words_and_begins_with_them(reader: Reader) -> None:
    reader.show_text("環境と防災、防災")
    reader.select(6, 8)
    reader.bar.open()
    assert reader.box.text() == reader.box.selectedText() == "防災"
    assert (reader.current(), reader.count) == ([1], "2 of 2")
    assert not reader.view.textCursor().hasSelection(), "it would be painted over the marks"
    reader.press(KEYS.Key_Escape)
    reader.select(0, 2)
    reader.bar.open()
    assert reader.box.text() == "環境"


def test_of_a_long_selection_it_takes_the_first_line(reader: Reader) -> None:
    reader.show_text(f"  \n  防災 対策 \n環境\n{'長' * 500}")
    reader.select(0, 14)
    reader.bar.open()
    assert (reader.box.text(), reader.count) == ("防災 対策", "1 of 1")
    reader.press(KEYS.Key_Escape)
    reader.select(15, 510)
    reader.bar.open()
    assert reader.box.text() == "長" * LONGEST_TAKEN
    assert reader.count == "1 of 5"


def test_without_a_selection_it_offers_the_words_of_before(reader: Reader) -> None:
    reader.show_text("防災、環境")
    reader.find("環境")
    reader.press(KEYS.Key_Escape)
    reader.view.moveCursor(QTextCursor.MoveOperation.Start)
    reader.bar.open()
    assert reader.box.selectedText() == "環境"
    assert reader.marked() == ["環境"]


def test_opening_it_once_more_goes_back_to_the_box(reader: Reader) -> None:
    reader.show_text("防災、環境")
    reader.find("環境")
    reader.view.setFocus()
    reader.bar.open()
    assert focus_is(reader.box)
    assert reader.box.selectedText() == "環境"
    assert reader.marked() == ["環境"]


@pytest.mark.parametrize("way", ["Esc in the box", "Esc in the page", "the button"])
def test_closing_goes_back_to_the_page_with_the_hit_selected(reader: Reader, way: str) -> None:
    reader.show_text(LONG)
    reader.find("防災")
    for _ in range(5):
        reader.press(KEYS.Key_Return)
    place = reader.view.verticalScrollBar().value()
    if way == "the button":
        QTest.mouseClick(reader.button("close"), Qt.MouseButton.LeftButton)
    else:
        (reader.box if way == "Esc in the box" else reader.view).setFocus()
        reader.press(KEYS.Key_Escape)
    assert reader.bar.isHidden()
    assert focus_is(reader.view)
    assert reader.marks() == []
    assert reader.view.textCursor().selectedText() == "防災"
    assert reader.view.textCursor().block().text() == "50行目の防災"
    QApplication.processEvents()
    assert reader.view.verticalScrollBar().value() == place


def test_esc_in_the_page_is_the_pages_own_while_the_bar_is_closed(reader: Reader) -> None:
    reader.show_text("防災")
    reader.find("防災")
    reader.press(KEYS.Key_Escape)
    reader.select(0, 1)
    reader.press(KEYS.Key_Escape)
    assert reader.view.textCursor().selectedText() == "防", "nothing was closed twice"
    reader.bar.shut()
    assert reader.view.textCursor().selectedText() == "防"
    heard: list[bool] = []
    of_the_window = QShortcut(QKeySequence("Esc"), reader.window)
    of_the_window.activated.connect(lambda: heard.append(True))
    reader.press(KEYS.Key_Escape)
    assert heard == [True]


def test_closing_without_a_hit_selects_nothing(reader: Reader) -> None:
    reader.show_text("防災")
    reader.find("環境")
    reader.press(KEYS.Key_Escape)
    assert not reader.view.textCursor().hasSelection()
    assert focus_is(reader.view)


def test_a_reader_who_scrolled_away_stays_there_on_closing(reader: Reader) -> None:
    reader.show_text(LONG)
    reader.find("防災")
    bar = reader.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    reader.press(KEYS.Key_Escape)
    QApplication.processEvents()
    assert bar.value() == bar.maximum()


def test_the_next_visitor_finds_nothing_of_what_was_looked_for(reader: Reader) -> None:
    reader.show_text("相談、相談")
    for closed in (False, True):
        reader.find("相談")
        if closed:
            reader.press(KEYS.Key_Escape)
        reader.bar.forget()
        assert reader.bar.isHidden()
        assert reader.marks() == []
        assert reader.box.text() == ""
        assert not reader.box.isUndoAvailable()
        assert reader.count == ""


# -- other pages ---------------------------------------------------------------------------------


def test_another_page_is_searched_anew_and_does_not_move(reader: Reader) -> None:
    reader.show_text(LONG)
    reader.find("防災")
    reader.press(KEYS.Key_Return)
    reader.show_text("\n" * 100 + "防災\n" * 30)
    assert len(reader.marks()) == 30
    assert reader.view.verticalScrollBar().value() == 0
    assert focus_is(reader.box)
    reader.show_text("環境")
    assert (reader.marks(), reader.count) == ([], "Not on this page")
    reader.show_text("防災")
    assert (reader.marked(), reader.count) == (["防災"], "1 of 1")


def test_another_entry_begins_with_its_first_hit_and_shows_it_first(reader: Reader, plan: Plan) -> None:
    reader.window.resize(800, 300)
    reader.show_entry(plan, "2021/issue/2")
    reader.find("the supplied")  # at the foot of every page
    assert reader.count == "1 of 1"
    reader.show_entry(plan, "2021/issue/3")
    reader.view.verticalScrollBar().setValue(0)
    assert reader.place().top() > reader.view.viewport().height(), "the hit must be out of sight for this test"
    reader.press(KEYS.Key_Return)
    assert reader.count == "1 of 1", "the first hit was passed over unseen"
    assert 0 < reader.place().bottom() < reader.view.viewport().height()
    reader.press(KEYS.Key_Return)
    assert reader.count == "1 of 1, from the top again"


def test_a_hit_of_another_page_that_is_in_sight_is_passed(reader: Reader) -> None:
    reader.show_text("防災、防災")
    reader.find("防災")
    reader.show_text("防災、防災、防災")
    reader.press(KEYS.Key_Return)
    assert reader.count == "2 of 3"


def test_the_same_entry_in_another_language_keeps_the_number_of_its_hit(reader: Reader, plan: Plan) -> None:
    reader.show_entry(plan, "2021/issue/2")
    reader.find("0")
    reader.press(KEYS.Key_Return)
    reader.press(KEYS.Key_Return)
    assert reader.count.startswith("3 of ")
    reader.show_entry(plan, "2021/issue/2", pseudo_messages("ja"))
    assert reader.current() == [2]
    reader.show_entry(plan, "2021/issue/3")
    assert reader.current() == [0]


def test_an_old_page_is_not_touched(reader: Reader) -> None:
    """Deleted before or after it is known that there is another one, or kept and looked at."""
    old = reader.show_text("防災" * 50)
    reader.find("防災")
    revision = old.revision()
    new = QTextDocument(reader.view)
    new.setPlainText("環境と防災")
    reader.view.setDocument(new)
    delete(old)
    assert reader.marked() == ["防災"]
    assert all(one.cursor.document() == new for one in reader.marks())
    assert new.revision() == QTextDocument("環境と防災").revision() == revision
    newest = QTextDocument(reader.view)
    newest.setPlainText("防災")
    reader.view.setDocument(newest)
    delete(new)
    delete_now()
    reader.press(KEYS.Key_Return)
    reader.press(KEYS.Key_Escape)
    assert reader.view.textCursor().selectedText() == "防災"


def test_a_page_that_changes_while_the_bar_is_closed_costs_nothing(reader: Reader, monkeypatch) -> None:
    def forbidden(*_: object) -> None:
        raise AssertionError

    reader.show_text("防災")
    reader.find("防災")
    reader.press(KEYS.Key_Escape)
    monkeypatch.setattr("minato_viewer.ui.shell.find_bar.FoldedText", forbidden)
    reader.show_text("防災")
    assert reader.marks() == []


def test_a_long_page_with_many_hits_is_marked_whole(reader: Reader) -> None:
    reader.show_text("防災の対策\n" * 2000)
    reader.find("防災")
    assert reader.count == "1 of 2000"
    reader.press(KEYS.Key_Return, SHIFT)
    assert reader.count == "2000 of 2000, from the end again"
    assert 0 < reader.place().bottom() < reader.view.viewport().height()


# -- what is said --------------------------------------------------------------------------------


def test_everything_has_a_name_for_those_who_do_not_see_it(reader: Reader) -> None:
    spoken = {
        widget.objectName(): QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        for widget in (reader.bar, reader.box, *reader.bar.findChildren(QToolButton))
    }
    assert spoken == {
        "find_bar": "Find in page",
        "find_words": "Find in page",
        "find_previous": "Previous hit",
        "find_next": "Next hit",
        "find_close": "Close",
    }
    assert reader.button("previous").toolTip() == "Previous hit (key Shift+Enter)"


def test_the_count_is_read_out_once_typing_rests(reader: Reader, qtbot, monkeypatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr("minato_viewer.ui.shell.find_bar.announce", lambda _, sentence: heard.append(sentence))
    reader.show_text("防災、防災")
    reader.find("")
    for letters in ("防", "防災", "防災対", "防災"):
        reader.box.setText(letters)
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["1 of 2"]
    reader.press(KEYS.Key_Return, SHIFT)
    qtbot.waitUntil(lambda: len(heard) == 2)
    reader.box.setText("環境")
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert heard[1:] == ["2 of 2, from the end again", "Not on this page"]
    reader.box.setText("防災")
    reader.press(KEYS.Key_Escape)
    qtbot.wait(400)
    assert len(heard) == 3, "nothing is said of a bar that is gone"


def test_a_screen_reader_that_listens_is_told(reader: Reader, qtbot) -> None:
    QAccessible.setActive(True)
    try:
        reader.show_text("防災")
        reader.find("防災")
        qtbot.wait(400)
    finally:
        QAccessible.setActive(False)


@pytest.fixture
def marked_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Interface texts that say which language they are in."""
    monkeypatch.setattr("minato_viewer.services.translator.messages", pseudo_messages)


def found_some(reader: Reader) -> None:
    reader.show_text("防災、防災、防災")
    reader.find("防災")
    reader.press(KEYS.Key_Return)


def gone_round(reader: Reader) -> None:
    found_some(reader)
    reader.press(KEYS.Key_Return)
    reader.press(KEYS.Key_Return)


def found_none(reader: Reader) -> None:
    reader.show_text("環境")
    reader.find("防災")
    reader.view.setFocus()


def closed_again(reader: Reader) -> None:
    found_some(reader)
    reader.press(KEYS.Key_Escape)


def never_opened(reader: Reader) -> None:
    reader.show_text("防災")


@pytest.mark.parametrize("state", [found_some, gone_round, found_none, closed_again, never_opened])
@pytest.mark.parametrize("pair", list(permutations(TAGS, 2)), ids="-to-".join)
def test_a_switched_bar_equals_one_built_in_that_language(
    open_reader: OpenReader, marked_messages: None, pair: tuple[str, str], state: Callable[[Reader], None]
) -> None:
    first, second = pair
    wanted = open_reader(second)
    state(wanted)
    there = snapshot(wanted.bar)
    focus = QApplication.focusWidget().objectName()
    wanted.window.hide()
    reader = open_reader(first)
    state(reader)
    before = (reader.marked(), reader.current(), reader.box.text(), QApplication.focusWidget())
    reader.translator.activate(second)
    QApplication.processEvents()
    assert (reader.marked(), reader.current(), reader.box.text(), QApplication.focusWidget()) == before
    assert QApplication.focusWidget().objectName() == focus
    here = snapshot(reader.bar)
    assert differences(here, there) == []
    left = [text for text in here.values() if mark(first) in str(text)]
    assert left == []


# -- room ----------------------------------------------------------------------------------------


def cut(reader: Reader) -> list[str]:
    """Return what of the bar is too small, covered or outside."""
    found: list[str] = []
    parts = [part for part in reader.bar.findChildren(QWidget) if part.isVisible() and part.parent() is reader.bar]
    for number, part in enumerate(parts):
        room = QRect(part.mapTo(reader.window, QPoint()), part.size())
        if not reader.window.rect().contains(room):
            found.append(f"{part.objectName()} is outside")
        if any(
            room.intersects(QRect(other.mapTo(reader.window, QPoint()), other.size())) for other in parts[number + 1 :]
        ):
            found.append(f"{part.objectName()} is covered")
        height = part.heightForWidth(part.width()) if part.hasHeightForWidth() else part.sizeHint().height()
        if height > part.height():
            found.append(f"{part.objectName()} is too low")
        if isinstance(part, QLabel) and not part.wordWrap() and part.sizeHint().width() > part.width():
            found.append(f"{part.objectName()} is too narrow")
    return found


@pytest.mark.parametrize("text_size", [100, 150, 200])
@pytest.mark.parametrize("width", [320, 420, 520, 640, 900])
@pytest.mark.parametrize("tag", TAGS)
def test_the_bar_fits_and_does_not_move_while_it_counts(
    open_reader: OpenReader, tag: str, width: int, text_size: int
) -> None:
    reader = open_reader(tag, (width, 500))
    reader.theme = theme.load("light", text_size)
    dress(QApplication.instance(), reader.theme, tag)
    reader.bar.set_theme(reader.theme)
    reader.show_text("あいうえお防災" * 60)
    reader.find("防")
    height = reader.bar.height()
    places = {name: reader.button(name).pos() for name in ("previous", "next", "close")}
    for words, go in (
        ("防", None),
        ("防", reader.bar.go_previous),
        ("", None),
        ("環境", None),
        ("災", reader.bar.go_next),
    ):
        reader.box.setText(words)
        if go is not None:
            go()
        for _ in range(3):
            QApplication.processEvents()  # a line more reaches the window by way of the bar
        assert cut(reader) == []
        assert {name: reader.button(name).pos() for name in places} == places
        assert reader.box.width() >= BOX_WIDTH
        if width >= 420 and text_size == 100:
            assert reader.bar.height() == height, "the page jumps"


def test_buttons_are_large_enough_to_hit(reader: Reader) -> None:
    reader.show_text("防災")
    reader.find("防災")
    for tag in TAGS:
        reader.translator.activate(tag)  # puts the style sheet on anew
        QApplication.processEvents()
        for name in ("previous", "next", "close"):
            assert reader.button(name).width() >= SIDE
            assert reader.button(name).height() >= SIDE


def test_the_page_can_get_narrower_than_the_bar_is(reader: Reader) -> None:
    reader.window.resize(1200, 500)
    reader.show_text("防災")
    reader.find("防災")
    assert reader.window.minimumSizeHint().width() <= 320
    row = reader.bar.height()
    reader.window.resize(320, 500)
    QApplication.processEvents()
    assert reader.bar.height() > row, "the count is below the box now"
    reader.window.resize(1200, 500)
    QApplication.processEvents()
    assert reader.bar.height() == row
