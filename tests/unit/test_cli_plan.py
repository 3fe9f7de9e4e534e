"""`minato-plan` as a process: exit codes, one sentence on stderr, languages, encodings, and no Qt."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from minato_viewer import VERSION
from minato_viewer.language.tags import TAGS
from minato_viewer.planfile.reader import Plan
from minato_viewer.planfile.search import Search
from tests.unit.running import PROGRAMS, environment, one_sentence, python, run

CODE = "2021/policy/4"
TITLE = "自助・共助・公助により災害に強い都心づくりを進める"


@pytest.fixture
def bad_plans(bare_path: Path, tmp_path: Path) -> dict[str, Path]:
    data = bare_path.read_bytes()
    contents = {
        "empty": b"",
        "text": "港区".encode(),
        "truncated": data[: len(data) // 2],
        "scribbled": data[:4096] + bytes(len(data) - 4096),
        "newer": data[:60] + (9 << 16).to_bytes(4) + data[64:],
    }
    for name, content in contents.items():
        (tmp_path / f"{name}.sqlite").write_bytes(content)
    return {name: tmp_path / f"{name}.sqlite" for name in (*contents, "missing")} | {"folder": tmp_path}


def test_the_version_is_told_without_qt_sqlalchemy_or_babel(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom minato_viewer.__main__ import plan\n"
        "try:\n    plan()\nexcept SystemExit as end:\n    print(end.code)\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'PySide6', 'sqlalchemy', 'babel'}))"
    )
    told = python(["-c", code, "--version"], tmp_path)
    assert told.stdout.splitlines() == [f"minato-plan {VERSION}", "0", "[]"]


@pytest.mark.parametrize(
    "arguments",
    [["build", "-o", "made.sqlite"], ["check"], ["check", "--coverage"], ["show", CODE], ["search", "計画"], ["stats"]],
)
def test_no_command_imports_qt(bare_path: Path, tmp_path: Path, arguments: list[str]) -> None:
    plan = ["--plan", str(bare_path)] if arguments[0] in {"show", "search", "stats"} else []
    code = (
        "import sys\nfor name in ('PySide6', 'shiboken6'): sys.modules[name] = None\n"
        "from minato_viewer.__main__ import plan\nsys.exit(plan())"
    )
    done = python(["-c", code, *arguments, *plan], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_build_writes_a_file_that_stats_counts(tmp_path: Path) -> None:
    built = run("plan", "build", "-o", "made.sqlite", home=tmp_path)
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    counted = run("plan", "stats", "--plan", "made.sqlite", "--json", home=tmp_path)
    assert counted.returncode == 0
    told = json.loads(counted.stdout)
    with closing(sqlite3.connect(tmp_path / "made.sqlite")) as connection:
        texts = connection.execute("SELECT count(*) FROM entry_text").fetchone()[0]
    assert sum(row["texts"] for row in told["texts"]) == texts == int(told["meta"]["count/texts"])
    assert told["meta"]["editions"] == "2021 2024 viewer"
    assert {row["status"] for row in told["texts"] if row["edition"] == "viewer"} == {"editor"}


@pytest.mark.parametrize("name", ["with space", "a#b", "100%", "日本語", "what?"])
def test_build_and_show_take_a_path_as_it_is(tmp_path: Path, name: str) -> None:
    assert run("plan", "build", "-o", f"{name}/{name}.sqlite", home=tmp_path).returncode == 0
    assert [path.name for path in (tmp_path / name).iterdir()] == [f"{name}.sqlite"]
    shown = run("plan", "show", CODE, "--plan", f"{name}/{name}.sqlite", "--lang", "ja", home=tmp_path)
    assert TITLE in shown.stdout


def test_a_build_that_cannot_be_written_ends_with_exit_1(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    built = run("plan", "build", "-o", "file/plan.sqlite", home=tmp_path)
    assert built.returncode == 1
    assert "choose another place with -o" in one_sentence(built.stderr)


def test_check_says_that_nothing_is_wrong(tmp_path: Path) -> None:
    checked = run("plan", "check", "--coverage", home=tmp_path)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.splitlines()[-1].endswith("entries checked: no mistake found.")
    assert checked.stdout.count(" 0 lost") == 2


def test_check_lists_every_number_of_the_plan(tmp_path: Path) -> None:
    checked = run("plan", "check", "--numbers", home=tmp_path)
    assert checked.returncode == 0
    assert "2021/figure/project-cost#value.1: 851億円 (85100000000 JPY): figure" in checked.stdout.splitlines()
    assert "2024/issue/6#body.1: 28 万区民 (280000 person): text" in checked.stdout.splitlines()


def test_a_table_goes_to_the_output_where_no_file_is_named(tmp_path: Path) -> None:
    exported = run("plan", "export", "--format", "csv", "--edition", "viewer", "--lang", "en", home=tmp_path)
    assert (exported.returncode, exported.stderr) == (0, "")
    assert exported.stdout.startswith('\ufeff"code","field"')
    assert list(tmp_path.iterdir()) == []


def test_show_prints_the_page_in_the_language_asked_for(bare_path: Path, tmp_path: Path) -> None:
    shown = {
        tag: run("plan", "show", CODE, "--lang", tag, "--plan", bare_path, home=tmp_path).stdout.splitlines()
        for tag in TAGS
    }
    assert all(lines[2] == TITLE for lines in shown.values())
    kickers = {tag: lines[1] for tag, lines in shown.items()}
    assert (kickers["ja"], kickers["en"]) == ("政策4", "Policy 4")
    assert len({kickers["ja"], kickers["en"], kickers["ko"], kickers["zh-Hans"]}) >= 3


def test_show_prints_a_guide_in_the_language_asked_for(tmp_path: Path) -> None:
    assert run("plan", "build", "-o", "made.sqlite", home=tmp_path).returncode == 0
    arguments = ["show", "viewer/guide/keys", "--plan", "made.sqlite", "--lang"]
    shown = {tag: run("plan", *arguments, tag, home=tmp_path) for tag in TAGS}
    assert {done.returncode for done in shown.values()} == {0}
    assert len({done.stdout for done in shown.values()}) == len(TAGS)
    assert all("\n- Ctrl+L — " in done.stdout for done in shown.values())


def test_show_json_holds_the_page_with_language_status_and_source_of_every_text(
    bare_path: Path, tmp_path: Path
) -> None:
    shown = run("plan", "show", "2021/issue/7", "--lang", "ja", "--json", "--plan", bare_path, home=tmp_path)
    page = json.loads(shown.stdout)
    assert (page["code"], page["lang"], page["title"]["status"]) == ("2021/issue/7", "ja", "original")
    paragraphs = [block for block in page["blocks"] if block["type"] == "paragraph"]
    assert paragraphs[0]["words"]["field"] == "body.1"
    assert {block["words"]["lang"] for block in paragraphs} == {"ja"}
    assert paragraphs[-1]["words"]["status"] == "editor"
    assert {block["type"] for block in page["blocks"]} == {"notice", "paragraph", "links", "imprint"}


@pytest.mark.parametrize("code", ["2021/policy/99", "", "港区", "2021/policy/4/"])
def test_an_unknown_code_ends_with_exit_1(bare_path: Path, tmp_path: Path, code: str) -> None:
    shown = run("plan", "show", code, "--plan", bare_path, home=tmp_path)
    assert (shown.returncode, shown.stdout) == (1, "")
    assert "codes look like 2021/policy/4" in one_sentence(shown.stderr)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["show"],
        ["show", CODE, "--colour"],
        ["show", CODE, "--lang"],
        ["show", CODE, "--lang", "fr"],
        ["stats", "--lang", "ja"],
        ["build", "-o"],
        ["check", "--cov"],
        ["--verson"],
    ],
)
def test_a_command_line_that_is_not_understood_ends_with_exit_2(
    bare_path: Path, tmp_path: Path, arguments: list[str]
) -> None:
    plan = ["--plan", str(bare_path)] if arguments[:1] == ["show"] else []
    done = run("plan", *arguments[:2], *plan, *arguments[2:], home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert one_sentence(done.stderr)


@pytest.mark.parametrize("kind", ["missing", "empty", "text", "truncated", "scribbled", "folder", "newer"])
def test_a_bad_plan_file_ends_with_exit_3_or_4_and_stays_as_it_was(
    bad_plans: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    path = bad_plans[kind]
    before = path.read_bytes() if path.is_file() else None
    for command in (["show", CODE], ["stats"]):
        done = run("plan", *command, "--plan", path, home=tmp_path)
        assert (done.returncode, done.stdout) == (4 if kind == "newer" else 3, "")
        assert str(path) in one_sentence(done.stderr)
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize("encoding", ["ascii", "cp932", "cp1252", "utf-8"])
def test_a_console_of_another_encoding_gets_question_marks_and_no_crash(
    bare_path: Path, tmp_path: Path, encoding: str
) -> None:
    for code, tag in ((CODE, "ko"), ("2024/wish/1", "zh-Hans"), ("2021/policy/99", "ja")):
        arguments = ["show", code, "--lang", tag, "--plan", bare_path]
        done = run("plan", *arguments, home=tmp_path, variables={"PYTHONIOENCODING": encoding})
        assert done.returncode == (1 if code.endswith("99") else 0)
        assert done.stdout or done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("locale", ["ja_JP.UTF-8", "ko_KR.UTF-8", "zh_CN.UTF-8"])
@pytest.mark.parametrize("arguments", [["--help"], ["show", "--help"], ["fly"], ["--version"]])
def test_a_poor_console_gets_help_and_errors_too(tmp_path: Path, locale: str, arguments: list[str]) -> None:
    done = run("plan", *arguments, home=tmp_path, variables={"LC_ALL": locale, "PYTHONIOENCODING": "ascii:strict"})
    assert done.returncode == (2 if arguments == ["fly"] else 0)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("ja", "コード「2021/policy/99」の項目はありません"),
        ("en", "There is no entry with the code 2021/policy/99"),
        ("zh-Hans", "2021/policy/99"),
        ("ko", "2021/policy/99"),
    ],
)
def test_a_fault_is_told_in_the_language_asked_for(bare_path: Path, tmp_path: Path, tag: str, words: str) -> None:
    done = run("plan", "show", "2021/policy/99", "--lang", tag, "--plan", bare_path, home=tmp_path)
    assert words in done.stderr
    assert ("There is no entry" in done.stderr) == (tag == "en")


def test_the_systems_language_serves_where_none_is_asked_for(bare_path: Path, tmp_path: Path) -> None:
    arguments = ["show", "2024/wish/1", "--plan", bare_path]
    korean = run("plan", *arguments, home=tmp_path, variables={"LC_ALL": "ko_KR.UTF-8"})
    asked = run("plan", *arguments, "--lang", "ko", home=tmp_path)
    assert korean.stdout == asked.stdout != ""


def test_a_reader_that_closes_the_pipe_early_hears_no_complaint(bare_path: Path, tmp_path: Path) -> None:
    command = [sys.executable, *PROGRAMS["plan"], "show", "2021/section/sdgs", "--plan", str(bare_path)]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


# -- search ----------------------------------------------------------------------------------------


def test_search_finds_what_the_window_finds(plan_path: Path, tmp_path: Path) -> None:
    with closing(Plan(plan_path)) as plan, closing(Search(plan)) as search:
        for words in ("防災", "bousai", "政策4", "地域 支援"):
            told = run("plan", "search", words, "--lang", "ko", "--json", "--plan", plan_path, home=tmp_path)
            rows = json.loads(told.stdout)
            assert [row["code"] for row in rows] == [hit.code for hit in search.find(words, "ko").hits]
            assert [list(row) for row in rows] == [["code", "title", "lang", "field", "snippet", "tier"]] * len(rows)


def test_search_tells_titles_marks_and_the_count(plan_path: Path, tmp_path: Path) -> None:
    told = run("plan", "search", "bousai", "--lang", "ja", "--plan", plan_path, home=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    lines = told.stdout.splitlines()
    assert "2024/measure/disaster  地震などの自然災害への対策の強化 [参考訳]" in lines
    assert "防災" in told.stdout
    assert lines[-1] == "3件"


def test_search_takes_an_edition_and_a_limit(plan_path: Path, tmp_path: Path) -> None:
    arguments = ["search", "計画", "--plan", plan_path, "--json"]
    within = json.loads(run("plan", *arguments, "--edition", "2021", "--limit", "2", home=tmp_path).stdout)
    assert [row["code"].partition("/")[0] for row in within] == ["2021", "2021"]
    missing = run("plan", *arguments, "--edition", "1999", home=tmp_path)
    assert missing.returncode == 1
    assert "There is no edition 1999" in one_sentence(missing.stderr)
    for limit in ("0", "-1", "x", "9999999"):
        assert run("plan", *arguments, "--limit", limit, home=tmp_path).returncode == 2


@pytest.mark.parametrize("words", ["zzzz", "%", "AND", "-防災", " "])
def test_nothing_found_ends_with_exit_1(plan_path: Path, tmp_path: Path, words: str) -> None:
    told = run("plan", "search", "--lang", "en", "--plan", plan_path, "--", words, home=tmp_path)
    assert told.returncode == (0 if words == "AND" else 1)
    assert told.stdout.startswith("Nothing was found for") == (words != "AND")
    as_json = run("plan", "search", "--json", "--plan", plan_path, "--", words, home=tmp_path)
    assert isinstance(json.loads(as_json.stdout), list)


def test_words_that_were_perhaps_meant_are_told(plan_path: Path, tmp_path: Path) -> None:
    told = run("plan", "search", "disastr", "--lang", "en", "--plan", plan_path, home=tmp_path)
    assert told.stdout.splitlines()[1].startswith("Perhaps: disaster")
