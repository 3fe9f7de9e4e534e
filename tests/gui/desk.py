"""A counter window as `app.run` makes it, with the hands of a reader: keys, clicks, and what can be seen."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from shiboken6 import isValid

from minato_viewer.app import start_code
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.compose import Composer
from minato_viewer.pages.offices import Office
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.appearance import Appearance
from minato_viewer.services.furigana import Furigana
from minato_viewer.services.settings import Settings
from minato_viewer.services.translator import Translator
from minato_viewer.ui.counter.window import CounterWindow
from minato_viewer.ui.shell.context import Context
from minato_viewer.ui.shell.dress import dress, set_language_font
from minato_viewer.viewmodel.tree import Role

TODAY = date(2026, 10, 1)
"""Within the period of both plans, after that of the projects of 2021."""

LIMIT = 5000
"""Milliseconds after which a wait has failed."""


class Desk(QObject):
    """A window, its live language and what a reader does with it."""

    def __init__(
        self,
        plan: Plan,
        tag: str,
        *,
        size: tuple[int, int] = (1280, 800),
        today: date = TODAY,
        theme: str = "light",
        text_size: int = 100,
        settings: Settings | None = None,
        offices: tuple[Office, ...] = (),
    ) -> None:
        super().__init__()
        self.plan = plan
        self.translator = Translator(tag, self)
        self.translator.teach_qt()
        self.appearance = Appearance(theme, text_size, self)
        self._dress()
        self.translator.changed.connect(self._set_font)
        self.appearance.changed.connect(self._dress)
        settings = settings or Settings()
        self.furigana = Furigana(settings.furigana, settings.furigana, self.translator, self)
        composer = Composer(plan, today, offices, district=settings.district)
        self.window = CounterWindow(Context(plan, composer, self.translator, self.appearance, settings, self.furigana))
        self.window.open_entry(start_code(plan))
        self.window.adorn()
        self.window.settle()
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window, LIMIT)

    def _set_font(self) -> None:
        set_language_font(QApplication.instance(), self.appearance.theme, self.translator.tag)

    def _dress(self) -> None:
        dress(QApplication.instance(), self.appearance.theme, self.translator.tag)

    def close(self) -> None:
        """Close the window and delete all that belongs to it; nothing happens the second time."""
        if not isValid(self):
            return
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
        self.window = None
        self.deleteLater()
        delete_now()

    # -- the parts -------------------------------------------------------------------------------

    @property
    def tree(self):
        return self.window.navigator.tree

    @property
    def model(self):
        return self.window.navigator.model

    @property
    def filter(self):
        return self.window.navigator.filter

    @property
    def view(self):
        return self.window.pane.view

    @property
    def code(self) -> str:
        """The entry that the page shows."""
        return self.window.pane.page.code

    @property
    def chosen(self) -> str:
        """The entry that is selected in the tree; empty for none."""
        rows = self.tree.selectionModel().selectedIndexes()
        return rows[0].data(Role.CODE) if rows else ""

    def action(self, action_id: str):
        return self.window.actions_by_id[action_id]

    def button(self, name: str, number: int) -> QPushButton:
        """Return the button `number` of those named `name`, in the order in which they stand."""
        found = [button for button in self.window.findChildren(QPushButton) if button.objectName() == name]
        places = {button: button.mapToGlobal(QPoint()) for button in found}
        return sorted(found, key=lambda button: (places[button].y(), places[button].x()))[number]

    def language_button(self, tag: str) -> QPushButton:
        return self.button("language", TAGS.index(tag))

    # -- what a reader does ----------------------------------------------------------------------

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        QCoreApplication.processEvents()

    def type(self, text: str) -> None:
        """Type ASCII text where the focus is."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)
        QCoreApplication.processEvents()

    def look_for(self, words: str) -> None:
        """Filter the contents, without the delay that waits for the next key."""
        self.filter.setText(words)
        self.window.navigator.apply_filter()
        QCoreApplication.processEvents()

    @property
    def panel(self):
        """What a search found."""
        return self.window.search.panel

    def search_for(self, words: str) -> list[str]:
        """Put words into the search box as if they were typed, and return the codes of what is found."""
        self.window.search.open()
        box = self.window.header.search_box
        box.setText(words)
        box.textEdited.emit(words)
        return self.results()

    def results(self) -> list[str]:
        """Return the codes of the results that are loaded, once there is an answer."""
        self.panel.await_results()
        model = self.panel.model
        return [model.index(row, 0).data(Role.CODE) for row in range(model.rowCount())]

    def expand(self, *codes: str) -> None:
        for code in codes:
            self.tree.expand(self.model.index_of(code))
        QCoreApplication.processEvents()

    def expanded(self) -> list[str]:
        """Return the codes of the open branches, from the top down."""
        return [row.data(Role.CODE) for row in self.rows() if self.tree.isExpanded(row)]

    def rows(self) -> list[QModelIndex]:
        """Return the rows that can be seen by scrolling the tree."""
        found: list[QModelIndex] = []
        index = self.model.index(0, 0)
        while index.isValid():
            found.append(index)
            index = self.tree.indexBelow(index)
        return found

    def links(self) -> list[tuple[str, str, int]]:
        """Return (target, text, position in the document) of every link on the page."""
        found: list[tuple[str, str, int]] = []
        block = self.view.document().begin()
        while block.isValid():
            iterator = block.begin()
            while not iterator.atEnd():
                fragment = iterator.fragment()
                if fragment.charFormat().anchorHref():
                    found.append((fragment.charFormat().anchorHref(), fragment.text(), fragment.position()))
                iterator += 1
            block = block.next()
        return found

    def link_with_focus(self) -> str:
        """Return the target of the link on which Tab stands; empty for none."""
        cursor = self.view.textCursor()
        if not cursor.hasSelection():
            return ""
        cursor.setPosition(cursor.selectionEnd())
        return cursor.charFormat().anchorHref()

    def link_place(self, target: str) -> QPoint:
        """Scroll the first link to `target` into sight and return where on the viewport it is."""
        position = next(position for href, _, position in self.links() if href == target)
        cursor = QTextCursor(self.view.document())
        cursor.setPosition(position)
        bar = self.view.verticalScrollBar()
        bar.setValue(bar.value() + self.view.cursorRect(cursor).top() - self.view.viewport().height() // 2)
        rect: QRect = self.view.cursorRect(cursor)
        return rect.center() + QPoint(6, 0)

    def click_link(self, target: str) -> None:
        """Click a link of the page with the mouse."""
        place = self.link_place(target)
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        QCoreApplication.processEvents()

    # -- what can be seen ------------------------------------------------------------------------

    def blocks(self) -> list[str]:
        """Return the texts of the page's blocks that hold any, from the top down."""
        block = self.view.document().begin()
        found: list[str] = []
        while block.isValid():
            found.append(block.text().strip())
            block = block.next()
        return [text for text in found if text]

    def text(self) -> str:
        return self.view.toPlainText()

    def labels(self) -> list[QLabel]:
        return [label for label in self.window.findChildren(QLabel) if label.isVisible()]


def delete_now() -> None:
    """Carry out what waits for the event loop to be deleted."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def fetch_all(model, parent: QModelIndex | None = None) -> list[QModelIndex]:
    """Load everything below `parent` and return it from the top down."""
    parent = parent or QModelIndex()
    while model.canFetchMore(parent):
        model.fetchMore(parent)
    found: list[QModelIndex] = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found += [index, *fetch_all(model, index)]
    return found


def focus_is(widget: QWidget) -> bool:
    return QApplication.focusWidget() is widget
