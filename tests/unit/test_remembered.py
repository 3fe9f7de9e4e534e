"""What is remembered between starts: little, whole or not at all, and never in the way of a start."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minato_viewer.services.remembered import FARTHEST, LARGEST_FILE, STATE_FILE, Remembered, load, save
from minato_viewer.services.settings import FURIGANA, TEXT_SIZES, THEMES
from tests.unit.running import python

NOTHING = Remembered()
FULL = Remembered((-1280, 40, 1280, 800), True, (360, 920), "2024/measure/disaster", "contrast", 150, True)
GOOD: dict[str, Any] = {**FULL._asdict(), "geometry": [-1280, 40, 1280, 800], "splitter": [360, 920]}

numbers = st.integers(-FARTHEST, FARTHEST)
lengths = st.integers(1, FARTHEST)
states = st.builds(
    Remembered,
    geometry=st.none() | st.tuples(numbers, numbers, lengths, lengths),
    maximised=st.booleans(),
    splitter=st.none() | st.tuples(lengths, st.integers(0, FARTHEST)),
    code=st.just("") | st.from_regex(r"[a-z0-9]{1,9}(?:[/-][a-z0-9]{1,9}){0,4}", fullmatch=True),
    theme=st.sampled_from(("", *THEMES)),
    text_size=st.sampled_from((0, *TEXT_SIZES)),
    furigana=st.sampled_from((None, *FURIGANA)),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([*THEMES, *TEXT_SIZES]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state")


def written(folder: Path, content: bytes | str | dict[str, Any]) -> Path:
    """Return `folder` with this content in its state file."""
    if isinstance(content, dict):
        content = json.dumps(content)
    (folder / STATE_FILE).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def is_sound(state: Remembered) -> bool:
    """Whether every field is what its documentation says, types included."""
    left, top, width, height = state.geometry or (0, 0, 1, 1)
    contents, page = state.splitter or (1, 1)
    lengths = (left, top, width, height, contents, page)
    return (
        all(type(length) is int and abs(length) <= FARTHEST for length in lengths)
        and min(width, height) > 0
        and min(contents, page) >= 0
        and type(state.maximised) is bool
        and type(state.code) is str
        and state.theme in ("", *THEMES)
        and type(state.text_size) is int
        and state.text_size in (0, *TEXT_SIZES)
        and type(state.furigana) in (type(None), str, bool)
        and state.furigana in (None, *FURIGANA)
    )


# -- there and back ------------------------------------------------------------------------------


@given(states)
def test_what_is_saved_is_remembered(folder: Path, state: Remembered) -> None:
    assert save(folder, state)
    assert load(folder) == state


def test_the_folder_is_made_and_holds_one_small_file(tmp_path: Path) -> None:
    folder = tmp_path / "of the user" / "minato-viewer"
    assert save(folder, FULL)
    assert save(folder, FULL)
    assert [path.name for path in folder.iterdir()] == [STATE_FILE]
    assert (folder / STATE_FILE).stat().st_size < LARGEST_FILE


def test_nothing_that_was_read_is_kept_but_the_last_entry(tmp_path: Path) -> None:
    save(tmp_path, FULL)
    kept = json.loads((tmp_path / STATE_FILE).read_text("utf-8"))
    assert kept == GOOD
    assert set(kept) == {"geometry", "maximised", "splitter", "code", "theme", "text_size", "furigana"}


def test_the_default_says_that_nothing_is_remembered(tmp_path: Path) -> None:
    assert load(tmp_path) == NOTHING == (None, False, None, "", "", 0, None)
    assert load(tmp_path / "not" / "there") == NOTHING


def test_the_module_loads_json_only_when_it_is_used() -> None:
    done = python(["-c", "import sys, minato_viewer.services.remembered as r; print('json' in sys.modules)"], Path())
    assert done.stdout.strip() == "False", done.stderr


# -- reading whatever there is -------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="cut off"),
        pytest.param(b"\xff\xfe\x00\xd8", id="no text"),
        pytest.param(b"null", id="null"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'"text"', id="a text"),
        pytest.param(b"NaN", id="no number"),
        pytest.param(b"[" * 10_000, id="too deep"),
        pytest.param(b'{"text_size": ' + b"1" * 5_000 + b"}", id="a number too long for Python"),
        pytest.param(b'{"maximised": true, "code": "\xe3"}', id="cut off within a character"),
        pytest.param(bytes(range(256)) * 8, id="anything"),
    ],
)
def test_a_file_that_cannot_be_read_is_no_file(tmp_path: Path, content: bytes) -> None:
    assert load(written(tmp_path, content)) == NOTHING


def test_a_file_that_is_too_large_is_none_of_ours(tmp_path: Path) -> None:
    padding = LARGEST_FILE - len(json.dumps({**GOOD, "": ""}))
    assert load(written(tmp_path, {**GOOD, "": " " * padding})) == FULL
    assert (tmp_path / STATE_FILE).stat().st_size == LARGEST_FILE
    assert load(written(tmp_path, {**GOOD, "": " " * (padding + 1)})) == NOTHING


def test_a_folder_in_the_place_of_the_file_is_no_file(tmp_path: Path) -> None:
    (tmp_path / STATE_FILE).mkdir()
    assert load(tmp_path) == NOTHING
    assert not save(tmp_path, FULL)
    assert [path.name for path in tmp_path.iterdir()] == [STATE_FILE]


def test_a_file_in_the_place_of_the_folder_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert load(tmp_path / "file") == NOTHING
    assert not save(tmp_path / "file", FULL)
    assert (tmp_path / "file").read_text() == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_in_the_place_of_the_file_does_not_keep_the_start_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / STATE_FILE)
    assert load(tmp_path) == NOTHING


def test_a_file_that_may_not_be_read_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said by the system in place of a file's rights, which do not bind whoever may do everything."""
    save(tmp_path, FULL)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert load(tmp_path) == NOTHING


