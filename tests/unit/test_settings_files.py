"""Settings files as they are found: unusable ones, the lines of keys, any bytes at all, where they lie, their cost."""

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minato_viewer import paths
from minato_viewer.language.tags import TAGS
from minato_viewer.paths import ROOT
from minato_viewer.services.settings import KEYS, TEXT_SIZES, THEMES, Places, Settings, Wording, load, usual_places
from minato_viewer.services.settings_file import LARGEST_FILE, LONGEST_LINE, SettingsFile
from tests.unit.running import python
from tests.unit.setting import assert_sayable, assert_valid, loaded, said, written

# -- files that cannot be used -------------------------------------------------------------------


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    for content in ("", "\n\n", "# theme = 'dark'\n", "\ufeff"):
        assert loaded(tmp_path, content)[:2] == (Settings(), ())


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_notepads_byte_order_mark_and_line_ends_are_read(tmp_path: Path, start: str, end: str) -> None:
    lines = ['theme = "dark"', "", 'office = "区"', "[notice]", "colour = 1", ""]
    found = loaded(tmp_path, start + end.join(lines))
    assert (found.settings.theme, found.settings.office) == ("dark", Wording("区"))
    assert [problem.line for problem in found.problems] == [5]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('theme = "dark"\noffice = "麻布"'.encode("cp932"), 2),
        ('theme = "dark"\n'.encode("utf-16"), 1),
        (b"\xef\xbb\xbfa = 1\n\n\xff", 3),
        (b"\x80", 1),
    ],
)
def test_a_file_that_is_not_utf8_is_ignored_with_the_line(tmp_path: Path, content: bytes, line: int) -> None:
    found = loaded(tmp_path, content)
    expected = f", line {line}: this is not UTF-8 text; save the file as UTF-8, until then it is ignored."
    assert (said(found), found.settings) == ([expected], Settings())


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("theme = dark", 1, "Invalid value"),
        ('theme = "dark"\ntheme = "light"\n', 2, "Cannot overwrite a value"),
        ('theme = "dark"\n\noffice =\n\n', 3, "Invalid value"),
        ('theme = "dark"\noffice = """\n\n', 2, "Unterminated string"),
        ('theme = "dark"\n\0\n', 2, "Invalid statement"),
        ("{", 1, "Invalid statement"),
        ("a = 1\rb = 2", 1, None),
    ],
)
def test_a_file_that_is_not_toml_is_ignored_with_the_line(
    tmp_path: Path, content: str, line: int, reason: str | None
) -> None:
    found = loaded(tmp_path, content)
    assert found.settings == Settings()
    (sentence,) = said(found)
    assert sentence.startswith(f", line {line}: this is not correct TOML ({reason or ''}")
    assert sentence.endswith("); the file is ignored.")
    assert "at line" not in sentence


@pytest.mark.parametrize("bracket", ["[", "{a=", "[\n"])
def test_what_tomllib_has_no_place_for_is_still_a_sentence(tmp_path: Path, bracket: str) -> None:
    (sentence,) = said(loaded(tmp_path, f"x = {bracket * (600 if bracket == '{a=' else 1500)}"))
    assert sentence.startswith(" is not correct TOML (")
    assert sentence.endswith("); it is ignored.")


