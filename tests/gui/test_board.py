"""The point-at board: opened with a key, read in two languages, pressed, left again, and printed."""

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QScrollArea
from shiboken6 import isValid

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import OWN_NAMES, TAGS
from minato_viewer.pages import board
from minato_viewer.pages.plaintext import plain_text
from minato_viewer.services.settings import Settings
from minato_viewer.ui.counter.board_card import Card, Pair, Said
from minato_viewer.ui.counter.board_dialog import BoardDialog
from minato_viewer.ui.shell.focus_ring import FocusRing
from minato_viewer.ui.shell.print_dialog import PrintDialog
from minato_viewer.viewmodel.paper_file import save_sheets
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk, delete_now, focus_is
from tests.gui.pdfs import squeezed, words
from tests.gui.starting import python

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
WAIT = "Please wait a moment."


def opened(desk: Desk) -> BoardDialog:
    desk.press(Key.Key_B, CONTROL)
    (dialog,) = desk.window.findChildren(BoardDialog)
    QCoreApplication.processEvents()
    return dialog


def pick(dialog: BoardDialog, tag: str) -> None:
    QTest.mouseClick(dialog._languages.button(TAGS.index(tag)), Qt.MouseButton.LeftButton)
    QCoreApplication.processEvents()


def press(dialog: BoardDialog, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or dialog, key)
    QCoreApplication.processEvents()


def card(dialog: BoardDialog, message: str) -> Card:
    return next(found for found, said in dialog._cards if said == message)


def said_in(tag: str, message: str) -> str:
    return messages(tag).gettext(message)


def alone(dialog: BoardDialog) -> Pair | None:
    """Return what is shown alone; None where all cards are."""
    return dialog._alone._pair if dialog._alone.isVisible() else None


# -- the phrases ---------------------------------------------------------------------------------


def test_the_board_has_about_thirty_phrases_in_two_groups_and_thirteen_names() -> None:
    phrases = [phrase for speaking in board.SPEAKING for phrase in speaking.phrases]
    assert 30 <= len(phrases) == len(set(phrases)) <= 40
    assert len({own.name for own in board.LANGUAGES}) == len({own.tag for own in board.LANGUAGES}) == 13


@pytest.mark.parametrize("tag", TAGS)
def test_no_phrase_says_a_number_or_an_address(tag: str) -> None:
    """What is true of one counter alone is not for this program to say."""
    for speaking in board.SPEAKING:
        for phrase in speaking.phrases:
            assert not any(character.isdigit() or character in "@/" for character in said_in(tag, phrase))
            assert len(said_in(tag, phrase)) <= 45


def test_phrases_in_easy_japanese_are_short_and_polite() -> None:
    for speaking in board.SPEAKING:
        for phrase in speaking.phrases:
            text = said_in("ja-x-easy", phrase)
            assert len([character for character in text if "一" <= character <= "鿿"]) <= 4, text
            assert text in ("はい。", "いいえ。") or any(
                text.endswith(end) for end in ("です。", "ます。", "ません。", "ください。", "ですか。", "ますか。")
            ), text


@pytest.mark.parametrize("tag", TAGS)
def test_the_source_of_the_names_stands_beside_them(tag: str, open_desk: OpenDesk) -> None:
    desk = open_desk(tag)
    dialog = opened(desk)
    assert board.SOURCE in dialog._source.text()
    assert dialog._source.text() == board.source_line(messages(tag))


# -- two languages -------------------------------------------------------------------------------


def test_a_key_opens_the_board_in_the_language_of_the_interface(desk: Desk) -> None:
    dialog = opened(desk)
    assert dialog.windowTitle() == "指さしボード"
    assert dialog._languages.checkedButton().text() == "日本語"
    assert card(dialog, WAIT).pair.shown == (Said("少々お待ちください。", "ja"),), "not the same twice"


