"""The tree's model keeps Qt's rules on the real plan, and says itself anew without losing the reader's place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTreeView

from minato_viewer.authoring.sources import Sources
from minato_viewer.domain.plan import Status
from minato_viewer.domain.plan_data import Entry, Text
from minato_viewer.language.tags import TAGS
from minato_viewer.planfile.build import build
from minato_viewer.planfile.reader import Plan
from minato_viewer.viewmodel.tree import MOST_MATCHES, STEP, Role, TreeModel
from tests.gui.desk import fetch_all
from tests.gui.pseudo import mark, pseudo_messages

WIDE = 1000
"""Children of one branch of the generated plan."""
EDITIONS = ("2021", "2024")

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def wide_plan(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    """The real plan with 1,000 measures more below its first field of 2024, each with a child."""
    parent = "2024/field/1"
    already = sum(entry.parent == parent for entry in sources.data.entries)
    entries: list[Entry] = []
    texts: list[Text] = []
    for number in range(1, WIDE + 1):
        code = f"{parent}/wide-{number}"
        entries.append(Entry(code, "2024", parent, "measure", str(number), already + number, 10_000 + number))
        entries.append(Entry(f"{code}/child", "2024", code, "measure", "", 1, 20_000 + number))
        texts += [
            Text(code, "title", "zh-Hans", f"宽 {number}", Status.EDITOR, ""),
            Text(f"{code}/child", "title", "zh-Hans", f"子 {number}", Status.EDITOR, ""),
        ]
    data = sources.data._replace(entries=(*sources.data.entries, *entries), texts=(*sources.data.texts, *texts))
    path: Path = tmp_path_factory.mktemp("wide") / "plan.sqlite"
    build(data, path)
    opened = Plan(path)
    yield opened
    opened.close()


def model_of(plan: Plan, tag: str = "ja", edition: str = "2021", words: str = "") -> TreeModel:
    """Return a model under Qt's own test, which aborts at the first broken rule."""
    model = watched(TreeModel(plan, pseudo_messages(tag)))
    model.show_edition(edition, words)
    return model


def watched(model: TreeModel) -> TreeModel:
    """Put a model under Qt's own test."""
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    # Its own fetching answers modelReset by inserting rows, which it then takes for a second change at once.
    tester.setUseFetchMore(False)
    return model


def codes(model: TreeModel) -> list[str]:
    return [index.data(Role.CODE) for index in fetch_all(model)]


def below(plan: Plan, edition: str) -> list[str]:
    """Return the codes below an edition in reading order, as the plan file has them."""
    return [node.code for node in plan.nodes() if node.edition == edition and node.code != edition]


def consistent(model: TreeModel, parent: QModelIndex | None = None) -> None:
    """Check that every row knows its parent and its place."""
    parent = parent or QModelIndex()
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        assert model.parent(index) == parent
        assert index.row() == row
        assert model.index_of(index.data(Role.CODE)) == index
        consistent(model, index)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("tag", TAGS)
def test_the_whole_edition_in_every_language(translated_plan: Plan, edition: str, tag: str) -> None:
    model = model_of(translated_plan, edition=edition)
    assert codes(model) == below(translated_plan, edition)
    consistent(model)
    model.set_messages(pseudo_messages(tag))
    assert codes(model) == below(translated_plan, edition)
    consistent(model)
    fresh = model_of(translated_plan, tag, edition)
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, *Role)
    said = [[index.data(role) for role in roles] for index in fetch_all(model)]
    assert said == [[index.data(role) for role in roles] for index in fetch_all(fresh)]
    assert all(row[0] for row in said), "every entry has a title, or what stands in for it"


@pytest.mark.parametrize("edition", EDITIONS)
def test_qts_own_test_loads_everything_itself(plan: Plan, edition: str) -> None:
    model = TreeModel(plan, pseudo_messages("ja"))
    model.show_edition(edition)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    assert codes(model) == below(plan, edition)


def test_changing_the_edition_to_and_fro(plan: Plan) -> None:
    model = model_of(plan)
    for edition in (*EDITIONS, *EDITIONS):
        model.show_edition(edition)
        assert codes(model) == below(plan, edition)


@pytest.mark.parametrize("tag", TAGS)
def test_a_branch_opened_after_a_switch_speaks_the_new_language(translated_plan: Plan, tag: str) -> None:
    model = model_of(translated_plan, "ko")
    model.index_of("2021/policy/3")
    model.set_messages(pseudo_messages(tag))
    ends = {index.data(Role.CODE): index.data() for index in fetch_all(model)}
    assert ends.pop("2021/policy/9").endswith("コミュニティをつくる"), "without a translation, the edition's own words"
    assert mark(tag) in ends.pop("2021/policy/24"), "what stands for a missing title is in the interface's language"
    others = [f"[{other}]" for other in TAGS if other != tag]
    assert [title for title in ends.values() if title.endswith(tuple(others))] == []
    assert tag == "ja" or all(title.endswith(f"[{tag}]") for title in ends.values())


@pytest.mark.parametrize("edition", EDITIONS)
def test_deep_entries_are_found_before_anything_is_loaded(plan: Plan, edition: str) -> None:
    for code in below(plan, edition):
        model = model_of(plan, edition=edition)
        assert model.index_of(code).data(Role.CODE) == code
    consistent(model)


def test_what_the_model_does_not_show_has_no_index(plan: Plan) -> None:
    model = model_of(plan, edition="2021")
    for code in ("2021", "2024/issue/1", "no/such/entry", "", "2021/policy/"):
        assert not model.index_of(code).isValid()


