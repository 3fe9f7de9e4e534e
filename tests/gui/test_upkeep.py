"""What goes on beside the reading: the notice of the day, news for staff, and content that is changed in the window."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from nacl.signing import SigningKey
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QScrollArea,
)

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.faults import PlanFault
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.planfile.build import build
from minato_viewer.planfile.pack import write_pack
from minato_viewer.planfile.reader import Plan
from minato_viewer.services import pack_search
from minato_viewer.services.bulletin import FILE
from minato_viewer.services.content import Content
from minato_viewer.services.settings import Settings
from minato_viewer.services.updates import PlanStore
from minato_viewer.ui.shell import upkeep as module
from minato_viewer.ui.shell.fault_window import FaultWindow
from minato_viewer.ui.shell.upkeep import Upkeep
from tests.gui.conftest import OpenDesk
from tests.gui.desk import LIMIT, Desk, delete_now

KEY = SigningKey(b"\x05" * 32)
HEX = bytes(KEY.verify_key).hex()


class Kit(NamedTuple):
    """Plan files with serials 1 to 3, and an update of each."""

    plans: dict[int, Path]
    packs: dict[int, Path]


@pytest.fixture(scope="module")
def kit(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Kit:
    folder = tmp_path_factory.mktemp("kit")
    made = Kit({}, {})
    for serial in (1, 2, 3):
        properties = {**sources.data.properties, "serial": str(serial), "as_of": f"2026-12-0{serial}"}
        made.plans[serial], made.packs[serial] = folder / f"{serial}.sqlite", folder / f"{serial}.pack"
        build(sources.data._replace(properties=properties), made.plans[serial])
        write_pack(made.plans[serial], [bytes(KEY)], made.packs[serial])
    return made


class Counter(NamedTuple):
    """A desk with what goes on beside it; the plan that came with the program has serial 1."""

    desk: Desk
    upkeep: Upkeep
    content: Content
    store: PlanStore
    folder: Path
    """The shared folder."""
    switched: list[Path]

    def press(self, name: str) -> None:
        self.desk.action(name).trigger()

    def box(self) -> QMessageBox:
        """Wait for a box and return it."""
        assert until(lambda: bool(boxes(self.desk)))
        return boxes(self.desk)[0]

    def choose(self, words: str) -> None:
        """Press the button of the box that says `words` in the language of the window."""
        wanted = self.desk.translator.messages.gettext(words)
        (button,) = [button for button in self.box().buttons() if button.text() == wanted]
        button.click()
        QCoreApplication.processEvents()
        delete_now()


def until(condition: Callable[[], object]) -> bool:
    """Wait until something has come true; return whether it has."""
    for _ in range(LIMIT // 10):
        if condition():
            return True
        QTest.qWait(10)
    return False


def boxes(desk: Desk) -> list[QMessageBox]:
    return [box for box in desk.window.findChildren(QMessageBox) if box.isVisible()]


def shown(desk: Desk, name: str) -> list[str]:
    """What the strip of that name says; nothing where it is not to be seen."""
    strips = [strip for strip in desk.window.findChildren(QFrame) if strip.objectName() == name]
    return [label.text() for strip in strips for label in strip.findChildren(QLabel) if label.isVisible()]


@pytest.fixture
def counter(kit: Kit, open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    monkeypatch.setattr(pack_search, "QStorageInfo", NoDrives)
    monkeypatch.setattr("minato_viewer.services.content.sticks", list)
    (tmp_path / "share").mkdir()
    settings = Settings(update_folder=str(tmp_path / "share"), update_keys=(HEX,))
    plan = Plan(kit.plans[1])
    desk = open_desk("en", of=plan, settings=settings)
    store = PlanStore(tmp_path / "plans", kit.plans[1])
    content = Content(store, settings, kit.plans[1], desk.window)
    switched: list[Path] = []
    content.switch.connect(switched.append)
    upkeep = Upkeep(desk.window, settings, desk.translator, desk.appearance)
    upkeep.look_after(content, plan, date(2026, 12, 24))
    settled(content)
    yield Counter(desk, upkeep, content, store, tmp_path / "share", switched)
    settled(content)
    plan.close()


class NoDrives:
    """No drive at all, whatever is plugged into the machine of the tests."""

    @staticmethod
    def mountedVolumes() -> list[object]:
        return []


def settled(content: Content) -> None:
    assert until(lambda: not (content._news.running or content.installation.running))
    QCoreApplication.processEvents()


# -- the notice of the day -----------------------------------------------------------------------


def test_a_notice_appears_and_goes_without_anybody_doing_anything(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert module.POLL <= 30_000, "so that it is there within a minute, whenever it was written"
    counter.upkeep._timer.setInterval(20)
    counter.upkeep.start()
    assert shown(counter.desk, "bulletin") == []
    (counter.folder / FILE).write_text("Closed today\n[ja]\n本日は閉庁します", encoding="utf-8")
    assert until(lambda: shown(counter.desk, "bulletin") == ["Closed today"])
    counter.desk.translator.activate("ja")
    assert shown(counter.desk, "bulletin") == ["本日は閉庁します"]
    (counter.folder / FILE).unlink()
    assert until(lambda: shown(counter.desk, "bulletin") == [])


def test_a_file_that_cannot_be_used_takes_the_notice_away_and_is_noted_once(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []
    monkeypatch.setattr("minato_viewer.services.log.note", noted.append)
    (counter.folder / FILE).write_text("Closed", encoding="utf-8")
    counter.upkeep.read_now()
    assert shown(counter.desk, "bulletin") == ["Closed"]
    (counter.folder / FILE).write_bytes(b"\xff\xfe")
    for _ in range(3):
        counter.upkeep.read_now()
    assert shown(counter.desk, "bulletin") == []
    assert noted == [f"{FILE} is not UTF-8 text; save it as UTF-8, until then it is ignored."]


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("size", [100, 200])
def test_a_notice_is_read_whole_in_every_theme_and_makes_no_window_larger(
    theme: str, size: int, open_desk: OpenDesk, tmp_path: Path
) -> None:
    settings = Settings(update_folder=str(tmp_path))
    desk = open_desk("ja", size=(1024, 768), theme=theme, text_size=size, settings=settings)
    text = "本日は台風のため閉庁します。" * 14
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    upkeep = Upkeep(desk.window, settings, desk.translator, desk.appearance)
    upkeep.read_now()
    QTest.qWait(1)
    (label,) = [label for label in desk.window.findChildren(QLabel) if label.text() == text]
    needed = label.fontMetrics().boundingRect(0, 0, label.width(), 9999, Qt.TextFlag.TextWordWrap, text)
    assert label.height() >= needed.height() > label.fontMetrics().height()
    (area,) = upkeep.notice.findChildren(QScrollArea)
    assert (area.verticalScrollBar().maximum() > 0) == (size == 200), "what does not fit is scrolled"
    assert label.palette().color(label.foregroundRole()).name() == desk.appearance.theme.colours["hit_now_ink"]
    assert (desk.window.width(), desk.window.height()) == (1024, 768)
    assert desk.view.height() > 60, "and leaves the page some room"


def test_a_notice_is_text_and_can_be_reached_and_heard(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("minato_viewer.ui.shell.banner.announce", lambda widget, sentence: said.append(sentence))
    (counter.folder / FILE).write_text("<b>Closed</b> & <img src='x'>", encoding="utf-8")
    for _ in range(3):
        counter.upkeep.read_now()
    assert shown(counter.desk, "bulletin") == ["<b>Closed</b> & <img src='x'>"]
    assert said == ["<b>Closed</b> & <img src='x'>"], "once, and not with every look"
    (label,) = [label for label in counter.desk.window.findChildren(QLabel) if label.text().startswith("<b>")]
    assert label.textFormat() == Qt.TextFormat.PlainText
    (area,) = counter.upkeep.notice.findChildren(QScrollArea)
    assert area.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert QAccessible.queryAccessibleInterface(area).text(QAccessible.Text.Name) == label.text()


def test_tab_goes_from_the_foot_to_the_news_then_to_the_notice_and_on_to_the_head(counter: Counter) -> None:
    (counter.folder / FILE).write_text("Closed", encoding="utf-8")
    counter.upkeep.read_now()
    counter.upkeep.tell_passed_over([Path("plan-00000002-ab.sqlite")])
    names = {"news": counter.upkeep.news, "notice": counter.upkeep.notice, "head": counter.desk.window.header}
    (area,) = counter.upkeep.news.findChildren(QScrollArea)
    area.setFocus()
    seen: list[str] = []
    for _ in range(4):
        focus = QApplication.focusWidget()
        seen += [name for name, strip in names.items() if strip.isAncestorOf(focus)]
        counter.desk.press(Qt.Key.Key_Tab)
    assert seen == ["news", "news", "notice", "head"]


def test_the_window_of_a_fault_shows_it_too(counter: Counter, qtbot) -> None:
    desk = counter.desk
    window = FaultWindow(PlanFault("The plan file is gone."), desk.translator, desk.appearance, TAGS)
    qtbot.addWidget(window)
    (counter.folder / FILE).write_text("Closed", encoding="utf-8")
    upkeep = Upkeep(window, Settings(update_folder=str(counter.folder)), desk.translator, desk.appearance)
    upkeep.read_now()
    window.show()
    assert "Closed" in [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def test_without_a_folder_nothing_is_looked_for(desk: Desk) -> None:
    upkeep = Upkeep(desk.window, Settings(), desk.translator, desk.appearance)
    upkeep.start()
    upkeep.read_now()
    assert not upkeep._timer.isActive()
    assert shown(desk, "bulletin") == shown(desk, "news") == []


# -- news for staff ------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "due"), [(30, False), (31, True), (400, True)])
def test_after_the_days_of_the_settings_an_update_is_due(
    days: int, due: bool, open_desk: OpenDesk, counter: Counter
) -> None:
    settings = Settings(update_due_days=30)
    for tag in TAGS:
        desk = open_desk(tag, of=counter.desk.plan, settings=settings)
        upkeep = Upkeep(desk.window, settings, desk.translator, desk.appearance)
        upkeep.look_after(counter.content, counter.desk.plan, date(2026, 12, 1) + timedelta(days))
        sentence = messages(tag).gettext("The content is of {day}: an update is due.", day="2026-12-01")
        assert shown(desk, "news") == ([sentence] if due else [])


def test_news_are_closed_with_a_button_and_follow_the_language(counter: Counter) -> None:
    counter.upkeep.tell_passed_over([Path("/home/somebody/plan-00000002-ab.sqlite")])
    (sentence,) = shown(counter.desk, "news")
    assert "plan-00000002-ab.sqlite" in sentence
    assert "somebody" not in sentence
    counter.desk.translator.activate("ko")
    assert shown(counter.desk, "news") != [sentence]
    close = messages("ko").gettext("Close")
    (button,) = [b for b in counter.upkeep.news.findChildren(QPushButton) if b.isVisible()]
    assert button.text() == close
    button.click()
    assert shown(counter.desk, "news") == []


# -- content that comes by itself ----------------------------------------------------------------


def test_newer_content_of_the_shared_folder_is_taken_in_and_waits(counter: Counter, kit: Kit) -> None:
    shutil.copyfile(kit.packs[2], counter.folder / "b.pack")
    shutil.copyfile(kit.packs[3], counter.folder / "a.pack")
    (counter.folder / "c.pack").write_bytes(b"broken")
    counter.content.look_for_news()
    settled(counter.content)
    assert counter.content.waiting == counter.store.shown().path
    assert Plan(counter.content.waiting).serial == 3
    assert "ready" in shown(counter.desk, "news")[0]
    assert counter.switched == [], "nothing changes under the reader's eyes"
    assert sorted(path.name for path in counter.folder.iterdir()) == ["a.pack", "b.pack", "c.pack"], "only read"
    (button,) = [b for b in counter.upkeep.news.findChildren(QPushButton) if b.text() == "Show it now"]
    button.click()
    assert counter.switched == [counter.store.shown().path]
    assert shown(counter.desk, "news") == []
    assert not counter.content.next_visitor(), "there is nothing more to show"


def test_what_staff_went_back_from_does_not_come_again(counter: Counter, kit: Kit) -> None:
    shutil.copyfile(kit.packs[2], counter.folder / "b.pack")
    counter.content.look_for_news()
    settled(counter.content)
    counter.content.roll_back()
    assert counter.content.waiting is None
    counter.content.look_for_news()
    settled(counter.content)
    assert counter.store.shown().path == kit.plans[1]


def test_a_strangers_update_is_noted_once_and_not_taken_in(
    counter: Counter, kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []
    monkeypatch.setattr("minato_viewer.services.log.note", noted.append)
    write_pack(kit.plans[3], [b"\x09" * 32], counter.folder / "stranger.pack")
    for _ in range(3):
        counter.content.look_for_news()
        settled(counter.content)
    assert noted == ["stranger.pack is not signed by a key that this program trusts: ask who made it."]
    assert counter.content.waiting is None


# -- by staff ------------------------------------------------------------------------------------


def test_staff_take_in_the_newest_that_is_found_and_see_it_at_once(counter: Counter, kit: Kit) -> None:
    shutil.copyfile(kit.packs[2], counter.folder / "b.pack")
    counter.press("take_in")
    assert counter.box().text() == "Take in content number 2, as of December 2, 2026?"
    assert counter.box().informativeText() == str(counter.folder / "b.pack")
    counter.choose("Take in")
    settled(counter.content)
    assert counter.box().text() == "Content number 2, as of December 2, 2026, has been taken in."
    counter.choose("Show it now")
    assert [Plan(path).serial for path in counter.switched] == [2]


def test_a_question_that_is_answered_with_no_changes_nothing(counter: Counter, kit: Kit) -> None:
    shutil.copyfile(kit.packs[2], counter.folder / "b.pack")
    counter.press("take_in")
    counter.choose("Cancel")
    counter.press("take_in")
    counter.box().close()
    QCoreApplication.processEvents()
    delete_now()
    assert boxes(counter.desk) == []
    assert counter.store.shown().path == kit.plans[1]
    counter.press("take_in")
    counter.box()
    assert len(boxes(counter.desk)) == 1, "what was closed before asks no more"
    counter.choose("Cancel")


def test_where_nothing_is_found_staff_choose_a_file_and_older_content_is_asked_about(
    counter: Counter, kit: Kit, tmp_path: Path
) -> None:
    counter.store.install(kit.packs[3], trust_of())
    (counter.folder / "x.pack").write_bytes(b"broken")
    counter.press("take_in")
    assert counter.box().text() == "No update was found on a stick or in the shared folder."
    assert "x.pack is no complete update" in counter.box().informativeText()
    counter.choose("Choose a file…")
    (dialog,) = [dialog for dialog in counter.desk.window.findChildren(QFileDialog) if dialog.isVisible()]
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(kit.packs[2]))
    dialog.accept()
    settled(counter.content)
    assert "number 3 is shown already" in counter.box().text()
    counter.choose("Take it in all the same")
    settled(counter.content)
    assert "number 2" in counter.box().text()
    assert Plan(counter.store.shown().path).serial == 2
    counter.choose("Cancel")


def trust_of():
    from minato_viewer.services.trust import trust

    return trust(Settings(update_keys=(HEX,)))


@pytest.mark.parametrize("tag", TAGS)
def test_staff_go_back_to_the_older_content(tag: str, counter: Counter, kit: Kit) -> None:
    counter.desk.translator.activate(tag)
    counter.press("go_back_to_older")
    assert counter.box().text() == messages(tag).gettext("There is no older content to go back to.")
    counter.box().close()
    delete_now()
    counter.store.install(kit.packs[2], trust_of())
    counter.press("go_back_to_older")
    assert "1" in counter.box().text()
    counter.choose("Go back")
    assert counter.store.shown().path == kit.plans[1]
    counter.choose("Close")
    assert boxes(counter.desk) == []


def test_a_start_with_a_plan_file_of_its_own_changes_no_content(desk: Desk) -> None:
    Upkeep(desk.window, Settings(), desk.translator, desk.appearance)
    for name in ("take_in", "go_back_to_older"):
        desk.action(name).trigger()
        (box,) = boxes(desk)
        assert box.text() == desk.translator.messages.gettext(
            "This start shows a plan file of its own, so content is neither taken in nor changed."
        )
        box.close()
        QCoreApplication.processEvents()
        delete_now()


def test_nothing_of_a_question_outlives_it(counter: Counter) -> None:
    before = len(counter.desk.window.findChildren(QObject))
    for _ in range(3):
        counter.press("take_in")
        counter.choose("Cancel")
        settled(counter.content)
        delete_now()
    assert len(counter.desk.window.findChildren(QObject)) == before