def test_the_menu_leads_to_the_board_too(desk: Desk) -> None:
    menu = QMenu(desk.window)
    desk.window.actions_by_id.fill(menu, ("handout", "board"))
    assert menu.actions()[1].text() == "指さしボード"
    menu.actions()[1].trigger()
    assert desk.window.findChildren(BoardDialog)


@pytest.mark.parametrize("staff", TAGS)
@pytest.mark.parametrize("visitor", TAGS)
def test_every_card_says_the_phrase_in_both_languages(staff: str, visitor: str, open_desk: OpenDesk) -> None:
    dialog = opened(open_desk(staff))
    pick(dialog, visitor)
    for found, message in dialog._cards:
        assert found.pair == Pair(Said(said_in(visitor, message), visitor), Said(said_in(staff, message), staff))
        assert found.accessibleName().startswith(said_in(visitor, message))
        assert said_in(staff, message) in found.accessibleName()
        assert found.locale() == QLocale({"zh-Hans": "zh_CN", "ko": "ko_KR", "en": "en_US"}.get(visitor, "ja_JP"))
    assert QAccessible.queryAccessibleInterface(dialog._cards[0][0]).role() == QAccessible.Role.Button


def test_the_visitors_words_are_large(open_desk: OpenDesk) -> None:
    for text_size, pixels in ((100, 28), (200, 56)):
        dialog = opened(open_desk("ja", text_size=text_size))
        pick(dialog, "en")
        found = card(dialog, WAIT)
        found.heightForWidth(500)
        first, second = found._setter._set
        assert first.lines.font().pixelSize() == pixels
        assert second.lines.font().pixelSize() < pixels
        assert (first.lines.font().family(), second.lines.font().family()) == ("Minato EN", "Minato JA")


def test_the_next_board_and_the_next_print_are_in_the_same_language(desk: Desk) -> None:
    dialog = opened(desk)
    pick(dialog, "ko")
    dialog.close()
    delete_now()
    desk.window.paper.show_board()
    (dialog,) = desk.window.findChildren(BoardDialog)
    assert dialog._languages.checkedButton().text() == "한국어"
    dialog.close()
    assert desk.window.visit.companion == "ko"


def test_a_window_that_was_turned_to_the_visitor_speaks_with_staff_again(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F6)
    desk.window.paper.show_board()
    (dialog,) = desk.window.findChildren(BoardDialog)
    assert dialog._languages.checkedButton().text() == "한국어"
    assert desk.translator.tag == "ja"


def test_a_language_that_is_not_offered_here_is_none_to_begin_with(open_desk: OpenDesk) -> None:
    desk = open_desk("ja", settings=Settings(languages=("ja", "en")))
    for visitor in ("ko", "", "xx"):
        dialog = BoardDialog(desk.window._context, visitor, desk.window)
        assert [button.text() for button in dialog._languages.buttons()] == ["日本語", "English"]
        assert dialog._languages.checkedButton().text() == "日本語"
        dialog.close()


# -- one alone -----------------------------------------------------------------------------------


def test_a_card_fills_the_board_and_esc_leads_back_to_it(desk: Desk) -> None:
    dialog = opened(desk)
    pick(dialog, "en")
    found = card(dialog, WAIT)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    QCoreApplication.processEvents()
    assert alone(dialog) == found.pair
    assert dialog._alone._setter._set[0].lines.font().pixelSize() == 60
    assert dialog._alone.width() > 0.9 * dialog.width()
    assert [button.text() for button in dialog.findChildren(QPushButton) if button.isVisible()] == ["戻る"]
    assert focus_is(dialog._back)
    press(dialog, Key.Key_Escape)
    assert alone(dialog) is None
    assert focus_is(found)
    press(dialog, Key.Key_Escape)
    assert not isValid(dialog)