def test_a_state_of_windows_notepad_is_read(tmp_path: Path) -> None:
    assert load(written(tmp_path, b"\xef\xbb\xbf" + json.dumps(GOOD).encode())) == FULL


def test_keys_of_a_newer_program_are_ignored(tmp_path: Path) -> None:
    assert load(written(tmp_path, {**GOOD, "second_language": "en"})) == FULL


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("geometry", value) for value in (None, "0", {}, [], [1, 2, 3], [1, 2, 3, 4, 5], [0, 0, 0, 600])),
        *(("geometry", [0, 0, 800, wrong]) for wrong in (0, -1, True, 600.0, "600", None, FARTHEST + 1)),
        *(("geometry", [wrong, 0, 800, 600]) for wrong in (False, 0.0, -FARTHEST - 1, 10**400, float("nan"))),
        *(("maximised", value) for value in (1, "true", [True], None)),
        *(("splitter", value) for value in ([], [1], [1, 2, 3], [-1, 900], [0, 0], [1, True], [1.0, 2], 360, "12")),
        *(("code", value) for value in ("../../etc", "2021/policy/4\n", "2021//4", "/2021", "2021/", "港区", "A", 4)),
        *(("code", value) for value in ("a" * 201, "\ud800", ["2021"], None)),
        *(("theme", value) for value in ("", "../light", "LIGHT", "purple", 1, ["light"], None)),
        *(("furigana", value) for value in ("", "on", 1, 0, "true", ["easy"], None)),
        *(("text_size", value) for value in (0, 99, 101, 1000, -100, 150.0, "150", True, None)),
    ],
)
def test_a_value_that_is_wrong_leaves_the_others(tmp_path: Path, key: str, value: Any) -> None:
    assert load(written(tmp_path, {**GOOD, key: value})) == FULL._replace(**{key: getattr(NOTHING, key)})


@given(st.binary(max_size=300) | anything.map(lambda value: json.dumps(value).encode()))
def test_whatever_a_file_holds_is_read_without_a_fault(folder: Path, content: bytes) -> None:
    assert is_sound(load(written(folder, content)))


@given(st.fixed_dictionaries({}, optional={key: anything | st.just(value) for key, value in GOOD.items()}))
def test_whatever_values_there_are_a_sound_state_comes_of_them(folder: Path, values: dict[str, Any]) -> None:
    state = load(written(folder, values))
    assert is_sound(state)
    for key, good in GOOD.items():
        if key in values and type(values[key]) is type(good) and values[key] == good:
            assert getattr(state, key) == getattr(FULL, key), "a good value was lost beside others"
        if key not in values:
            assert getattr(state, key) == getattr(NOTHING, key)


# -- writing where it cannot be done -------------------------------------------------------------


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_leaves_the_old_state_and_nothing_else(tmp_path: Path) -> None:
    import resource

    save(tmp_path, FULL)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, before[1]))
    try:
        done = save(tmp_path, NOTHING)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not done
    assert load(tmp_path) == FULL
    assert left_in(tmp_path) == [STATE_FILE]


@pytest.mark.parametrize(("owner", "name"), [(Path, "write_bytes"), (os, "replace"), (Path, "mkdir")])
def test_whatever_the_system_refuses_leaves_the_old_state_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str
) -> None:
    save(tmp_path, FULL)
    real = getattr(owner, name)

    def half_done(*arguments: Any, **options: Any) -> None:
        if name == "write_bytes":
            real(arguments[0], b'{"code": "20')
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, half_done)
        assert not save(tmp_path, NOTHING)
    assert load(tmp_path) == FULL
    assert left_in(tmp_path) == [STATE_FILE]


def test_a_reader_never_sees_half_a_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to the moment when the new one takes its place, the old one stands there whole."""
    save(tmp_path, FULL)
    seen: list[Remembered] = []
    replace = os.replace

    def look_and_replace(source: Path, target: Path) -> None:
        seen.append(load(tmp_path))
        assert Path(source).parent == tmp_path, "only within one folder a file takes another's place at once"
        replace(source, target)

    monkeypatch.setattr(os, "replace", look_and_replace)
    assert save(tmp_path, NOTHING)
    assert seen == [FULL]
    assert load(tmp_path) == NOTHING


def test_that_even_removing_is_refused_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    assert not save(tmp_path, FULL)
