"""The whole program at work: where its content and its state are, how it is ended, what it leaves behind."""

import json
import os
import shutil
import signal
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey
from PySide6.QtWidgets import QApplication, QFrame, QLabel

from minato_viewer import VERSION
from minato_viewer.authoring.sources import Sources
from minato_viewer.planfile.build import build
from minato_viewer.planfile.pack import write_pack
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.crash import write_report
from minato_viewer.services.settings import Settings
from minato_viewer.services.trust import trust
from minato_viewer.services.updates import PlanStore
from minato_viewer.ui.counter.window import CounterWindow
from minato_viewer.ui.shell.support_dialog import SaveSupport
from minato_viewer.ui.shell.upkeep import Upkeep
from tests.gui.sitting import SHIPPED, Home, until_settled
from tests.unit.test_damaged_files import changed

HERE = __name__
KEY = SigningKey(b"\x07" * 32)
QUERY = "kosodate-secret"
"""What a visitor of these tests looks for."""


@pytest.fixture
def home(tmp_path: Path, plan_path: Path) -> Home:
    return Home(tmp_path, plan_path)


@pytest.fixture(scope="module")
def newer(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An update with serial 7."""
    folder = tmp_path_factory.mktemp("newer")
    build(sources.data._replace(properties={**sources.data.properties, "serial": "7"}), folder / "7.sqlite")
    write_pack(folder / "7.sqlite", [bytes(KEY)], folder / "7.pack")
    return folder / "7.pack"


def allow_updates(home: Home) -> Path:
    """Let the program take in updates that KEY has signed, from the folder that this returns."""
    share = home.folder / "share"
    share.mkdir(exist_ok=True)
    policy = f"update_folder = '{share}'\nupdate_keys = ['{bytes(KEY.verify_key).hex()}']"
    home.set(policy, of="machine", name="policy.toml")
    return share


def start(home: Home, *arguments: str | Path, deed: str = "look_again", **variables: str) -> tuple[Any, dict[str, Any]]:
    """Start the program with the plan file of the tests as the one that it brings along."""
    return home.start(*arguments, deed=f"{HERE}:{deed}", **{SHIPPED: str(home.plan), **variables})


# -- what a reader does --------------------------------------------------------------------------


def news() -> list[str]:
    strips = [frame for widget in QApplication.topLevelWidgets() for frame in widget.findChildren(QFrame)]
    labels = [label for strip in strips if strip.objectName() == "news" for label in strip.findChildren(QLabel)]
    return [label.text() for label in labels if label.isVisible()]


def windows() -> list[CounterWindow]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, CounterWindow)]


def upkeep() -> Upkeep | None:
    return next((window.findChild(Upkeep) for window in windows() if window.isVisible()), None)


def told(window: CounterWindow) -> dict[str, Any]:
    return {"plan": str(window._context.plan.path), "serial": window._context.plan.serial, "news": news()}


def look_again(window: CounterWindow) -> Iterator[Any]:
    yield from until_settled()
    yield upkeep
    return told(window)


def wait_for_news(window: CounterWindow) -> Iterator[Any]:
    """Wait until this program, or another of the same user, has taken in what there was."""
    yield upkeep
    content = upkeep().content
    yield lambda: not content._news.running
    return told(window)


def wait_and_switch(window: CounterWindow) -> Iterator[Any]:
    """Wait until the update of the folder is in, show it, and go on reading in another window."""
    yield upkeep
    window.resize(1111, 700)
    window.open_entry("2021/policy/4")
    window.navigator.filter.setText(QUERY)
    content = upkeep().content
    yield lambda: content.waiting
    before = told(window)
    window.actions_by_id["next_visitor"].trigger()
    yield lambda: len(windows()) == 1
    after = windows()[0]
    yield lambda: after.isVisible() and upkeep()
    after.open_entry("2024/measure/disaster")
    seen = {"before": before, "after": told(after), "size": [after.width(), after.height()]}
    return {**seen, "filter": after.navigator.filter.text(), "back": after.actions_by_id["back"].isEnabled()}


def end_by_signal(name: str) -> Any:
    def deed(window: CounterWindow) -> Iterator[Any]:
        yield upkeep
        window.open_entry("2021/policy/4")
        os.kill(os.getpid(), getattr(signal, name))
        yield lambda: False

    return deed


end_by_term, end_by_int, end_by_hup = (end_by_signal(name) for name in ("SIGTERM", "SIGINT", "SIGHUP"))


def end_with_a_question_open(window: CounterWindow) -> Iterator[Any]:
    yield upkeep
    window.actions_by_id["go_back_to_older"].trigger()
    window.show_about()
    os.kill(os.getpid(), signal.SIGTERM)
    yield lambda: False


def end_of_session(window: CounterWindow) -> Iterator[Any]:
    """Let the session end: Qt asks every program to keep what it has to, and need not ask again."""
    yield upkeep
    window.open_entry("2021/policy/4")
    QApplication.instance().commitDataRequest.emit(None)
    os._exit(9)


def visit(window: CounterWindow) -> Iterator[Any]:
    """Look for something, meet mistakes and faults on the way, and save a report for support."""
    yield upkeep
    window.navigator.filter.setText(QUERY)
    window.navigator.apply_filter()
    window.pane.open_find()
    for error in (ValueError(QUERY), KeyError(QUERY), OSError(2, "none", f"/home/{QUERY}"), LookupError(f"<{QUERY}>")):
        try:
            raise RuntimeError("PySide6 says that an object is gone") from error
        except RuntimeError as mistake:
            write_report(mistake)
    (window.findChild(Upkeep)._folder / "notice.txt").write_bytes(b"\xff" + QUERY.encode())
    window.findChild(Upkeep).read_now()
    folder = Path(os.environ["TESTS_SUPPORT"])
    SaveSupport(window, window._context, window.findChild(Upkeep).problems).write(str(folder))
    return [path.name for path in folder.iterdir()]


# -- content -------------------------------------------------------------------------------------


def test_an_update_is_taken_in_at_the_start_and_shown_at_the_next_visitor_and_the_next_start(
    home: Home, newer: Path
) -> None:
    shutil.copyfile(newer, allow_updates(home) / "april.pack")
    ended, seen = start(home, "--lang", "en", deed="wait_and_switch")
    assert (ended.code, ended.sentences) == (0, [])
    result = seen["result"]
    assert result["before"]["plan"] == str(home.plan)
    assert result["before"]["serial"] == 1
    assert any("ready" in text for text in result["before"]["news"])
    assert result["after"]["serial"] == 7
    assert result["after"]["news"] == []
    assert result["size"] == [1111, 700]
    assert (result["filter"], result["back"]) == ("", True), "nothing of the visit before but where the window is"
    assert home.remembered()["code"] == "2024/measure/disaster"
    ended, seen = start(home)
    assert (ended.code, seen["result"]["serial"], seen["result"]["news"]) == (0, 7, [])


def test_a_plan_file_that_no_longer_opens_is_passed_over_and_named(home: Home, newer: Path) -> None:
    allow_updates(home)
    store = PlanStore(home.state.parent / "plans", home.plan)
    store.install(newer, trust(Settings(update_keys=(bytes(KEY.verify_key).hex(),))))
    store.shown().path.write_bytes(b"damaged")
    ended, seen = start(home, "--lang", "en")
    assert (ended.code, seen["result"]["serial"]) == (0, 1)
    assert len(seen["result"]["news"]) == 1
    assert "plan-00000007" in seen["result"]["news"][0]
    (log,) = (home.state.parent / "log").iterdir()
    assert "plan-00000007" in log.read_text("utf-8")


def test_a_plan_file_that_opens_but_is_damaged_inside_is_passed_over_too(home: Home, newer: Path) -> None:
    allow_updates(home)
    store = PlanStore(home.state.parent / "plans", home.plan)
    store.install(newer, trust(Settings(update_keys=(bytes(KEY.verify_key).hex(),))))
    changed(store.shown().path.read_bytes(), store.shown().path, "UPDATE nodes SET edition = '2019'")
    assert Plan(store.shown().path).serial == 7
    ended, seen = start(home, "--lang", "en")
    assert (ended.code, seen["result"]["serial"]) == (0, 1)
    assert "plan-00000007" in seen["result"]["news"][0]


def test_a_safe_start_uses_neither_settings_nor_updates_and_keeps_nothing(home: Home, newer: Path) -> None:
    shutil.copyfile(newer, allow_updates(home) / "april.pack")
    home.set('theme = "contrast"\ntext_size = 200\nlanguage = "ko"\nnonsense = 1')
    home.remember(code="2021/policy/4", theme="dark", text_size=150)
    before = home.written()
    start(home, deed="wait_and_switch")
    ended, seen = start(home, "--safe")
    assert (ended.code, ended.sentences) == (0, [])
    assert (seen["result"]["serial"], seen["code"]) == (1, "2024")
    assert (seen["theme"], seen["text_size"], seen["lang"]) == ("system", 100, "ja")
    assert set(before) <= set(home.written())
    state = home.state.read_bytes()
    start(home, "--safe")
    assert home.state.read_bytes() == state


def test_several_programs_at_once_leave_one_another_alone(home: Home, newer: Path) -> None:
    shutil.copyfile(newer, allow_updates(home) / "april.pack")
    with ThreadPoolExecutor(3) as pool:
        starts = [pool.submit(start, home, "--lang", "en", deed="wait_for_news") for _ in range(3)]
    for ended, _ in (done.result() for done in starts):
        assert (ended.code, ended.sentences) == (0, [])
    assert home.remembered()["code"] == "2024", "whole, whoever wrote it last"
    written = [name.removeprefix("minato-viewer/") for name in home.written()]
    assert not [name for name in written if name.endswith((".tmp", ".part"))]
    assert sum(name.startswith("plans/plan-00000007-") for name in written) == 1
    assert start(home)[1]["result"]["serial"] == 7


# -- where the state is --------------------------------------------------------------------------


def test_a_portable_program_keeps_everything_in_its_own_folder(home: Home) -> None:
    home.set("", of="program", name="portable.txt")
    home.set('text_size = 125\nlanguage = "en"', of="program/user")
    home.set("text_size = 200")
    ended, seen = start(home)
    assert (ended.code, ended.sentences) == (0, [])
    assert (seen["text_size"], seen["lang"], seen["result"]["news"]) == (125, "en", [])
    inside = {path.relative_to(home.folder).as_posix() for path in home.folder.rglob("*") if path.is_file()}
    assert inside == {
        "program/portable.txt",
        "program/user/settings.toml",
        "program/user/state.json",
        "config/minato-viewer/settings.toml",
    }


def test_a_portable_program_that_cannot_write_says_so_once_and_runs(home: Home) -> None:
    home.set("", of="program", name="portable.txt")
    home.set("in the place of the folder", of="program", name="user")
    ended, seen = start(home, "--lang", "en")
    assert (ended.code, ended.sentences) == (0, [])
    folder = home.folder / "program" / "user"
    sentence = f"Nothing can be saved in {folder}, so the program forgets at its end what was chosen."
    assert seen["result"]["news"] == [sentence]
    assert not (home.folder / "state").exists()


# -- how it ends ---------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="Windows has no signals that ask a program to end")
@pytest.mark.parametrize("deed", ["end_by_term", "end_by_int", "end_by_hup", "end_with_a_question_open"])
def test_a_program_that_is_asked_to_end_keeps_what_it_has_and_ends_well(deed: str, home: Home) -> None:
    ended, _ = start(home, deed=deed)
    assert (ended.code, ended.sentences) == (0, [])
    wanted = "2024" if deed == "end_with_a_question_open" else "2021/policy/4"
    assert home.remembered()["code"] == wanted


def test_a_session_that_ends_keeps_what_there_is(home: Home) -> None:
    ended, _ = start(home, deed="end_of_session")
    assert ended.code == 9, "the session did not wait"
    assert home.remembered()["code"] == "2021/policy/4"


# -- what it leaves behind -----------------------------------------------------------------------


def test_neither_reports_nor_logs_nor_the_support_bundle_hold_a_word_of_the_visit(home: Home, tmp_path: Path) -> None:
    allow_updates(home)
    home.set("nonsense = 1")
    support = tmp_path / "for support"
    support.mkdir()
    ended, seen = start(home, "--lang", "en", deed="visit", TESTS_SUPPORT=str(support), HOME=str(home.folder))
    assert ended.code == 0, ended.err
    (name,) = seen["result"]
    with zipfile.ZipFile(support / name) as archive:
        texts = {info.filename: archive.read(info).decode("utf-8") for info in archive.infolist()}
    assert len([path for path in texts if path.startswith("crashes/")]) == 4
    assert len([path for path in texts if path.startswith("log/")]) == 1
    about = texts["about.txt"]
    for told_of in (
        f"minato-viewer {VERSION}",
        "content: number 1",
        "Minato EN",
        "screen: ",
        "nonsense",
        "update_keys",
    ):
        assert told_of in about
    assert "object is gone" in "".join(texts.values())
    assert str(home.folder) not in "".join(texts.values()), "the user's folder has the user's name"
    left = [*texts.values(), *(path.read_text("utf-8", "replace") for path in (home.folder / "state").rglob("*.*"))]
    assert len(left) > 8
    assert not [text for text in left if QUERY in text]
    assert QUERY not in json.dumps(home.remembered())
