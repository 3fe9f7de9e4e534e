"""What is added behind a PDF of Qt's: headings of any depth, the language, and no time of day."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from PySide6.QtGui import QPainter, QPdfWriter

from minato_viewer.services.pdf import About, page_layout, write
from minato_viewer.services.pdf_outline import Mark, NotOfQtError, finish

pytestmark = pytest.mark.usefixtures("qapp")
PAGES = 3
TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


def written(path: Path, marks: list[Mark], tag: str = "ja") -> PdfReader:
    def draw(writer: QPdfWriter) -> list[Mark]:
        painter = QPainter(writer)
        for number in range(PAGES):
            if number:
                writer.newPage()
            painter.drawText(500, 500, "A blank is a blank – 2021")
        painter.end()
        return marks

    write(path, About("Title & <more>", (tag, "en"), "identity"), page_layout("A5"), draw)
    return PdfReader(path, strict=True)


def headings(reader: PdfReader) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []

    def walk(items: list, depth: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, depth + 1)
            else:
                found.append((item.title, reader.get_destination_page_number(item), depth))

    walk(reader.outline, 0)
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TITLES, st.integers(0, PAGES - 1), st.integers(0, 4)), max_size=12))
def test_headings_keep_order_page_and_depth(tmp_path: Path, drawn: list[tuple[str, int, int]]) -> None:
    reader = written(tmp_path / "a.pdf", [Mark(title, page, 700.0, level) for title, page, level in drawn])
    wanted: list[tuple[str, int, int]] = []
    open_above: list[int] = []
    for title, page, level in drawn:
        del open_above[level:]
        wanted.append((title, page, len(open_above)))
        open_above.append(level)
    assert headings(reader) == wanted
    assert len(reader.pages) == PAGES


def test_what_the_file_says_of_itself(tmp_path: Path) -> None:
    reader = written(tmp_path / "a.pdf", [Mark("見出し", 1, 100.0, 0)], "zh-Hans")
    assert reader.root_object["/Lang"] == "zh-Hans"
    assert reader.root_object["/PageMode"] == "/UseOutlines"
    assert reader.metadata.title == "Title & <more>"
    assert reader.xmp_metadata.dc_title == {"x-default": "Title & <more>"}
    assert (reader.metadata.creation_date, reader.metadata.modification_date) == (None, None)
    assert reader.outline[0].top == 100


def test_without_headings_there_is_no_outline(tmp_path: Path) -> None:
    assert written(tmp_path / "a.pdf", []).outline == []


def test_copied_words_have_blanks_and_the_dash_that_was_written(tmp_path: Path) -> None:
    assert "A blank is a blank – 2021" in written(tmp_path / "a.pdf", []).pages[0].extract_text()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\n", b"%PDF-1.4\nstartxref\n5\n%%EOF\n", b"x" * 5000])
def test_a_file_that_qt_has_not_written_is_a_mistake_of_ours(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(NotOfQtError):
        finish(path, [], "ja")
    assert path.read_bytes() == content


def test_a_mistake_while_painting_leaves_nothing(tmp_path: Path) -> None:
    def draw(writer: QPdfWriter) -> list[Mark]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write(tmp_path / "a.pdf", About("", ("ja",), ""), page_layout("A4"), draw)
    assert list(tmp_path.iterdir()) == []
