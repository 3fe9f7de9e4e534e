"""A branch of many entries loads on as its end comes into sight, and its rows are as high as each other."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.plan import Status
from minato_viewer.domain.plan_data import Entry, Text
from minato_viewer.planfile.build import build
from minato_viewer.planfile.reader import Plan
from minato_viewer.ui.counter.tree_view import MANY
from minato_viewer.viewmodel.tree import STEP, Role

PARENT = "2024/field/1"


@pytest.fixture
def long_plan(sources: Sources, tmp_path: Path):
    """The real plan with more measures than a view measures one by one."""
    already = sum(entry.parent == PARENT for entry in sources.data.entries)
    entries: list[Entry] = []
    texts: list[Text] = []
    for number in range(1, MANY + 200):
        code = f"{PARENT}/long-{number}"
        entries.append(Entry(code, "2024", PARENT, "measure", "", already + number, 10_000 + number))
        texts.append(Text(code, "title", "zh-Hans", f"{number} " + "很长的标题" * (number % 12), Status.EDITOR, ""))
    data = sources.data._replace(entries=(*sources.data.entries, *entries), texts=(*sources.data.texts, *texts))
    path = tmp_path / "plan.sqlite"
    build(data, path)
    plan = Plan(path)
    yield plan
    plan.close()


def test_scrolling_to_the_end_loads_more_until_all_is_there(open_desk, long_plan: Plan) -> None:
    desk = open_desk(of=long_plan)
    desk.expand("2024/section/fields", PARENT)
    branch = desk.model.index_of(PARENT)
    total = long_plan.node(PARENT).children
    assert desk.model.rowCount(branch) < total / 2, "opening a branch does not load the whole of it"
    bar = desk.tree.verticalScrollBar()
    for _ in range(4 * total // STEP):
        bar.setValue(bar.maximum())
        desk.tree.repaint()
        QCoreApplication.processEvents()
    assert desk.model.rowCount(branch) == total


def test_rows_of_a_very_long_branch_are_equally_high(open_desk, long_plan: Plan) -> None:
    desk = open_desk(of=long_plan)
    assert not desk.tree.uniformRowHeights()
    desk.window.open_entry(f"{PARENT}/long-{MANY + 100}")
    QCoreApplication.processEvents()
    assert desk.tree.uniformRowHeights()
    current = desk.tree.currentIndex()
    assert current.data(Role.CODE) == f"{PARENT}/long-{MANY + 100}"
    assert desk.tree.visualRect(current).isValid()
    heights = {desk.tree.visualRect(current.siblingAtRow(current.row() + step)).height() for step in (-2, -1, 0)}
    assert len(heights) == 1


def test_another_edition_has_rows_of_their_own_height_again(open_desk, long_plan: Plan) -> None:
    desk = open_desk(of=long_plan)
    desk.window.open_entry(f"{PARENT}/long-{MANY + 100}")
    desk.window.open_entry("2021/policy/25")
    QCoreApplication.processEvents()
    assert not desk.tree.uniformRowHeights()
    current = desk.tree.currentIndex()
    above = current.siblingAtRow(current.row() + 1)
    assert desk.tree.visualRect(current).height() > desk.tree.visualRect(above).height() > 0
