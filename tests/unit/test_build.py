"""Writing a plan file: what stands in it, the same bytes every time, whole or not at all."""

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.faults import ExitCode, Fault
from minato_viewer.domain.plan import Edition
from minato_viewer.planfile import build as module
from minato_viewer.planfile.build import build
from minato_viewer.planfile.reader import Plan
from tests.unit.running import python

VIEWS = {
    "entry": "code edition parent_code kind number position short",
    "entry_text": "code edition kind field lang text status stale source",
    "figure": "code edition value unit basis as_of until source",
    "link": "from_code to_code relation origin",
    "reading": "code field lang text",
    "ruby": "code field lang start length text",
    "meta": "key value",
}
ODD_NAMES = (
    "with space",
    "a#b",
    "100%",
    "50%25",
    "what?",
    "港区 基本計画",
    "it's",
    'say "so"',
    "a&b=c;d",
    "-o",
    "é\u0301",
)


if sys.platform == "win32":
    ODD_NAMES = tuple(name for name in ODD_NAMES if not set(name) & set('?"'))


def pragma(path: Path, name: str) -> object:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def leftovers(folder: Path, *known: str) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name not in known)


def test_the_header_is_that_of_the_contract(plan_path: Path) -> None:
    assert pragma(plan_path, "application_id") == 0x4D4E5450
    assert pragma(plan_path, "user_version") == 1 << 16 | 2
    assert pragma(plan_path, "journal_mode") == "delete"
    assert pragma(plan_path, "page_count") * pragma(plan_path, "page_size") == plan_path.stat().st_size
    assert pragma(plan_path, "freelist_count") == 0
    assert pragma(plan_path, "encoding") == "UTF-8"


