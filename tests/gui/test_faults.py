"""What the world does to the program: files that cannot be used, options that cannot be meant."""

import json
import shutil
import struct
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from minato_viewer.domain.faults import PlanFault
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.planfile.format import FORMAT_MAJOR
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.appearance import Appearance
from minato_viewer.services.translator import Translator
from minato_viewer.ui.shell.fault_window import FaultWindow
from tests.gui.starting import Ended, viewer

USER_VERSION_AT = 60
"""Offset of `user_version` in the header of an SQLite file."""


def one_sentence(ended: Ended) -> bool:
    """Whether a single line on stderr says what to do, and no traceback does."""
    return len(ended.sentences) == 1 and "Traceback" not in ended.err and len(ended.sentences[0]) > 10


def nothing(path: Path, whole: Path) -> None:
    """There is no file."""


def empty(path: Path, whole: Path) -> None:
    path.write_bytes(b"")


def truncated(path: Path, whole: Path) -> None:
    path.write_bytes(whole.read_bytes()[:-4096])


def cut_in_the_header(path: Path, whole: Path) -> None:
    path.write_bytes(whole.read_bytes()[:80])


def foreign(path: Path, whole: Path) -> None:
    path.write_bytes(b"%PDF-1.7 " + b"x" * 5000)


def another_database(path: Path, whole: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + whole.read_bytes()[16:68] + bytes(4) + whole.read_bytes()[72:])


def scribbled_over(path: Path, whole: Path) -> None:
    content = bytearray(whole.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    path.write_bytes(content)


def newer(path: Path, whole: Path) -> None:
    content = bytearray(whole.read_bytes())
    content[USER_VERSION_AT : USER_VERSION_AT + 4] = struct.pack(">I", FORMAT_MAJOR + 1 << 16)
    path.write_bytes(content)


def a_folder(path: Path, whole: Path) -> None:
    path.mkdir()


DAMAGES: list[tuple[Callable[[Path, Path], None], int]] = [
    (nothing, 3),
    (empty, 3),
    (truncated, 3),
    (cut_in_the_header, 3),
    (foreign, 3),
    (another_database, 3),
    (scribbled_over, 3),
    (newer, 4),
    (a_folder, 3),
]


@pytest.mark.parametrize(("damage", "code"), DAMAGES, ids=lambda value: getattr(value, "__name__", str(value)))
def test_an_unusable_plan_file_shows_a_window_that_says_so(
    damage: Callable[[Path, Path], None], code: int, plan_path: Path, tmp_path: Path
) -> None:
    file, picture = tmp_path / "plan.sqlite", tmp_path / "fault.png"
    damage(file, plan_path)
    before = sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
    ended = viewer("--plan", file, "--lang", "ja", "--screenshot", picture)
    assert ended.code == code, ended.err
    assert "Traceback" not in ended.err
    assert len(ended.sentences) <= 1
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1280, 800)
    assert len({image.pixel(x, y) for x in range(0, 1280, 4) for y in range(0, 800, 4)}) > 3, "something is on it"
    assert before == (sha256(file.read_bytes()).hexdigest() if file.is_file() else "")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        {"fault.png", *([file.name] if file.exists() else [])}
    )


