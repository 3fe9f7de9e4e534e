"""Telling pages as plain text, letter for letter, in all five languages.

After a change that is meant, write them anew with `pytest tests/unit/test_golden_pages.py --update-golden`
(dev.py test passes options on) and read the difference that git shows before you commit it.
"""

from pathlib import Path

import pytest

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.compose import Composer
from minato_viewer.pages.plaintext import plain_text
from minato_viewer.paths import ROOT
from minato_viewer.planfile.reader import Plan
from tests.unit.reading import TODAY

FOLDER = ROOT / "tests" / "golden" / "pages"
CODES = (
    "2021",  # an edition, superseded, with a title found elsewhere
    "2021/issue/7",  # a misprint with the editor's note
    "2021/policy/4",  # a title alone, linked into the revision
    "2021/policy/24",  # what the document does not hold
    "2021/section/projects",  # a period that is over, figures
    "2021/figure/project-cost",
    "2024",
    "2024/section/message",  # dated and signed by office
    "2024/participation/forum",  # the city's own Japanese name, four figures
    "2024/wish/1",  # a wish, no commitment
    "2024/section/outlook",  # a forecast beside a count
    "2024/figure/population-2027",
    "2024/measure/disaster",
    "2024/issue/1",  # new in the revision
    "2024/section/districts",  # the drawing of the districts
    "2024/district/azabu",  # an office with its address
    "viewer/compare",  # both editions side by side
    "viewer/topic/disaster",  # a topic, with what it is not
)


def golden(code: str, tag: str) -> Path:
    return FOLDER / f"{code.replace('/', '_')}.{tag}.txt"


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("code", CODES)
def test_a_page_reads_as_it_did(plan: Plan, code: str, tag: str, update_golden: bool) -> None:
    text = plain_text(Composer(plan, TODAY).page(code, messages(tag)))
    path = golden(code, tag)
    if update_golden:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    assert path.read_bytes().decode() == text


def test_no_golden_page_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {golden(code, tag).name for code in CODES for tag in TAGS}


def test_a_page_as_text_is_lines_without_trailing_space_and_with_one_end(plan: Plan) -> None:
    composer = Composer(plan, TODAY)
    for node in plan.nodes():
        text = plain_text(composer.page(node.code, messages("ja")))
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert not any(line.endswith(" ") for line in text.splitlines())
