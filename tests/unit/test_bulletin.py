"""The notice of the day: what the file says in which language, and every file that is none."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minato_viewer.domain.faults import Fault
from minato_viewer.language.tags import TAGS
from minato_viewer.services.bulletin import FILE, LARGEST_FILE, LONGEST, Bulletin, _parsed, read
from tests.unit.setting import written


def found(folder: Path, content: str | bytes) -> Bulletin | None:
    written(folder / FILE, content)
    return read(folder)


def said(bulletin: Bulletin | None) -> list[str]:
    return [bulletin.said_in(tag) for tag in TAGS] if bulletin else []


def test_one_text_is_for_everybody(tmp_path: Path) -> None:
    assert said(found(tmp_path, "閉庁\n")) == ["閉庁"] * 5


def test_each_language_has_its_own_and_all_others_the_first(tmp_path: Path) -> None:
    text = "Closed\n[ja]\n閉庁\n\nまた明日\n[ko]\n휴무\n"
    assert said(found(tmp_path, text)) == ["閉庁\n\nまた明日"] * 2 + ["Closed", "Closed", "휴무"]


def test_in_another_language_rather_than_not_at_all(tmp_path: Path) -> None:
    assert said(found(tmp_path, "[ja]\n閉庁")) == ["閉庁"] * 5
    assert said(found(tmp_path, "[ko]\n휴무\n[zh-Hans]\n闭厅")) == ["闭厅"] * 4 + ["휴무"]


def test_what_notepad_writes(tmp_path: Path) -> None:
    assert said(found(tmp_path, b"\xef\xbb\xbf" + "一\r\n二\r\n[en]\r\nOne\r\n".encode()))[::2] == [
        "一\n二",
        "One",
        "一\n二",
    ]


def test_a_line_in_brackets_that_is_no_language_is_text(tmp_path: Path) -> None:
    assert said(found(tmp_path, "[fr]\n[JA]\n[ja ]\n[]"))[0] == "[fr]\n[JA]\n[ja ]\n[]"


@pytest.mark.parametrize("content", [None, "", " \n\t\n", "[ja]\n[en]\n  \n", "\ufeff", "\x00\x07"])
def test_what_says_nothing_is_no_notice(content: str | None, tmp_path: Path) -> None:
    if content is None:
        assert read(tmp_path) is None
        assert read(tmp_path / "nowhere") is None
        assert read(written(tmp_path / "file", "")) is None
    else:
        assert found(tmp_path, content) is None


def test_what_cannot_be_a_notice_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder" / FILE).mkdir(parents=True)
    with pytest.raises(Fault, match="is not a file"):
        read(tmp_path / "folder")
    with pytest.raises(Fault, match="is not UTF-8 text"):
        found(tmp_path, "閉庁".encode("cp932"))
    with pytest.raises(Fault, match="is not UTF-8 text"):
        found(tmp_path, "閉庁".encode("utf-16"))
    with pytest.raises(Fault, match="is larger than 16 KiB"):
        found(tmp_path, b"x" * (LARGEST_FILE + 1))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / FILE)
    with pytest.raises(Fault, match="is not a file"):
        read(tmp_path)


def test_a_long_one_leaves_the_page_its_room(tmp_path: Path) -> None:
    text = said(found(tmp_path, "港" * 5000))[0]
    assert len(text) == LONGEST
    assert text.endswith("…")


@given(st.text())
def test_nothing_of_it_steers_the_screen(text: str) -> None:
    for words in said(_parsed(text)):
        assert len(words) <= LONGEST
        assert not [sign for sign in words if sign != "\n" and (ord(sign) < 32 or sign in "\x7f\u2028\u202e\u2066")]
