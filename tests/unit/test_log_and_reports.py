"""The log and the crash reports: small, few, and without a word of a visit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from minato_viewer.domain.faults import Fault
from minato_viewer.services import crash, log

QUERY = "kosodate"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    log.open_log(tmp_path)
    yield tmp_path / log.FOLDER
    log.open_log(None)


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    """Return `error` with the place where it was raised, and the error that it came from."""
    try:
        raise error from cause
    except Exception as caught:  # noqa: BLE001 - whatever a test asks for
        return caught


# -- the log -------------------------------------------------------------------------------------


def test_there_is_no_file_before_there_is_something_to_note(folder: Path) -> None:
    assert not folder.exists()
    log.note("an update\nwas taken in")
    (file,) = folder.iterdir()
    assert file.read_text("utf-8").strip().endswith(" an update was taken in")
    assert len(file.read_text("utf-8").splitlines()) == 1


def test_of_a_path_the_last_name_is_noted_alone(folder: Path) -> None:
    log.note_fault(Fault("{path} is broken ({reason}).", path=Path("/media/yamada/STICK/a.pack"), reason="EIO"))
    (file,) = folder.iterdir()
    assert file.read_text("utf-8").strip().endswith(" a.pack is broken (EIO).")


def test_its_files_stay_small_and_few(folder: Path) -> None:
    folder.mkdir()
    for number in range(30):
        (folder / f"{number}.log").write_text("of another program", encoding="utf-8")
    for number in range(3000):
        log.note(f"{number} {'x' * 100}")
    files = list(folder.iterdir())
    assert len(files) <= log.KEPT + 1
    assert max(path.stat().st_size for path in files) <= log.LARGEST_FILE
    assert any("2999 xxx" in path.read_text("utf-8") for path in files)


def test_where_it_cannot_be_written_nothing_happens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / log.FOLDER).write_text("in its place", encoding="utf-8")
    log.open_log(tmp_path)
    log.note("a sentence")
    log.open_log(None)
    log.note("another")
    assert capsys.readouterr() == ("", "")
    assert (tmp_path / log.FOLDER).read_text("utf-8") == "in its place"


# -- crash reports -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error",
    [ValueError(QUERY), KeyError(QUERY), Exception(QUERY), UnicodeDecodeError("utf-8", QUERY.encode(), 0, 1, QUERY)],
    ids=repr,
)
def test_what_an_error_says_may_be_of_the_visit_and_stays_out(error: Exception) -> None:
    error.add_note(QUERY)
    told = crash.told(raised(error))
    assert QUERY not in told
    assert type(error).__name__ in told
    assert "in raised" in told


def test_what_python_says_of_names_in_the_program_stays_in() -> None:
    errors = [AttributeError("no attribute 'pane'"), NameError("no name"), RuntimeError("C++ object deleted")]
    assert all(str(error) in crash.told(raised(error)) for error in errors)

    class Ours(RuntimeError):
        """A subclass says what its author thought of."""

    assert QUERY not in crash.told(raised(Ours(QUERY)))


def test_of_a_fault_of_the_disk_the_kind_is_told_and_no_path() -> None:
    told = crash.told(raised(FileNotFoundError(2, "No such file or directory", f"/home/{QUERY}/x")))
    assert "FileNotFoundError: No such file or directory" in told
    assert QUERY not in told


def test_the_errors_before_are_told_too_without_their_words() -> None:
    told = crash.told(raised(RuntimeError("the second"), raised(ValueError(QUERY))))
    assert told.index("ValueError") < told.index("and then") < told.index("RuntimeError: the second")
    assert QUERY not in told


def test_reports_are_few_and_small(tmp_path: Path) -> None:
    def deep(count: int) -> None:
        if count:
            deep(count - 1)
        raise ValueError(QUERY)

    with pytest.raises(ValueError, match=QUERY) as caught:
        deep(500)
    paths = [crash.write_report(caught.value, tmp_path) for _ in range(crash.KEPT + 5)]
    assert sorted(tmp_path.iterdir()) == sorted(paths)[5:]
    assert max(path.stat().st_size for path in tmp_path.iterdir()) < crash.LARGEST_REPORT + 1000
