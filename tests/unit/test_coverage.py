"""Nothing of the two documents is lost, counted by means of the test's own too."""

import re
from collections import Counter

import pytest

from minato_viewer.authoring.coverage import content, counts, documents, line_numbers, report, uncovered
from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.plan import Status
from minato_viewer.paths import SOURCES
from tests.unit.editing import Db

S21 = "000_448044f3c7e31fd0.txt"
# Texts of 2021 whose characters nothing else holds, with the line that is then lost.
SOLE_HOLDERS = [
    ("2021/section/purpose", "body.4", 19),
    ("2021/section/background", "item.2", 9),
    ("2021/vision/3", "title", 29),
    ("2021/section/issues", "lead.1", 32),
    ("2021/issue/1", "label.1", 36),
    ("2021/issue/2", "body.1", 51),
    ("2021/issue/5", "example.2", 89),
    ("2021/issue/7", "example.1", 110),
    ("2021/field/4", "title", 141),
    ("2021/policy/4", "title", 121),
    ("2021/policy/26", "title", 143),
    ("2021/section/sdgs", "body.1", 144),
    ("2021/section/projects", "lead.1", 146),
    ("2021/figure/project-cost", "value.1", 152),
    ("2021/project/welfare-desk", "body.1", 163),
]


def test_at_least_99_of_100_characters_are_held_and_none_is_lost(sources: Sources) -> None:
    found = documents(sources)
    assert len(found) == 2
    for document in found.values():
        held, total = counts(document)
        assert total > 2900
        assert held / total >= 0.99
        assert list(uncovered(document)) == []


def test_what_is_not_held_is_left_out_with_a_reason(sources: Sources) -> None:
    assert all(len(row.reason) > 20 for row in sources.left_out)
    for document in documents(sources).values():
        held, total = counts(document)
        assert total - held == len(document.left_out)


def test_the_report_says_so_in_words(sources: Sources) -> None:
    lines = report(sources)
    assert sum("content characters held (99." in line for line in lines) == 2
    assert sum(line.endswith(" 0 lost") for line in lines) == 2
    assert not any("LOST" in line for line in lines)
    assert sum(line.startswith("  left out, line ") for line in lines) == len(sources.left_out)


@pytest.mark.parametrize("edition", ["2021", "2024"])
def test_no_character_of_a_document_is_rarer_in_the_plan_than_in_print(sources: Sources, edition: str) -> None:
    """A multiset of characters, which knows nothing of lines: what the plan lacks is what was left out."""
    (row,) = [row for row in sources.data.editions if row.code == edition]
    printed = re.sub(r"[\s\-・●■*]", "", (SOURCES / "sources" / row.document).read_text("utf-8"))
    texts = [text.text for text in sources.data.texts if text.status is Status.ORIGINAL and text.code[:4] == edition]
    numbers = [entry.number for entry in sources.data.entries if entry.number_lines and entry.edition == edition]
    left_out = [gone.run for gone in sources.left_out if gone.file == row.document]
    assert Counter(printed) - Counter("".join(texts + numbers + left_out)) == Counter()


@pytest.mark.parametrize(("code", "field", "line"), SOLE_HOLDERS)
def test_a_removed_text_is_missed_by_its_line(db: Db, code: str, field: str, line: int) -> None:
    db.remove(code, field)
    lost = [finding for finding in db.findings() if finding.startswith(f"{S21}:{line}: no entry holds ")]
    assert len(lost) == 1, db.findings()


def test_a_removed_reason_is_missed_by_its_line(db: Db) -> None:
    db.replace("left-out.toml", 'lines = "81"', 'lines = "83"')
    assert "002_3ed78eb58858abec.txt:81: no entry holds 了解详情" in "\n".join(db.findings())


def test_what_a_document_gains_is_missed(db: Db) -> None:
    path = db.folder / "sources" / S21
    path.write_text(path.read_text("utf-8") + "\n追記\n", "utf-8")
    assert any("no entry holds 追記" in finding for finding in db.findings())


def test_lines_are_read_in_the_order_in_which_they_are_named() -> None:
    assert list(line_numbers("101,103")) == [101, 103]
    assert list(line_numbers("148-149,151-152")) == [148, 149, 151, 152]
    assert list(line_numbers("56,51-52")) == [56, 51, 52]


def test_content_is_what_is_no_white_space() -> None:
    assert content(" 2024 年\u3000度\t") == "2024年度"