def test_the_keyboard_alone_is_enough(desk: Desk) -> None:
    dialog = opened(desk)
    assert focus_is(dialog._languages.button(0))
    press(dialog, Key.Key_Right)
    press(dialog, Key.Key_Right)
    assert dialog._visitor == "en"
    press(dialog, Key.Key_Tab)
    assert focus_is(dialog._cards[0][0])
    for number in range(1, 8):
        press(dialog, Key.Key_Down)
        assert focus_is(dialog._cards[number][0])
    seen = dialog._areas.currentWidget().viewport()
    found = dialog._cards[7][0]
    assert seen.rect().contains(found.geometry().translated(found.parent().mapTo(seen, seen.rect().topLeft())))
    press(dialog, Key.Key_Return)
    assert alone(dialog) == found.pair
    press(dialog, Key.Key_Return)
    assert alone(dialog) is None
    assert focus_is(found)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("text_size", [100, 200])
def test_every_stop_of_tab_is_in_sight_and_has_its_ring(theme: str, text_size: int, open_desk: OpenDesk) -> None:
    desk = open_desk("en", theme=theme, text_size=text_size, size=(1280, 720))
    dialog = opened(desk)
    ring = dialog.findChild(FocusRing)
    for _ in range(len(dialog._cards) + 3):
        widget = QApplication.focusWidget()
        outer = widget.rect().adjusted(-6, -6, 6, 6).translated(widget.mapTo(dialog, QPoint()))
        QTest.qWait(5)
        assert ring.isVisible()
        assert ring.geometry() == outer
        assert dialog.rect().contains(outer)
        area = dialog._areas.currentWidget()
        if isinstance(widget, Card):
            room = area.viewport().rect().translated(area.viewport().mapTo(dialog, QPoint()))
            assert room.contains(outer) or outer.height() > room.height(), widget.pair
        press(dialog, Key.Key_Tab)


# -- none of the five ----------------------------------------------------------------------------


def test_whose_language_is_not_there_finds_its_name(desk: Desk) -> None:
    dialog = opened(desk)
    pick(dialog, "en")
    QTest.mouseClick(dialog._not_here, Qt.MouseButton.LeftButton)
    QCoreApplication.processEvents()
    shown = [found for found in dialog.findChildren(Card) if found.isVisible()]
    assert [(found.pair.first, found.pair.second.text) for found in shown] == [
        (Said(own.name, OWN_NAMES), said_in("ja", own.message)) for own in board.LANGUAGES
    ]
    assert dialog._languages.checkedButton() is None, "none of them is the visitor's"
    QTest.mouseClick(shown[7], Qt.MouseButton.LeftButton)
    assert alone(dialog) == Pair(Said("नेपाली", OWN_NAMES), Said("ネパール語", "ja"))
    press(dialog, Key.Key_Escape)
    assert alone(dialog) is None
    assert not dialog._not_here.isHidden()
    press(dialog, Key.Key_Escape)
    assert card(dialog, WAIT).isVisible()
    assert dialog._languages.checkedButton().text() == "English"
    QTest.mouseClick(dialog._not_here, Qt.MouseButton.LeftButton)
    pick(dialog, "ko")
    assert card(dialog, WAIT).pair.first.lang == "ko"
    assert not dialog._not_here.isChecked()
    dialog.close()


# -- room ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("visitor", TAGS)
@pytest.mark.parametrize("text_size", [100, 150, 200])
def test_nothing_is_wider_than_the_board(text_size: int, visitor: str, open_desk: OpenDesk) -> None:
    desk = open_desk("en", text_size=text_size, size=(1280, 720))
    dialog = opened(desk)
    pick(dialog, visitor)
    for _ in range(2):
        QCoreApplication.processEvents()
        area = next(area for area in dialog.findChildren(QScrollArea) if area.isVisible())
        assert area.widget().width() <= area.viewport().width()
        assert dialog.width() <= 1280
        for found in area.findChildren(Card):
            assert found.height() >= found.heightForWidth(found.width())
            assert max(text.width for text in found._setter._set) <= found.width()
        for button in dialog.findChildren(QPushButton):
            if button.isVisible() and not isinstance(button, Card):
                assert button.width() >= button.minimumSizeHint().width(), button.text()
        dialog._not_here.click()