def test_a_model_without_an_edition_is_empty(plan: Plan) -> None:
    model = watched(TreeModel(plan, pseudo_messages("ja")))
    assert model.rowCount() == 0
    model.set_messages(pseudo_messages("en"))
    model.show_edition("no-such-edition")
    assert model.rowCount() == 0
    assert not model.hasChildren()


def test_a_wide_branch_is_loaded_in_steps(wide_plan: Plan) -> None:
    model = model_of(wide_plan, edition="2024")
    branch = model.index_of("2024/field/1")
    total = wide_plan.node("2024/field/1").children
    assert total > WIDE
    assert model.rowCount(branch) == 0
    assert model.hasChildren(branch)
    loaded = [0]
    while model.canFetchMore(branch):
        model.fetchMore(branch)
        loaded.append(model.rowCount(branch))
    assert loaded == [*range(0, total, STEP), total]
    model.fetchMore(branch)
    assert model.rowCount(branch) == total, "nothing is loaded twice"
    consistent(model)


def test_an_entry_far_down_is_loaded_up_to_its_step(wide_plan: Plan) -> None:
    model = model_of(wide_plan, edition="2024")
    index = model.index_of("2024/field/1/wide-950/child")
    assert index.data(Role.CODE) == "2024/field/1/wide-950/child"
    branch = index.parent().parent()
    assert branch.data(Role.CODE) == "2024/field/1"
    assert index.parent().row() < model.rowCount(branch) < index.parent().row() + STEP
    assert model.rowCount(index.parent()) == 1
    for tag in TAGS:
        model.set_messages(pseudo_messages(tag))
        assert model.index_of("2024/field/1/wide-950/child") == index
    consistent(model)


def test_a_wide_filter_says_that_there_is_more(wide_plan: Plan) -> None:
    model = model_of(wide_plan, edition="2024", words="宽")
    assert model.more_matches
    found = [code for code in codes(model) if "/wide-" in code]
    assert found == [f"2024/field/1/wide-{number}" for number in range(1, MOST_MATCHES + 1)]
    consistent(model)
    model.show_edition("2024", "宽 950")
    assert not model.more_matches
    assert codes(model)[-1] == "2024/field/1/wide-950"


@pytest.mark.parametrize("tag", TAGS)
def test_relabelling_keeps_rows_expansion_and_selection(translated_plan: Plan, tag: str, qtbot) -> None:
    model = model_of(translated_plan, "ja-x-easy")
    view = QTreeView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.show()
    open_branches = ["2021/section/policies", "2021/field/2", "2021/vision"]
    for code in open_branches:
        view.expand(model.index_of(code))
    chosen = model.index_of("2021/policy/10")
    view.selectionModel().setCurrentIndex(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    every = fetch_all(model)
    kept = {index.data(Role.CODE): QPersistentModelIndex(index) for index in every}
    before = [(index.data(Role.CODE), index.row(), index.internalId()) for index in every]
    model.set_messages(pseudo_messages(tag))
    after = fetch_all(model)
    assert [(index.data(Role.CODE), index.row(), index.internalId()) for index in after] == before
    assert all(index.isValid() and index.data(Role.CODE) == code for code, index in kept.items())
    assert [code for code in kept if view.isExpanded(model.index_of(code))] == ["2021/vision", *open_branches[:2]]
    assert view.currentIndex() == model.index_of("2021/policy/10")
    assert [row.data(Role.CODE) for row in view.selectionModel().selectedIndexes()] == ["2021/policy/10"]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("災害に強い", ["2021/policy/4"]),
        ("災害に強い [KO]", ["2021/policy/4"]),  # what a title is in Korean is found in every language
        ("ｻｲｶﾞｲ", []),
        ("さーびす ｹｱ", ["2021/policy/17"]),  # kana of either kind and width, words in any order
        ("１４", ["2021/policy/14"]),
        ("2020", ["2021/issue/7"]),
    ],
)
def test_the_filter_finds_in_every_language(translated_plan: Plan, tag: str, words: str, wanted: list[str]) -> None:
    model = model_of(translated_plan, tag, words=words)
    matches = [code for code in codes(model) if code.partition("/")[2].startswith(("policy", "issue/"))]
    assert matches == wanted
    consistent(model)


def test_a_number_matches_whole(plan: Plan) -> None:
    shown = codes(model_of(plan, words="2"))
    assert "2021/policy/2" in shown
    assert "2021/issue/2" in shown
    assert not {"2021/policy/12", "2021/policy/20", "2021/policy/24"} & set(shown)


@pytest.mark.parametrize(
    "words",
    [
        "%",
        "_",
        "'",
        '"',
        "' OR 1=1 --",
        "\\",
        "*",
        "🏙️",
        "あ" * 10_000,
        "a b " * 2_500,
        " ".join(map(str, range(9_000))),
        "\0",
        "a\0b",
        "\ud800",
        "[",
        " ",
    ],
    ids=lambda words: ascii(words[:12]),
)
@pytest.mark.parametrize("edition", EDITIONS)
def test_no_words_make_the_filter_fail(plan: Plan, words: str, edition: str) -> None:
    model = model_of(plan, edition=edition, words=words)
    shown = codes(model)
    consistent(model)
    assert words.strip() == "" or len(shown) < len(below(plan, edition)), "nothing in the words is a wildcard"
