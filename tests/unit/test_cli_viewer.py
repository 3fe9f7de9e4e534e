"""`minato-viewer` as a process: what it answers without Qt, its exit codes, and what it never loads."""

import json
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

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


# -- paper ---------------------------------------------------------------------------------------


def test_a_pdf_is_written_without_a_display_and_is_the_same_each_time(plan_path: Path, tmp_path: Path) -> None:
    arguments = ("--plan", plan_path, "--open", "2024/issue/2", "--with", "ja", "--text-size", "150", "--pdf")
    for name in ("one.pdf", "two.pdf"):
        done = show(tmp_path, *arguments, name)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF-")
    # Started anew: Python and Qt seed their hashes differently each time.
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {"one.pdf", "two.pdf"}


def test_a_branch_has_more_pages_than_its_entry(plan_path: Path, tmp_path: Path) -> None:
    counts: list[int] = []
    for more in ([], ["--branch"]):
        done = show(tmp_path, "--plan", plan_path, "--open", "2024", "--paper", "A5", *more, "--pdf", "a.pdf")
        assert done.returncode == 0
        counts.append(len(PdfReader(tmp_path / "a.pdf").pages))
    assert counts[0] < counts[1]


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (["--pdf", "none/a.pdf"], 1, "none"),
        (["--pdf", "/proc/a.pdf"], 1, "/proc/a.pdf"),
        (["--pdf", "."], 1, "."),
        (["--open", "2021/none", "--pdf", "a.pdf"], 1, "2021/none"),
        (["--with", "fr", "--pdf", "a.pdf"], 2, "fr"),
        (["--paper", "B5", "--pdf", "a.pdf"], 2, "B5"),
        (["--plan", "none.sqlite", "--pdf", "a.pdf"], 3, "none.sqlite"),
    ],
)
def test_a_pdf_that_cannot_be_is_one_sentence_and_no_file(
    arguments: list[str], code: int, named: str, plan_path: Path, tmp_path: Path
) -> None:
    done = show(tmp_path, "--plan", plan_path, *arguments)
    assert done.returncode == code
    assert named in one_sentence(done.stderr)
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


@pytest.mark.parametrize("most", [1_000, 30_000, 80_000])
def test_a_disk_that_is_full_on_the_way_leaves_the_old_file(most: int, plan_path: Path, tmp_path: Path) -> None:
    """The system itself refuses to write more than `most` bytes."""
    (tmp_path / "a.pdf").write_text("the old one")
    code = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))\n"
        "from minato_viewer.__main__ import viewer\nsys.exit(viewer())"
    )
    arguments = ["--lang", "en", "--plan", str(plan_path), "--open", "2024", "--branch", "--pdf", "a.pdf"]
    done = python(["-B", "-c", code, *arguments], tmp_path, C_LOCALE)
    assert done.returncode == 1
    assert "a.pdf" in one_sentence(done.stderr)
    assert {path.name: path.read_text() for path in tmp_path.iterdir() if path.is_file()} == {"a.pdf": "the old one"}


def test_an_existing_file_is_replaced_as_a_whole(plan_path: Path, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"x" * 1_000_000)
    assert show(tmp_path, "--plan", plan_path, "--open", "2021/policy/4", "--pdf", "a.pdf").returncode == 0
    assert len(PdfReader(tmp_path / "a.pdf", strict=True).pages) == 1


def test_letters_of_another_language_are_on_paper_though_nothing_else_asked_for_its_font(
    plan_path: Path, tmp_path: Path
) -> None:
    done = run(
        "viewer", "--lang", "ja", "--plan", plan_path, "--open", "2024/participation/forum", "--pdf", "a.pdf",
        home=tmp_path, variables=C_LOCALE,
    )  # fmt: skip
    assert done.returncode == 0
    assert "论坛" in "".join(PdfReader(tmp_path / "a.pdf").pages[0].extract_text().split())