# -- a switch of language, of colours ------------------------------------------------------------


def test_the_board_follows_the_language_and_the_looks_of_the_program(desk: Desk) -> None:
    dialog = opened(desk)
    pick(dialog, "ko")
    found = card(dialog, WAIT)
    found.click()
    desk.translator.activate("en")
    QCoreApplication.processEvents()
    assert alone(dialog) == Pair(Said(said_in("ko", WAIT), "ko"), Said(WAIT, "en"))
    assert dialog._back.text() == "Back"
    height = found.sizeHint().height()
    desk.appearance.resize(200)
    desk.appearance.choose("dark")
    QCoreApplication.processEvents()
    assert found.sizeHint().height() > 1.5 * height
    (looks, *_) = found._setter._set[0].lines.formats()
    letters = looks.format
    assert letters.foreground().color().name() == desk.appearance.theme.colours["ink"]


# -- paper ---------------------------------------------------------------------------------------


def test_the_board_is_printed_in_both_languages(desk: Desk, tmp_path) -> None:
    from pypdf import PdfReader

    dialog = opened(desk)
    pick(dialog, "ko")
    dialog.print_board()
    (printing,) = dialog.findChildren(PrintDialog)
    assert printing.order.tags == ("ja", "ko")
    assert not printing._what.isVisible()
    assert printing._suggested().name == "board.ja+ko.pdf"
    sheets = printing._measured()
    assert sheets.title == "指さしボード"
    save_sheets(tmp_path / "board.pdf", sheets)
    reader = PdfReader(tmp_path / "board.pdf", strict=True)
    text = words(reader)
    for message in (phrase for speaking in board.SPEAKING for phrase in (speaking.heading, *speaking.phrases)):
        for tag in ("ja", "ko"):
            assert squeezed(said_in(tag, message)) in text, message
    for name in ("Русский", "TiếngViệt", "한국어", "中文", "ไทย"):
        assert text.count(name) >= 2, name
    fonts = {
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]["/FontName"].partition("+")[2]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert "MinatoNamesDevanagari-Regular" in fonts
    assert not any(name.startswith("MinatoNames") and "Bold" in name for name in fonts)
    assert squeezed("Written by this viewer") not in text
    assert squeezed(said_in("ja", "Written by this viewer, not by the city.")) in text
    first = (tmp_path / "board.pdf").read_bytes()
    save_sheets(tmp_path / "board.pdf", sheets)
    assert (tmp_path / "board.pdf").read_bytes() == first
    printing.copy_text()
    assert QApplication.clipboard().text() == "\n".join(plain_text(board.page(messages(tag))) for tag in ("ja", "ko"))
    printing.close()


def test_an_own_name_is_set_in_one_piece_on_paper(desk: Desk) -> None:
    """Qt shapes what has another format apart, and then a sign of Devanagari stands at the wrong side of its letter."""
    from minato_viewer.services.theme import load
    from minato_viewer.viewmodel.page_document import PageDocument

    document = PageDocument(board.page(messages("ja")), load("print"))
    block, found = document.begin(), {}
    while block.isValid():
        place = block.begin()
        while not place.atEnd():
            found[place.fragment().text()] = place.fragment().charFormat().fontWeight()
            place += 1
        block = block.next()
    assert {own.name: 400 for own in board.LANGUAGES}.items() <= found.items()


# -- the start -----------------------------------------------------------------------------------

LOADED = """
import sys
import minato_viewer.ui.counter.window, minato_viewer.app
print([name for name in sys.modules if "board_" in name or name.endswith((".board", "wrapping_grid", "print_dialog"))])
"""


def test_nothing_of_the_board_is_loaded_before_it_is_opened() -> None:
    ended = python("-c", LOADED)
    assert (ended.code, ended.out.strip()) == (0, "[]"), ended.err
