"""Two pages of an entry side by side: what both have is level, on the real plan, in every pair of languages."""

from itertools import combinations

import pytest
from PySide6.QtWidgets import QApplication

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.compose import Composer
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.theme import load
from minato_viewer.viewmodel.alignment import AlignedPages
from minato_viewer.viewmodel.page_document import PageDocument
from tests.gui.desk import TODAY

NEAR = 1.5
"""Pixels."""
ENTRIES = ("2024", "2024/district/takanawa", "2021/policy/4", "2021/policy/24", "viewer/compare", "viewer/guide")


def document(plan: Plan, code: str, tag: str, width: int, size: int = 100) -> PageDocument:
    page = PageDocument(Composer(plan, TODAY).page(code, messages(tag)), load("light", size))
    page.setTextWidth(width)
    return page


def tops(page: PageDocument) -> dict[str, float]:
    layout = page.documentLayout()
    return {name: layout.blockBoundingRect(block).top() for name, block in page.named_blocks().items()}


def apart(one: PageDocument, other: PageDocument) -> float:
    """Return by how many pixels what both have stands farthest apart."""
    first, second = tops(one), tops(other)
    common = [name for name in first if name in second]
    return max(abs(first[name] - second[name]) for name in common)


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize(("tag", "other"), list(combinations(TAGS, 2)))
def test_what_both_pages_have_is_level_and_both_end_at_the_same_height(
    tag: str, other: str, size: int, plan: Plan, qapp: QApplication
) -> None:
    for code in ENTRIES:
        one, two = document(plan, code, tag, 460, size), document(plan, code, other, 460, size)
        assert len(set(tops(one)) & set(tops(two))) > 1
        AlignedPages(one, two).align()
        assert apart(one, two) < NEAR, code
        assert abs(one.size().height() - two.size().height()) < NEAR, code


def test_without_it_they_are_not_level(plan: Plan, qapp: QApplication) -> None:
    one, two = (document(plan, "2024/district/takanawa", tag, 460) for tag in ("ja", "en"))
    assert apart(one, two) > 20


def test_pages_of_another_width_are_brought_level_again(plan: Plan, qapp: QApplication) -> None:
    one, two = (document(plan, "2024/district/takanawa", tag, 460) for tag in ("ja", "en"))
    aligned = AlignedPages(one, two)
    for width in (460, 320, 700, 460):
        for page in (one, two):
            page.setTextWidth(width)
        aligned.align()
        assert apart(one, two) < NEAR
        assert abs(one.size().height() - two.size().height()) < NEAR


def test_no_more_room_is_added_than_is_needed(plan: Plan, qapp: QApplication) -> None:
    bare = [document(plan, "2024/district/takanawa", tag, 460) for tag in ("ja", "en")]
    natural = [page.size().height() for page in bare]
    aligned = AlignedPages(*bare)
    for _ in range(3):
        aligned.align()
    assert max(natural) <= bare[0].size().height() <= sum(natural)
    first, last = tops(bare[0]), [tops(document(plan, "2024/district/takanawa", tag, 460)) for tag in ("ja", "en")]
    for name in first:
        if name in last[0] and name in last[1]:
            assert first[name] + NEAR >= max(top[name] for top in last), name


def test_a_page_that_gets_another_counterpart_keeps_no_room_of_the_one_before(plan: Plan, qapp: QApplication) -> None:
    one, two, three = (document(plan, "2024/district/takanawa", tag, 460) for tag in ("ja", "en", "ko"))
    fresh = document(plan, "2024/district/takanawa", "en", 460)
    natural = tops(two)
    before = AlignedPages(one, two)
    before.align()
    assert tops(two) != natural
    before.release((two, three))
    assert tops(two) == natural
    AlignedPages(three, two).align()
    AlignedPages(three, fresh).align()
    assert tops(two) == tops(fresh)
