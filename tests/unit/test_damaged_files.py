"""Every kind of file that is no sound plan file: a PlanFault with the right exit code, and the file as it was."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from minato_viewer.domain.faults import ExitCode, PlanFault
from minato_viewer.planfile.reader import Plan
from tests.mutants import PAGE, compose_everything, make, read_everything, tried


@pytest.mark.parametrize(("use", "times"), [(read_everything, 400), (compose_everything, 150)])
def test_a_spoiled_file_is_read_or_refused_and_nothing_else(
    bare_path: Path, tmp_path: Path, use: Callable[[Path], None], times: int
) -> None:
    data, path = bare_path.read_bytes(), tmp_path / "plan.sqlite"
    refused = 0
    for seed in range(times):
        make(data, seed, path)
        before = path.read_bytes()
        refused += tried(lambda: use(path), seed)
        assert path.read_bytes() == before
    assert times // 20 < refused < times


def replaced_header(data: bytes, place: int, value: bytes) -> bytes:
    return data[:place] + value + data[place + len(value) :]


def foreign_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (text)")
        connection.commit()


def changed(data: bytes, path: Path, statement: str) -> None:
    """Write `data` to `path` and change it as a careless tool would."""
    path.write_bytes(data)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)
        connection.execute("VACUUM")


def test_a_missing_file_is_refused_with_exit_3_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(PlanFault, match="is missing") as caught:
        Plan(tmp_path / "none.sqlite")
    assert caught.value.exit_code == ExitCode.PLAN_UNUSABLE
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_refused_with_exit_3(tmp_path: Path) -> None:
    with pytest.raises(PlanFault, match="cannot be read") as caught:
        Plan(tmp_path)
    assert caught.value.exit_code == ExitCode.PLAN_UNUSABLE


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        ("港区基本計画\n".encode(), "is not a plan file"),
        (b"SQLite format 3", "is not a plan file"),
        (b"SQLite format 3\0", "is not a plan file"),
        (bytes(8192), "is not a plan file"),
        (b"PK\x03\x04" + bytes(500), "is not a plan file"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_exit_3(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "plan.sqlite"
    path.write_bytes(content)
    with pytest.raises(PlanFault, match=sentence) as caught:
        Plan(path)
    assert caught.value.exit_code == ExitCode.PLAN_UNUSABLE
    assert path.read_bytes() == content
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.sqlite"]


def test_a_foreign_database_is_refused_with_exit_3(tmp_path: Path) -> None:
    foreign_database(tmp_path / "plan.sqlite")
    before = (tmp_path / "plan.sqlite").read_bytes()
    with pytest.raises(PlanFault, match="is not a plan file") as caught:
        Plan(tmp_path / "plan.sqlite")
    assert caught.value.exit_code == ExitCode.PLAN_UNUSABLE
    assert (tmp_path / "plan.sqlite").read_bytes() == before


@pytest.mark.parametrize("left", [1, 15, 71, 72, 99, 100, 512, PAGE - 1, PAGE, PAGE + 1, 10 * PAGE, -PAGE, -1])
def test_a_truncated_plan_file_is_refused_with_exit_3(bare_path: Path, tmp_path: Path, left: int) -> None:
    path = tmp_path / "plan.sqlite"
    path.write_bytes(bare_path.read_bytes()[:left])
    before = path.read_bytes()
    with pytest.raises(PlanFault) as caught:
        Plan(path)
    assert caught.value.exit_code == ExitCode.PLAN_UNUSABLE
    assert path.read_bytes() == before


def test_a_file_with_something_behind_its_end_is_refused(bare_path: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.sqlite").write_bytes(bare_path.read_bytes() + bytes(PAGE))
    with pytest.raises(PlanFault, match="is damaged"):
        Plan(tmp_path / "plan.sqlite")


def test_a_newer_major_version_is_refused_with_exit_4(bare_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.sqlite"
    path.write_bytes(replaced_header(bare_path.read_bytes(), 60, (2 << 16).to_bytes(4)))
    with pytest.raises(PlanFault, match="newer than this program") as caught:
        Plan(path)
    assert caught.value.exit_code == ExitCode.PLAN_NEWER


def test_a_newer_minor_version_is_read(bare_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.sqlite"
    path.write_bytes(replaced_header(bare_path.read_bytes(), 60, (1 << 16 | 7).to_bytes(4)))
    compose_everything(path)


def test_a_newer_minor_version_may_hold_kinds_fields_and_units_that_this_program_does_not_know(
    bare_path: Path, tmp_path: Path
) -> None:
    path = tmp_path / "plan.sqlite"
    changed(bare_path.read_bytes(), path, "UPDATE nodes SET kind = 'schedule' WHERE code = '2024/issue/1'")
    changed(path.read_bytes(), path, "UPDATE texts SET field = 'summary.1' WHERE field = 'body.1'")
    changed(path.read_bytes(), path, "UPDATE figures SET unit = 'tree' WHERE unit = 'person'")
    compose_everything(path)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP VIEW entry_text",
        "DROP TABLE links",
        "ALTER TABLE nodes RENAME COLUMN short TO shorter",
        "DELETE FROM properties WHERE key = 'editions'",
        "DELETE FROM properties WHERE key = 'edition/2024/language'",
        "UPDATE properties SET value = 2021 WHERE key = 'editions'",
        "UPDATE properties SET value = x'00ff' WHERE key = 'editions'",
        "UPDATE properties SET value = 'soon' WHERE key = 'edition/2021/period_end'",
        "UPDATE texts SET status = 'guessed'",
        "UPDATE texts SET text = x'E6B8AF'",
        "UPDATE texts SET text = cast(x'ff' AS TEXT)",
        "UPDATE texts SET source = 'somewhere' WHERE status = 'original'",
        "UPDATE figures SET basis = 'hoped'",
        "UPDATE figures SET value = 'many'",
        "UPDATE figures SET as_of = '2024-13-01'",
        "UPDATE nodes SET until = 'never'",
        "UPDATE nodes SET edition = '2019'",
        "UPDATE nodes SET parent_id = id",
        "UPDATE nodes SET parent_id = 9999 WHERE parent_id IS NOT NULL",
        "UPDATE nodes SET id = 9223372036854775807 WHERE id = 114",
        "UPDATE links SET origin = 'nobody'",
        "UPDATE links SET to_id = 9999",
    ],
)
def test_a_file_whose_values_make_no_sense_is_refused_with_exit_3(
    bare_path: Path, tmp_path: Path, statement: str
) -> None:
    path = tmp_path / "plan.sqlite"
    changed(bare_path.read_bytes(), path, statement)

    def use() -> None:
        compose_everything(path)
        read_everything(path)

    with pytest.raises(PlanFault) as caught:
        use()
    assert caught.value.exit_code == ExitCode.PLAN_UNUSABLE
