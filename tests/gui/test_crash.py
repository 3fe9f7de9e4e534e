"""A mistake of ours: written down first, then said in the reader's language, and the window goes on."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.services import crash
from minato_viewer.ui.shell.dialogs import crash_dialog
from tests.gui.crash_driver import FAULT, SECRET
from tests.gui.starting import driver

MISTAKE = "The program made a mistake. You can go on; if it looks wrong, start it anew."
REPORT = "A report for the people who maintain it is in {path}."
NO_REPORT = "No report could be written, because the user folder cannot be written to."


def driven(plan: Path, tag: str, kind: str, folder: Path) -> tuple[dict[str, Any], str]:
    """Run the program with `folder` as the user's; return what was seen, and stderr."""
    ended = driver("crash_driver", plan, tag, kind, XDG_STATE_HOME=str(folder), LOCALAPPDATA=str(folder))
    assert ended.code == 0, ended.err
    return json.loads(ended.out), ended.err


@pytest.mark.parametrize("tag", ["ja", "ko"])
def test_a_mistake_in_a_slot_is_written_down_before_it_is_said(tag: str, plan_path: Path, tmp_path: Path) -> None:
    seen, said = driven(plan_path, tag, "slot", tmp_path)
    (report,) = seen["reports before dialog"]
    assert seen["reports"] == [report], "one mistake, one report"
    assert Path(report).is_relative_to(tmp_path)
    content = Path(report).read_text(encoding="utf-8")
    assert SECRET in content
    assert "in mistake" in content
    title, text, where = seen["dialog"]
    assert "港区" in title or "Minato" in title
    assert text == messages(tag).gettext(MISTAKE)
    assert where == messages(tag).gettext(REPORT, path=report)
    assert text != MISTAKE, "the catalogue has this sentence"
    assert seen["goes on with"] == "2021/policy/4"
    assert seen["code"] == 0
    assert SECRET in said


def test_a_plan_file_that_fails_in_the_middle_is_said_and_reported_to_nobody(plan_path: Path, tmp_path: Path) -> None:
    seen, said = driven(plan_path, "ko", "fault", tmp_path)
    assert seen["reports before dialog"] == seen["reports"] == []
    assert seen["dialog"][1:] == [messages("ko").gettext(FAULT, path="plan.sqlite"), ""]
    assert seen["goes on with"] == "2021/policy/4"
    assert "Traceback" not in said


def test_a_mistake_in_a_thread_is_written_down_and_shows_nothing(plan_path: Path, tmp_path: Path) -> None:
    seen, _ = driven(plan_path, "ja", "thread", tmp_path)
    (report,) = seen["reports"]
    content = Path(report).read_text(encoding="utf-8")
    assert SECRET in content
    assert "worker" in content
    assert seen["dialog"] is False
    assert seen["goes on with"] == "2021/policy/4"


def test_a_user_folder_that_cannot_be_written_to_is_said(plan_path: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder", encoding="utf-8")
    seen, _ = driven(plan_path, "ja", "slot", blocked)
    assert seen["reports before dialog"] == []
    assert seen["dialog"][1:] == [messages("ja").gettext(MISTAKE), messages("ja").gettext(NO_REPORT)]
    assert seen["goes on with"] == "2021/policy/4"
    assert blocked.read_text(encoding="utf-8") == "not a folder"


def test_the_running_program_sets_every_widget_in_the_languages_font(plan_path: Path, tmp_path: Path) -> None:
    seen, said = driven(plan_path, "ja", "switch", tmp_path)
    assert seen["styled"]
    assert seen["families"] == {tag: [] for tag in TAGS}, "families left behind"
    assert "Traceback" not in said


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("report", [Path("/somewhere/<b>crash</b> & 日本語.txt"), None])
def test_the_dialog_says_it_in_every_language(tag: str, report: Path | None, dressed: QApplication, qtbot) -> None:
    del dressed
    said_in = messages(tag)
    dialog = crash_dialog(report, said_in, None)
    qtbot.addWidget(dialog)
    assert isinstance(dialog, QMessageBox)
    assert dialog.text() == said_in.gettext(MISTAKE)
    wanted = said_in.gettext(REPORT, path=report) if report else said_in.gettext(NO_REPORT)
    assert dialog.informativeText() == wanted


def test_two_reports_of_one_second_are_both_kept(tmp_path: Path) -> None:
    paths = {crash.write_report(RuntimeError(str(number)), tmp_path) for number in range(5)}
    assert None not in paths
    assert len(list(tmp_path.iterdir())) == len(paths) == 5