def test_sqlite_finds_the_file_sound_and_its_references_kept(plan_path: Path) -> None:
    assert pragma(plan_path, "integrity_check") == "ok"
    with closing(sqlite3.connect(plan_path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("view", VIEWS)
def test_a_public_view_begins_with_the_columns_of_the_contract(plan_path: Path, view: str) -> None:
    documented = VIEWS[view].split()
    with closing(sqlite3.connect(plan_path)) as connection:
        found = [row[1] for row in connection.execute(f"PRAGMA table_info({view})")]
        kind = connection.execute("SELECT type FROM sqlite_schema WHERE name = ?", (view,)).fetchone()
    assert found[: len(documented)] == documented
    assert kind == ("view",)


def test_the_views_hold_every_value_of_the_sources(plan_path: Path, sources: Sources) -> None:
    data = sources.data
    with closing(sqlite3.connect(plan_path)) as connection:
        entries = set(connection.execute("SELECT code, edition, coalesce(parent_code, ''), short FROM entry"))
        texts = set(connection.execute("SELECT code, field, lang, text, status, stale, source FROM entry_text"))
        figures = set(connection.execute("SELECT code, value, unit, basis, as_of, until, source FROM figure"))
        links = set(connection.execute("SELECT from_code, to_code, relation, origin FROM link"))
    assert entries == {(row.code, row.edition, row.parent, row.short) for row in data.entries}
    assert texts == {
        (row.code, row.field, row.lang, row.text, row.status.value, int(row.stale), row.source) for row in data.texts
    }
    assert figures == {tuple(map(str, row)) for row in data.figures}
    assert links == {tuple(map(str, row)) for row in data.links}


def test_the_key_of_a_text_is_code_field_and_language(plan_path: Path) -> None:
    with closing(sqlite3.connect(plan_path)) as connection:
        rows = connection.execute("SELECT code, field, lang FROM entry_text").fetchall()
    assert len(rows) == len(set(rows)) > 0


def test_a_copy_that_is_not_there_is_a_missing_row(plan_path: Path) -> None:
    with closing(sqlite3.connect(plan_path)) as connection:
        empty = connection.execute("SELECT count(*) FROM entry_text WHERE trim(text) = ''").fetchone()
        title = connection.execute("SELECT count(*) FROM entry_text WHERE code = '2021/policy/24' AND field = 'title'")
        assert empty == (0,)
        assert title.fetchone() == (0,)


def test_meta_tells_format_digest_languages_editions_and_counts(plan_path: Path, sources: Sources) -> None:
    with closing(sqlite3.connect(plan_path)) as connection:
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        spoken = {row[0] for row in connection.execute("SELECT DISTINCT lang FROM entry_text")}
    assert meta["format"] == "1.2"
    assert meta["digest"] == sources.data.properties["digest"]
    assert set(meta["languages"].split()) == spoken
    assert meta["editions"] == "2021 2024 viewer"
    assert meta["edition/2021/superseded_by"] == "2024"
    assert (meta["edition/2021/period_start"], meta["edition/2021/period_end"]) == ("2021-04-01", "2027-03-31")
    own = {key.rpartition("/")[2]: value for key, value in meta.items() if key.startswith("edition/viewer/")}
    assert own == {**dict.fromkeys(Edition._fields[1:], ""), "language": "ja"}
    assert meta["count/entries"] == str(len(sources.data.entries))
    assert meta["count/texts"] == str(len(sources.data.texts))


def test_two_builds_are_the_same_bytes(plan_path: Path, sources: Sources, tmp_path: Path) -> None:
    build(sources.data, tmp_path / "again.sqlite")
    assert (tmp_path / "again.sqlite").read_bytes() == plan_path.read_bytes()


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_another_process_with_another_hash_seed_builds_the_same_bytes(
    plan_path: Path, tmp_path: Path, seed: str
) -> None:
    code = "from minato_viewer.__main__ import plan; exit(plan())"
    made = python(["-c", code, "build", "-o", "plan.sqlite"], tmp_path, {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"})
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "plan.sqlite").read_bytes() == plan_path.read_bytes()


def test_a_build_replaces_the_old_file_and_leaves_nothing_beside_it(bare_sources: Sources, tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "plan.sqlite"
    target.parent.mkdir()
    target.write_bytes(b"old")
    build(bare_sources.data, target)
    Plan(target).close()
    assert leftovers(target.parent, "plan.sqlite") == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses to replace an open file")
def test_who_reads_the_old_file_goes_on_reading_it_whole(bare_sources: Sources, tmp_path: Path) -> None:
    target = tmp_path / "plan.sqlite"
    target.write_bytes(b"old")
    with target.open("rb") as reader:
        build(bare_sources.data, target)
        assert reader.read() == b"old"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), sqlite3.OperationalError("disk I/O error")])
def test_a_write_that_fails_leaves_the_old_file_untouched(
    bare_sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    target = tmp_path / "plan.sqlite"
    target.write_bytes(b"old")
    monkeypatch.setattr(module, "_insert", fail)
    with pytest.raises(Fault, match=r"plan\.sqlite"):
        build(bare_sources.data, target)
    assert target.read_bytes() == b"old"
    assert leftovers(tmp_path, "plan.sqlite") == []


def test_a_mistake_of_ours_while_writing_stays_one_and_leaves_the_old_file(
    bare_sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_node_rows", lambda *_: 1 / 0)
    (tmp_path / "plan.sqlite").write_bytes(b"old")
    with pytest.raises(ZeroDivisionError):
        build(bare_sources.data, tmp_path / "plan.sqlite")
    assert (tmp_path / "plan.sqlite").read_bytes() == b"old"
    assert leftovers(tmp_path, "plan.sqlite") == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of a file's size")
@pytest.mark.parametrize("limit", [1, 8192, 50_000])
def test_a_disk_that_takes_no_more_is_a_fault_with_a_sentence(
    bare_sources: Sources, tmp_path: Path, limit: int
) -> None:
    import resource

    (tmp_path / "plan.sqlite").write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        with pytest.raises(Fault, match=r"plan\.sqlite") as caught:
            build(bare_sources.data, tmp_path / "plan.sqlite")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert caught.value.exit_code == ExitCode.FINDINGS
    assert (tmp_path / "plan.sqlite").read_bytes() == b"old"
    assert leftovers(tmp_path, "plan.sqlite") == []


def test_a_folder_that_is_missing_is_made(bare_sources: Sources, tmp_path: Path) -> None:
    build(bare_sources.data, tmp_path / "a" / "b" / "plan.sqlite")
    Plan(tmp_path / "a" / "b" / "plan.sqlite").close()


def test_a_folder_that_cannot_be_made_is_a_fault(bare_sources: Sources, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Fault, match="cannot be written"):
        build(bare_sources.data, tmp_path / "file" / "plan.sqlite")


def test_a_target_that_is_a_folder_is_a_fault(bare_sources: Sources, tmp_path: Path) -> None:
    (tmp_path / "plan.sqlite").mkdir()
    with pytest.raises(Fault, match="cannot be written"):
        build(bare_sources.data, tmp_path / "plan.sqlite")
    assert leftovers(tmp_path, "plan.sqlite") == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_must_not_be_written_is_a_fault(bare_sources: Sources, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(Fault, match="cannot be written"):
        build(bare_sources.data, tmp_path / "plan.sqlite")


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_path_with_odd_characters_is_built_and_opened_as_it_is(
    bare_sources: Sources, bare_path: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name / f"{name}.sqlite"
    build(bare_sources.data, path)
    assert path.read_bytes() == bare_path.read_bytes()
    opened = Plan(path)
    assert opened.node("2021/policy/4") is not None
    opened.close()
    assert leftovers(path.parent, path.name) == []
    assert leftovers(tmp_path, name) == []
