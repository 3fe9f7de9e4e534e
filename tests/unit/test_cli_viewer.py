"""`minato-viewer` as a process: what it answers without Qt, its exit codes, and what it never loads."""

import json
import subprocess
from pathlib import Path

import pytest

from minato_viewer import VERSION
from tests.unit.running import one_sentence, python, run

# Qt warns of a locale that this machine does not have.
C_LOCALE = {"LC_ALL": "C.UTF-8"}
PNG = b"\x89PNG\r\n\x1a\n"


def show(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the viewer in English, on a machine without a display."""
    return run("viewer", "--lang", "en", *arguments, home=home, variables=C_LOCALE)


def test_the_version_is_told_without_qt_sqlalchemy_or_babel(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom minato_viewer.__main__ import viewer\nprint(viewer())\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'PySide6', 'sqlalchemy', 'babel'}))"
    )
    told = python(["-c", code, "--version"], tmp_path)
    assert told.stdout.splitlines() == [f"minato-viewer {VERSION}", "0", "[]"]


@pytest.mark.parametrize("locale", ["en_US.UTF-8", "ja_JP.UTF-8", "ko_KR.UTF-8"])
def test_help_is_given_without_qt_on_any_console(tmp_path: Path, locale: str) -> None:
    code = "import sys\nsys.modules['PySide6'] = None\nfrom minato_viewer.__main__ import viewer\nsys.exit(viewer())"
    variables = {"LC_ALL": locale, "PYTHONIOENCODING": "ascii:strict"}
    told = python(["-c", code, "--help"], tmp_path, variables)
    assert (told.returncode, told.stderr) == (0, "")
    assert all(option in told.stdout for option in ("--plan", "--lang", "--open", "--screenshot", "--timing"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--colour"],
        ["--lang", "fr"],
        ["--lang"],
        ["--size", "huge"],
        ["--size", "1x1"],
        ["--size", "99999x99999"],
        ["--vers"],
        ["2021/policy/4"],
    ],
)
def test_a_command_line_that_is_not_understood_ends_with_exit_2_before_qt_is_loaded(
    tmp_path: Path, arguments: list[str]
) -> None:
    code = "import sys\nsys.modules['PySide6'] = None\nfrom minato_viewer.__main__ import viewer\nsys.exit(viewer())"
    done = python(["-c", code, *arguments], tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert one_sentence(done.stderr)


def test_an_unknown_entry_ends_with_exit_1(bare_path: Path, tmp_path: Path) -> None:
    done = show(tmp_path, "--plan", bare_path, "--open", "2021/policy/99", "--screenshot", "a.png")
    assert done.returncode == 1
    assert "2021/policy/99" in one_sentence(done.stderr)
    assert not (tmp_path / "a.png").exists()


@pytest.mark.parametrize(
    ("content", "code"), [(None, 3), (b"", 3), (b"text", 3), ("truncated", 3), ("newer", 4)], ids=str
)
def test_a_bad_plan_file_is_shown_and_ends_with_its_exit_code(
    bare_path: Path, tmp_path: Path, content: bytes | str | None, code: int
) -> None:
    data, path = bare_path.read_bytes(), tmp_path / "plan.sqlite"
    made = {"truncated": data[:9000], "newer": data[:60] + (2 << 16).to_bytes(4) + data[64:]}
    if content is not None:
        path.write_bytes(made[content] if isinstance(content, str) else content)
    done = show(tmp_path, "--plan", path, "--screenshot", "fault.png")
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert (tmp_path / "fault.png").read_bytes().startswith(PNG)


def test_without_a_display_the_viewer_says_what_to_do(bare_path: Path, tmp_path: Path) -> None:
    done = show(tmp_path, "--plan", bare_path)
    assert done.returncode == 1
    assert "--screenshot" in one_sentence(done.stderr)


def test_a_picture_that_cannot_be_written_is_one_sentence(bare_path: Path, tmp_path: Path) -> None:
    done = show(tmp_path, "--plan", bare_path, "--screenshot", "none/a.png")
    assert done.returncode == 1
    assert "none/a.png" in one_sentence(done.stderr)


def test_the_way_to_the_first_page_loads_neither_sqlalchemy_nor_the_sources(bare_path: Path, tmp_path: Path) -> None:
    code = (
        "import sys\nfrom minato_viewer.__main__ import viewer\ncode = viewer()\n"
        "names = {name for name in sys.modules if name.startswith(('sqlalchemy', 'minato_viewer.authoring'))}\n"
        "print(code, sorted(names), 'minato_viewer.ui.counter.window' in sys.modules)"
    )
    arguments = ["--plan", str(bare_path), "--open", "2024/section/outlook", "--timing"]
    done = python(["-c", code, *arguments], tmp_path, {"QT_QPA_PLATFORM": "offscreen"})
    timing, answer = done.stdout.splitlines()
    assert set(json.loads(timing)) >= {"first_paint", "content"}
    assert answer == "0 [] True"
    assert [path.name for path in bare_path.parent.iterdir()] == [bare_path.name]
