"""Find in page: what is found, how it is marked and said, and what the keys do."""

from collections.abc import Callable
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget
from shiboken6 import delete

from minato_viewer.language.catalogues import Messages
from minato_viewer.language.folding import fold
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.compose import Composer
from minato_viewer.planfile.reader import Plan
from minato_viewer.services import theme
from minato_viewer.services.translator import Translator
from minato_viewer.ui.shell.dress import dress, set_language_font
from minato_viewer.ui.shell.find_bar import BOX_WIDTH, LONGEST_TAKEN, ROOM, SIDE, FindBar, FoldedText
from minato_viewer.ui.shell.page_pane import PageView
from minato_viewer.viewmodel.page_document import PageDocument
from tests.gui.desk import TODAY, delete_now, focus_is
from tests.gui.pseudo import mark, pseudo_messages
from tests.gui.strings import differences, snapshot

KEYS = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
LONG = "\n".join(f"{number}行目の防災" if number % 10 == 0 else f"{number}行目" for number in range(200))
"""Twenty hits, far apart."""


class Reader(QWidget):
    """A page with its find bar as a face holds them, and what somebody does with it."""

    def __init__(self, tag: str, size: tuple[int, int]) -> None:
        super().__init__()
        self.translator = Translator(tag, self)
        self.theme = theme.load()
        dress(QApplication.instance(), self.theme, tag)
        self.translator.changed.connect(self._set_font)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.view = PageView(self)
        self.bar = FindBar(self.view, self.translator, self)
        self.bar.set_theme(self.theme)
        column.addWidget(self.bar)
        column.addWidget(self.view, 1)
        self.resize(*size)
        self.show()
        self.activateWindow()
        QTest.qWaitForWindowActive(self, 5000)
        self.view.setFocus()

    def _set_font(self) -> None:
        set_language_font(QApplication.instance(), self.theme, self.translator.tag)

    # -- pages -----------------------------------------------------------------------------------

    def show_text(self, text: str) -> QTextDocument:
        document = QTextDocument(self.view)
        document.setPlainText(text)
        return self._put(document)

    def show_entry(self, plan: Plan, code: str, messages: Messages | None = None) -> QTextDocument:
        page = Composer(plan, TODAY).page(code, messages or self.translator.messages)
        return self._put(PageDocument(page, self.theme, self.view))

    def _put(self, document: QTextDocument) -> QTextDocument:
        self.view.setDocument(document)
        self.bar.page_changed()
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

    def button(self, name: str) -> QPushButton:
        return self.bar.findChild(QPushButton, f"find_{name}")

    def marks(self) -> list[QTextEdit.ExtraSelection]:
        return self.view.extraSelections()

    def marked(self) -> list[str]:
        return [mark.cursor.selectedText() for mark in self.marks()]

    def current(self) -> list[int]:
        """Return the places of the marks that stand out, counted from 0."""
        return [number for number, mark in enumerate(self.marks()) if mark.format.fontOverline()]

    def place(self) -> QRect:
        """Return where on the viewport the current hit begins."""
        cursor = QTextCursor(self.marks()[self.current()[0]].cursor)
        cursor.setPosition(cursor.selectionStart())
        return self.view.cursorRect(cursor)


OpenReader = Callable[..., Reader]


@pytest.fixture
def open_reader(dressed: QApplication, qtbot) -> OpenReader:
    del dressed

    def open_one(tag: str = "en", size: tuple[int, int] = (800, 500)) -> Reader:
        reader = Reader(tag, size)
        qtbot.addWidget(reader)
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
        ("防災", " \u3000", []),
        ("防災", "", []),
        ("か", "が", []),
        ("ｶﾞ", "か", []),
        ("億", "亿", []),
    ],
)
def test_words_are_found_on_their_own_characters(reader: Reader, text: str, words: str, found: list[str]) -> None:
    reader.show_text(text)
    reader.find(words)
    assert reader.marked() == found


@settings(deadline=None, max_examples=300)
@given(st.text(st.characters() | st.sampled_from("ｶﾞﾟ\u3099\u0301㍻ﬁÅ\u1112\u1161\u11abがか𠮷"), max_size=40))
def test_what_is_searched_is_the_folded_text_itself(text: str) -> None:
    assert FoldedText(text).folded == fold(text)


@settings(deadline=None, max_examples=300)
@given(*[st.text(st.sampled_from("防災かガｶﾞSdＧ～〜㍻ﬁ１𠮷 人"), min_size=size, max_size=6) for size in (0, 1, 0)])
def test_a_part_of_a_text_is_found_where_it_stands(before: str, part: str, after: str) -> None:
    text = f"{before}|{part}|{after}"
    units = text.encode("utf-16-le")
    for hit in FoldedText(text).find(part):
        assert fold(part) in fold(units[2 * hit.start : 2 * hit.end].decode("utf-16-le"))
    start = len(f"{before}|".encode("utf-16-le")) // 2
    end = start + len(part.encode("utf-16-le")) // 2
    if part.strip():
        assert (start, end) in FoldedText(text).find(f"|{part}|")[0]._replace() or any(
            hit.start <= start + 1 and hit.end >= start for hit in FoldedText(text).find(part)
        )


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("あいｶﾞ㍻ﬁ𠮷"), max_size=30), st.text(st.sampled_from("あいがf平"), min_size=1, max_size=2))
def test_hits_are_in_order_and_none_is_within_another(text: str, words: str) -> None:
    hits = FoldedText(text).find(words)
    assert all(one.start < one.end <= other.start for one, other in zip(hits, hits[1:], strict=False))


@pytest.mark.parametrize("tag", TAGS)
def test_the_words_of_real_pages_are_found(open_reader: OpenReader, plan: Plan, tag: str) -> None:
    reader = open_reader(tag)
    for code, words in (("2021/issue/2", "あらゆる危機"), ("2024/measure/disaster", "灾"), ("2021/policy/24", "24")):
        document = reader.show_entry(plan, code)
        reader.find(words)
        assert len(reader.marked()) == document.toPlainText().count(words) > 0
        assert set(reader.marked()) == {words}
        reader.bar.shut()
