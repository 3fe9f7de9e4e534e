"""Work beside the window: its outcome comes back, its mistakes are ours to see, and a dead share holds up nobody."""

import os
import threading
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from minato_viewer.domain.faults import Fault
from minato_viewer.planfile.pack import Trust
from minato_viewer.services import pack_search
from minato_viewer.services.jobs import Job
from tests.gui.starting import python


@pytest.fixture
def job(qapp, qtbot) -> Job:
    owner = QObject()
    found = Job("work", owner)
    found.owner = owner
    return found


def test_work_is_done_elsewhere_and_what_comes_of_it_here(job: Job, qtbot) -> None:
    here = threading.current_thread()
    seen: list[threading.Thread] = []
    job.done.connect(lambda outcome: seen.append(threading.current_thread()))
    with qtbot.waitSignal(job.done) as done:
        assert job.start(threading.current_thread)
    assert done.args[0] is not here
    assert seen == [here]
    assert not job.running


def test_a_fault_of_the_world_is_handed_on(job: Job, qtbot) -> None:
    def fail() -> None:
        raise Fault("The stick is gone.")

    with qtbot.waitSignal(job.failed) as failed:
        job.start(fail)
    assert str(failed.args[0]) == "The stick is gone."


def test_a_mistake_of_ours_is_raised_where_it_is_reported(job: Job, qtbot) -> None:
    def fail() -> None:
        raise LookupError("ours")

    with qtbot.captureExceptions() as caught:
        job.start(fail)
        qtbot.waitUntil(lambda: not job.running)
    assert [kind for kind, _, _ in caught] == [LookupError]


def test_the_same_work_is_never_done_twice_at_a_time(job: Job, qtbot) -> None:
    goes_on = threading.Event()
    assert job.start(goes_on.wait)
    assert not job.start(goes_on.wait)
    with qtbot.waitSignal(job.done):
        goes_on.set()
    assert job.start(goes_on.wait)
    qtbot.waitUntil(lambda: not job.running)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_program_ends_although_a_share_does_not_answer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "share")
    code = (
        "import sys\nfrom pathlib import Path\nfrom PySide6.QtCore import QCoreApplication, QTimer\n"
        "from minato_viewer.services.jobs import Job\napplication = QCoreApplication([])\n"
        "job = Job('waits for ever', application)\njob.start(Path(sys.argv[1]).read_bytes)\n"
        "QTimer.singleShot(50, application.quit)\ncode = application.exec()\nprint(job.running)\nsys.exit(code)"
    )
    ended = python("-c", code, tmp_path / "share")
    assert (ended.code, ended.out.strip(), ended.err) == (0, "True", "")


# -- where updates are looked for ----------------------------------------------------------------


class Volume(NamedTuple):
    root: str
    ready: bool = True

    def rootPath(self) -> str:
        return self.root

    def isReady(self) -> bool:
        return self.ready


@pytest.mark.skipif(os.name != "posix", reason="drives have letters there")
def test_sticks_are_what_was_plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    volumes = [
        Volume("/"),
        Volume("/boot"),
        Volume("/media/a/STICK"),
        Volume("/run/media/a/B"),
        Volume("/mnt/c", False),
    ]
    monkeypatch.setattr(pack_search.QStorageInfo, "mountedVolumes", lambda: volumes)
    assert pack_search.sticks() == [Path("/media/a/STICK"), Path("/run/media/a/B")]


def test_folders_that_are_gone_or_full_of_other_things_hold_no_updates(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "a.pack").write_bytes(b"")
    (tmp_path / "folder.pack").mkdir()
    (tmp_path / "photo.jpg").write_bytes(b"")
    found = pack_search.newest([tmp_path, tmp_path / "gone", tmp_path / "photo.jpg"], Trust(frozenset()))
    assert found.best is None
    assert [fault.values["path"].name for fault in found.refused] == ["folder.pack"]


def test_work_that_ends_while_its_window_goes_harms_nobody(qapp, qtbot) -> None:
    """The outcome arrives when the job is gone, or just goes: many times, because a race is won by chance."""
    ended = threading.Event()
    for number in range(400):
        owner = QObject()
        job = Job("work", owner)
        ended.clear()
        job.start(ended.set)
        if number % 2:
            ended.wait(5)
        owner.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        del job, owner