def test_a_large_file_or_a_long_line_is_ignored_in_no_time(tmp_path: Path) -> None:
    began = time.perf_counter()
    small = "theme = 'dark'\n" + "#\n" * (LARGEST_FILE // 2 - 8)
    assert len(small) < LARGEST_FILE
    assert loaded(tmp_path, small).settings.theme == "dark"
    assert said(loaded(tmp_path, small + "#\n")) == [" is larger than 64 KiB; it is ignored."]
    assert said(loaded(tmp_path, b"\0" * (2 << 20))) == [" is larger than 64 KiB; it is ignored."]
    long = f"\n{'a.' * (LARGEST_FILE // 2 - 8)}a = 1"
    assert said(loaded(tmp_path, long)) == [", line 2: the line has more than 2000 characters; the file is ignored."]
    assert loaded(tmp_path, "#" * LONGEST_LINE).problems == ()
    assert time.perf_counter() - began < 5


def test_a_folder_or_a_pipe_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.mkdir()
    assert said(load(Places((path,)))) == [" is not a file; it is ignored."]
    if sys.platform != "win32":
        pipe = tmp_path / "policy.toml"
        os.mkfifo(pipe)
        assert said(load(Places((), (pipe,)))) == [" is not a file; it is ignored."]


def test_a_path_that_cannot_be_is_no_file(tmp_path: Path) -> None:
    written(tmp_path / "file", "")
    assert load(Places((tmp_path / "file" / "settings.toml", tmp_path / "none" / "settings.toml"))).problems == ()


def test_a_file_that_may_not_be_read_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "settings.toml", "theme = 'dark'")

    def refuse(*_arguments: Any, **_options: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # chmod would not stop root
    assert said(load(Places((path,)))) == [" cannot be read (Permission denied); it is ignored."]


# -- lines ---------------------------------------------------------------------------------------

INTRICATE = '''\
# [office] = 1
"theme" = """
[languages]
language = "no"
""\\""""" # comment = 1
'text_size' = [
  {a = "]", b = ']'}, # ]
  [1, 2],
]   # = [

"remem\\u0062er" = 1
office.ja = 7
office . "en" = \'\'\'
start = 1\'\'\'\'
"a=b".c = {x = 1, y = [
  "="]}
[  "notice" ]   # [x]
  ja = 8
"e#n" = ""
[[languages]]
[[languages]]
x = 'y'
[notice.deep]
'''


def test_the_line_of_a_key_is_found_however_it_is_written() -> None:
    file = SettingsFile(Path("x"), INTRICATE)
    wanted = {
        ("theme",): 2,
        ("text_size",): 6,
        ("remember",): 11,
        ("office",): 12,
        ("office", "ja"): 12,
        ("office", "en"): 13,
        ("a=b",): 15,
        ("a=b", "c"): 15,
        ("notice",): 17,
        ("notice", "ja"): 18,
        ("notice", "e#n"): 19,
        ("languages",): 20,
        ("languages", "x"): 22,
        ("notice", "deep"): 23,
        ("theme", "inline"): 2,
    }
    assert {key: file.problem("", *key).line for key in wanted} == wanted


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
"""Any name: of a key, of a table, of nothing."""


def quoted(text: str) -> str:
    escaped = "".join(f"\\U{ord(char):08x}" if char in '"\\' or not char.isprintable() else char for char in text)
    return f'"{escaped}"'


VALUES: st.SearchStrategy[str] = st.recursive(
    st.one_of(
        st.integers().map(str),
        st.floats().map(repr),
        st.booleans().map(lambda value: str(value).lower()),
        NAMES.map(quoted),
        st.sampled_from([*map(quoted, (*TAGS, *THEMES, "2021/policy/4")), "100", "200", "1979-05-27", "'''\n=[\n'''"]),
        st.text('ab"\\=[{#\n', max_size=9).map(
            lambda text: '"""' + text.replace("\\", "\\\\").replace('"', '\\"') + '"""'
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda row: "[\n" + " ,# ]\n".join(row) + "\n]"),
        st.dictionaries(st.one_of(st.sampled_from([*TAGS, *KEYS]), NAMES), inner, max_size=4).map(
            lambda table: "{" + ", ".join(f"{quoted(name)} = {value}" for name, value in table.items()) + "}"
        ),
    ),
    max_leaves=6,
)
DOCUMENT = st.dictionaries(
    st.one_of(st.sampled_from(KEYS), NAMES),
    st.one_of(
        VALUES,
        st.dictionaries(st.one_of(st.sampled_from([*TAGS, *KEYS]), NAMES), VALUES, max_size=4),
    ),
    max_size=10,
)
"""A document: values of keys, and tables."""


def as_toml(document: dict[str, str | dict[str, str]]) -> tuple[str, dict[tuple[str, ...], int]]:
    """Return the text, and the line of each key of the first two levels."""
    text, lines = "# made\n", {}
    for key, value in sorted(document.items(), key=lambda item: isinstance(item[1], dict)):
        lines[(key,)] = text.count("\n") + 1
        if isinstance(value, str):
            text += f"{quoted(key)} = {value} # = [\n"
            continue
        text += f"[{quoted(key)}]\n"
        for name, inner in value.items():
            lines[key, name] = text.count("\n") + 1
            text += f"  {quoted(name)}={inner}\n\n"
    return text, lines


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("settings") / "settings.toml"


@given(st.binary(max_size=300))
def test_no_bytes_stop_the_program(scratch: Path, content: bytes) -> None:
    settings, problems, _ = load(Places((), (written(scratch, content),)))
    assert_valid(settings)
    for problem in problems:
        assert_sayable(problem)


@given(st.text(alphabet="themlanguagso=[]{}\"'\n#., 15\\", max_size=120))
def test_no_text_that_looks_like_toml_stops_the_program(scratch: Path, content: str) -> None:
    settings, problems, _ = load(Places((written(scratch, content),)))
    assert_valid(settings)
    for problem in problems:
        assert_sayable(problem)


@given(DOCUMENT)
def test_no_toml_stops_the_program_and_every_problem_has_its_line(
    scratch: Path, document: dict[str, str | dict[str, str]]
) -> None:
    text, lines = as_toml(document)
    settings, problems, origins = load(Places((written(scratch, text),)))
    assert_valid(settings)
    assert origins.keys() <= document.keys()
    for problem in problems:
        assert_sayable(problem)
    assert {problem.line for problem in problems} <= set(lines.values())
    unknown = [lines[(key,)] for key, value in document.items() if key not in KEYS and not isinstance(value, dict)]
    inline = {lines[(key,)] for key, value in document.items() if isinstance(value, str) and value.startswith("{")}
    assert set(unknown) - inline <= {problem.line for problem in problems}
    file = SettingsFile(scratch, text)
    assert {key: file.problem("", *key).line for key in lines} == lines


@given(DOCUMENT, DOCUMENT, st.data())
def test_any_files_and_any_wishes_give_valid_settings(
    scratch: Path,
    below: dict[str, str | dict[str, str]],
    policy: dict[str, str | dict[str, str]],
    data: st.DataObject,
) -> None:
    path = scratch.with_name("policy.toml")
    found = load(Places((written(scratch, as_toml(below)[0]),), (written(path, as_toml(policy)[0]),)))
    assert_valid(found.settings)
    assert found.settings.fixed <= policy.keys()
    wish = st.one_of(st.none(), st.integers(), st.text(), st.sampled_from([*TAGS, *THEMES, *TEXT_SIZES, True, False]))
    wishes = data.draw(st.dictionaries(st.sampled_from(KEYS), st.one_of(wish, st.lists(wish, max_size=3))))
    wished = found.settings.with_wishes(**wishes)
    assert_valid(wished)
    assert all(getattr(wished, key) == getattr(found.settings, key) for key in found.settings.fixed)


# -- where the files are, and what reading them costs --------------------------------------------


def test_the_usual_places_in_a_checkout_on_linux(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    machine = Path("/etc/minato-viewer")
    assert usual_places() == (
        (ROOT / "settings.toml", machine / "settings.toml", tmp_path / "minato-viewer" / "settings.toml"),
        (ROOT / "policy.toml", machine / "policy.toml"),
    )
    for ignored in ("", "relative/config"):
        monkeypatch.setenv("XDG_CONFIG_HOME", ignored)
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        assert usual_places().settings[-1] == tmp_path / "home" / ".config" / "minato-viewer" / "settings.toml"


def test_the_usual_places_on_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("PROGRAMDATA", str(tmp_path / "ProgramData"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "Roaming"))
    places = usual_places()
    assert places.settings[1:] == (
        tmp_path / "ProgramData" / "minato-viewer" / "settings.toml",
        tmp_path / "Roaming" / "minato-viewer" / "settings.toml",
    )
    assert places.policies[1] == tmp_path / "ProgramData" / "minato-viewer" / "policy.toml"
    monkeypatch.delenv("PROGRAMDATA")
    assert str(paths.machine_folder()).startswith(r"C:\ProgramData")


def test_a_user_without_a_home_has_no_settings_of_his_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr(Path, "home", no_home)
    assert paths.user_settings_folder() is None
    assert [len(kind) for kind in usual_places()] == [2, 2]


def test_when_frozen_the_files_lie_beside_the_executable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "minato-viewer"))
    assert usual_places().settings[0] == tmp_path / "settings.toml"
    assert usual_places().policies[0] == tmp_path / "policy.toml"
    assert paths.default_plan() == tmp_path / "plan.sqlite"


COST = """
import sys
from pathlib import Path
for name in ("PySide6", "shiboken6"):
    sys.modules[name] = None
from minato_viewer.services.settings import Places, load
watched = ("tomllib", "difflib")
places = Places((Path(sys.argv[1]),))
load(places)
print([name for name in watched if name in sys.modules])
for content in ("theme = 'dark'", "them = 'dark'"):
    places.settings[0].write_text(content)
    load(places)
    print([name for name in watched if name in sys.modules])
"""


def test_without_a_file_no_parser_is_loaded_and_without_a_mistake_no_comparison(tmp_path: Path) -> None:
    done = python(["-c", COST, str(tmp_path / "settings.toml")], tmp_path)
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["[]", "['tomllib']", "['tomllib', 'difflib']"]