@pytest.mark.parametrize("damage", [damage for damage, _ in DAMAGES], ids=lambda damage: damage.__name__)
def test_the_window_of_a_fault_changes_its_language(
    damage: Callable[[Path, Path], None], plan_path: Path, tmp_path: Path, dressed: QApplication, qtbot
) -> None:
    file = tmp_path / "plan.sqlite"
    damage(file, plan_path)
    with pytest.raises(PlanFault) as caught:
        Plan(file)
    translator = Translator("ja", dressed)
    window = FaultWindow(caught.value, translator, Appearance("light"), TAGS)
    qtbot.addWidget(window)
    window.show()
    sentences: set[str] = set()
    for button, tag in zip(language_buttons(window), TAGS, strict=True):
        button.click()
        assert translator.tag == tag
        assert "港区" in window.windowTitle() or "Minato" in window.windowTitle()
        sentence = window.findChild(QLabel, "fault").text()
        assert sentence == messages(tag).gettext(caught.value.message, **caught.value.values)
        assert str(file) in sentence
        title = window.findChild(QLabel, "fault_title").text()
        assert title == messages(tag).gettext("The plan cannot be shown")
        sentences.add(sentence)
    assert len(sentences) == len(TAGS), "each language says it in its own words"
    close = next(button for button in window.findChildren(QPushButton) if button.objectName() != "language")
    close.click()
    assert not window.isVisible()
    translator.deleteLater()
    QApplication.sendPostedEvents(translator, QEvent.Type.DeferredDelete)


def language_buttons(window: FaultWindow) -> list[QPushButton]:
    return [button for button in window.findChildren(QPushButton) if button.objectName() == "language"]


@pytest.mark.parametrize("name", ["a b", "a#b", "100%", "50%41", "what?", "計画", "a&b=c;d", "it's"])
def test_any_path_serves_for_a_plan_file(name: str, plan_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    file, picture = folder / f"{name}.sqlite", folder / f"{name}.png"
    shutil.copy(plan_path, file)
    ended = viewer("--plan", file, "--screenshot", picture, "--open", "2021/policy/4")
    assert (ended.code, ended.sentences) == (0, [])
    assert not QImage(str(picture)).isNull()
    assert sorted(path.name for path in folder.iterdir()) == sorted([file.name, picture.name])
    assert file.read_bytes() == plan_path.read_bytes()


@pytest.mark.parametrize("tag", TAGS)
def test_a_picture_is_as_large_as_asked(tag: str, plan_path: Path, tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    ended = viewer("--plan", plan_path, "--screenshot", picture, "--size", "1100x720", "--lang", tag)
    assert (ended.code, ended.sentences) == (0, [])
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1100, 720)


def test_a_picture_can_show_two_languages_side_by_side(plan_path: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.png", tmp_path / "two.png"
    asked = ("--plan", plan_path, "--open", "2024/district/takanawa", "--lang", "ja")
    assert viewer(*asked, "--screenshot", one).code == 0
    assert viewer(*asked, "--with", "zh-Hans", "--screenshot", two).code == 0
    images = [QImage(str(path)) for path in (one, two)]
    assert images[0].size() == images[1].size()
    assert images[0] != images[1]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--open", "2021/policy/99"], 1),
        (["--open", "nothing"], 1),
        (["--lang", "xx"], 2),
        (["--lang", "ja-JP"], 2),
        (["--size", "bad"], 2),
        (["--size", "0x0"], 2),
        (["--size", "１２８０x８００"], 2),
        (["--size", "99999999x1"], 2),
        (["--no-such-option"], 2),
        (["stray"], 2),
    ],
)
def test_what_cannot_be_meant_ends_with_a_sentence(
    arguments: list[str], code: int, plan_path: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "page.png"
    ended = viewer("--plan", plan_path, "--screenshot", picture, *arguments)
    assert ended.code == code
    assert one_sentence(ended), ended.err
    assert not picture.exists()


def test_a_picture_that_cannot_be_written_is_said(plan_path: Path, tmp_path: Path) -> None:
    ended = viewer("--plan", plan_path, "--screenshot", tmp_path / "missing" / "page.png")
    assert ended.code == 1
    assert one_sentence(ended), ended.err
    assert "missing" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_timing_prints_one_line(plan_path: Path) -> None:
    ended = viewer("--plan", plan_path, "--timing")
    assert (ended.code, ended.sentences) == (0, [])
    assert len(ended.out.splitlines()) == 1
    times = json.loads(ended.out)
    assert times.keys() >= {"first_paint", "content"}
    assert 0 < times["first_paint"] <= times["content"]
