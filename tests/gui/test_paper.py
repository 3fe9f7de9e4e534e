"""Paper: every word of a page, in its language, beside the same of another, on sheets that end where they should."""

from itertools import pairwise
from pathlib import Path

import pytest
import segno
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from minato_viewer.domain.faults import RequestFault
from minato_viewer.domain.handover import Handover, read
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.compose import Composer
from minato_viewer.pages.paper import LARGE, Order, branch, for_paper
from minato_viewer.paths import ROOT
from minato_viewer.planfile.reader import Plan
from minato_viewer.services.settings import Settings, Wording
from minato_viewer.viewmodel.sheets import Sheets
from tests.gui.desk import TODAY
from tests.gui.pdfs import lines, printed, runs, squeezed, words
from tests.unit.reading import every_text

GOLDEN = ROOT / "tests" / "golden" / "paper"
CODES = ("2021/policy/4", "2021/policy/24", "2024/section/message", "2024/section/outlook", "2024/district/azabu")
PAIR = ("ja", "zh-Hans")
OFFICE = Settings(office=Wording("", (("ja", "麻布地区総合支所"), ("en", "Azabu Regional City Office"))))

pytestmark = pytest.mark.usefixtures("qapp")


def outline(reader: PdfReader) -> list[tuple[int, str, int]]:
    """Return depth, title and page of every heading."""
    found: list[tuple[int, str, int]] = []

    def walk(items: list, depth: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, depth + 1)
            else:
                found.append((depth, item.title, reader.get_destination_page_number(item)))

    walk(reader.outline, 0)
    return found


def measured(plan: Plan, order: Order, given_settings: Settings | None = None) -> Sheets:
    sheets = Sheets(plan, Composer(plan, TODAY), given_settings or Settings(), order)
    for _ in sheets.measure():
        pass
    return sheets


# -- the words -----------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
def test_every_word_of_a_page_is_on_paper_in_every_language(tag: str, plan: Plan, tmp_path: Path) -> None:
    """Each entry in one language, each language with a fifth of them."""
    codes = tuple(node.code for node in plan.nodes())[TAGS.index(tag) :: len(TAGS)]
    order = Order(codes, (tag,))
    # Characters that have one glyph in a font cannot be told apart; a double dash has one that Qt does not know.
    found = words(printed(tmp_path, plan, order)).replace("～", "〜").replace("・", "·").replace("Ǵ", "——")
    composer = Composer(plan, TODAY)
    for code in codes:
        for text in every_text(for_paper(composer.page(code, messages(tag)), messages(tag), order)):
            # A sheet may end within it.
            wanted = squeezed(text).replace("～", "〜").replace("・", "·")
            assert wanted[:8] in found
            assert wanted[-8:] in found


@pytest.mark.parametrize(
    ("code", "tags", "more"),
    [
        ("2021/policy/24", ("ja-x-easy",), {}),
        ("2024/district/azabu", ("ja", "en"), {}),
        ("2024/section/outlook", PAIR, {}),
        ("2024/measure/disaster", ("ko",), {"text_size": LARGE, "paper": "A5"}),
    ],
)
def test_a_sheet_reads_as_it_did(
    code: str, tags: tuple[str, ...], more: dict, plan: Plan, tmp_path: Path, *, update_golden: bool
) -> None:
    """After a change that is meant, `pytest tests/gui/test_paper.py --update-golden` writes them anew."""
    text = "\n".join(lines(printed(tmp_path, plan, Order((code,), tags, **more), OFFICE))) + "\n"
    path = GOLDEN / f"{code.replace('/', '_')}.{'+'.join(tags)}.txt"
    if update_golden:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text


def test_nothing_is_lost_or_said_twice_where_a_sheet_ends(plan: Plan, tmp_path: Path) -> None:
    order = Order(("2024/section/message",), ("ja",), "A5", LARGE)
    reader = printed(tmp_path, plan, order)
    assert len(reader.pages) > 3
    sheets = measured(plan, order)
    lowest = sheets.points_above_foot(sheets._height)
    found = squeezed("".join(run.text for run in runs(reader) if run.y > lowest))
    page = Composer(plan, TODAY).page("2024/section/message", messages("ja"))
    said = squeezed("".join(text for text in every_text(page)[:-1] if text.endswith("。")))
    for sentence in said.split("。")[:-1]:
        assert found.count(sentence) == 1, sentence


def test_links_are_words_without_addresses_and_nothing_is_to_be_pressed(plan: Plan, tmp_path: Path) -> None:
    reader = printed(tmp_path, plan, Order(("2021/policy/4",), ("en",)))
    assert [list(page["/Annots"]) for page in reader.pages] == [[]]
    text = words(reader)
    assert "entry:" not in text
    assert "2024/measure/disaster" not in text
    page = Composer(plan, TODAY).page("2021/policy/4", messages("en"))
    actions = [block.action_text for block in page.blocks if getattr(block, "action_text", "")]
    assert len(actions) == 2
    assert not any(squeezed(action) in text for action in actions)


def test_the_status_of_the_words_stands_on_both_sides_of_a_pair(plan: Plan, tmp_path: Path) -> None:
    text = words(printed(tmp_path, plan, Order(("2024/issue/2",), PAIR)))
    assert squeezed(messages("ja").gettext("Reference translation, not the city's official text.")) in text
    assert squeezed(messages("zh-Hans").gettext("The city's own words (its Chinese edition)")) in text


def test_the_foot_and_the_strip_say_what_a_resident_must_know(plan: Plan, tmp_path: Path) -> None:
    code = "2024/issue/2"
    text = words(printed(tmp_path, plan, Order((code,), ("ja", "en")), OFFICE))
    for wanted in (
        "評価版・区の公式アプリではありません",
        "2024年改定版（2024年1月公表）",
        "窓口：麻布地区総合支所",
        "1/1",
    ):
        assert wanted in text
    assert "Counter:AzabuRegionalCityOffice" in text
    assert squeezed(Settings().city_page) in text
    codes = [run.text for run in runs(printed(tmp_path, plan, Order((code,), ("ja", "en")))) if read(run.text.strip())]
    # Under the QR code stands the visitor's: the second language.
    assert read(codes[-1].strip()) == Handover(plan.node(code).short, "en")


def test_the_notice_of_the_commissioning_city_replaces_ours(plan: Plan, tmp_path: Path) -> None:
    text = words(printed(tmp_path, plan, Order(("2024",), ("ja",)), Settings(notice=Wording("試行中のアプリです"))))
    assert "試行中のアプリです" in text
    assert "評価版" not in text


def test_without_an_address_there_is_no_qr_code(plan: Plan, tmp_path: Path) -> None:
    text = words(printed(tmp_path, plan, Order(("2024/issue/2",), ("ja",)), Settings(city_page="")))
    assert "区のホームページ" not in text
    assert "https" not in text


def test_the_qr_code_leads_to_the_citys_page(plan: Plan) -> None:
    """Looked at as a telephone does: dark and light in the middle of each module."""
    sheets = measured(plan, Order(("2021/policy/4",), ("ja",)))
    width = 3000
    image = sheets.picture(0, width)
    scale = width / sheets.sheet.whole.width()
    strip = sheets._strip
    wanted = [list(row) for row in segno.make_qr(Settings().city_page, error="m").matrix]
    module = strip._side / (len(wanted) + 8)
    left = sheets.sheet.left + strip._x + 4 * module
    top = sheets.sheet.top + sheets._height - strip.height + 16 + 4 * module
    for row, line in enumerate(wanted):
        for column, dark in enumerate(line):
            x, y = left + (column + 0.5) * module, top + (row + 0.5) * module
            assert (image.pixelColor(round(x * scale), round(y * scale)).lightness() < 128) == bool(dark), (row, column)


# -- sheets --------------------------------------------------------------------------------------


@pytest.mark.parametrize("tags", [PAIR, ("ja", "en"), ("ko", "ja-x-easy")])
def test_fields_of_two_languages_begin_at_one_height(tags: tuple[str, str], plan: Plan, tmp_path: Path) -> None:
    code = "2024/district/takanawa"
    order = Order((code,), tags)
    found = runs(printed(tmp_path, plan, order))
    middle = measured(plan, order).sheet
    split = (middle.left + middle.column + 10) * middle.points
    rows = {
        field: {row.lang: row.text for row in plan.texts(plan.node(code).id) if row.field == field}
        for field in ("subtitle.1", "body.1")
    }
    for texts in rows.values():
        sides = []
        for side, tag in enumerate(tags):
            start = texts[tag][:1]
            sides.append([run.y for run in found if run.text.startswith(start) and (run.x > split) == bool(side)])
        assert any(abs(left - right) < 3 for left in sides[0] for right in sides[1])


def test_each_language_keeps_its_own_letters(plan: Plan, tmp_path: Path) -> None:
    reader = printed(tmp_path, plan, Order(("2024/section/message",), PAIR))
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            fonts[described["/FontName"]] = described
    assert {name.partition("+")[2].partition("-")[0] for name in fonts} >= {"MinatoJA", "MinatoZH"}
    assert all("+" in name for name in fonts), "cut down to what is used"
    assert all("/FontFile2" in described for described in fonts.values()), "and inside the file"
    assert (
        Path(reader.stream.name if hasattr(reader.stream, "name") else tmp_path / "printed.pdf").stat().st_size
        < 200_000
    )


def test_nothing_on_paper_is_a_picture_of_pixels(plan: Plan, tmp_path: Path) -> None:
    reader = printed(tmp_path, plan, Order(("2024/section/outlook", "2021/section/projects"), ("ja",)))
    assert [len(page.images) for page in reader.pages] == [0] * len(reader.pages)


def test_large_print_has_22_points(plan: Plan, tmp_path: Path) -> None:
    sizes = {
        round(run.size, 1)
        for run in runs(printed(tmp_path, plan, Order(("2024/section/message",), ("ja",), text_size=LARGE)))
    }
    assert 22.0 in sizes
    assert 11.0 in {
        round(run.size, 1) for run in runs(printed(tmp_path, plan, Order(("2024/section/message",), ("ja",))))
    }


@pytest.mark.parametrize(
    ("paper", "text_size", "width", "apart"),
    [("A4", 100, 595, False), ("A5", 100, 420, False), ("A4", LARGE, 842, False), ("A5", LARGE, 420, True)],
)
def test_a_pair_turns_the_sheet_or_stands_below_each_other_where_it_would_be_too_narrow(
    paper: str, text_size: int, width: int, *, apart: bool, plan: Plan, tmp_path: Path
) -> None:
    order = Order(("2024/issue/2",), PAIR, paper, text_size)
    assert round(printed(tmp_path, plan, order).pages[0].mediabox.width) == width
    assert measured(plan, order).sheet.apart == apart


@pytest.mark.parametrize("tags", [("ja",), ("en", "ko")])
@pytest.mark.parametrize("text_size", [100, LARGE])
def test_no_sheet_is_empty_and_all_are_numbered(
    tags: tuple[str, ...], text_size: int, plan: Plan, tmp_path: Path
) -> None:
    order = Order(branch(plan, "2021/section/issues"), tags, "A5", text_size, branch=True)
    reader = printed(tmp_path, plan, order)
    count = len(reader.pages)
    foot = squeezed(measured(plan, order)._foot_lines(Settings())[0][1])
    for number, page in enumerate(reader.pages, 1):
        text = squeezed(page.extract_text())
        assert f"{number}/{count}" in text
        assert len(text.replace(foot, "")) > 20


def test_a_preview_shows_the_sheet_that_is_printed(plan: Plan) -> None:
    sheets = measured(plan, Order(branch(plan, "2024/section/districts"), ("ja",), branch=True))
    assert sheets.count > 2
    pictures = [sheets.picture(number, 300) for number in range(sheets.count)]
    assert pictures[2] == sheets.picture(2, 300)
    assert all(before != after for before, after in pairwise(pictures))
    assert all(
        sum(image.pixelColor(x, y).lightness() < 200 for x in range(30, 270, 3) for y in range(20, 380, 3)) > 0
        for image in pictures
    )


# -- more than one entry -------------------------------------------------------------------------


def test_a_branch_is_all_below_an_entry_without_the_numbers_that_stand_on_its_pages(plan: Plan) -> None:
    codes = branch(plan, "2024")
    assert codes[0] == "2024"
    assert "2024/issue/2" in codes
    assert not any(plan.node(code).kind == "figure" for code in codes)
    assert branch(plan, "2024/figure/population-2027") == ("2024/figure/population-2027",)
    assert branch(plan, "2024/none") == ()


def test_a_longer_print_begins_with_its_contents_and_their_pages(plan: Plan, tmp_path: Path) -> None:
    codes = branch(plan, "2024/section/districts")
    assert len(codes) > 3
    reader = printed(tmp_path, plan, Order(codes, ("ja",), branch=True))
    marks = [(title, page + 1) for depth, title, page in outline(reader) if depth <= 1]
    listed = lines(PdfReader(tmp_path / "printed.pdf"))
    composer = Composer(plan, TODAY)
    for code in codes:
        title = composer.page(code, messages("ja")).heading
        page = dict(marks)[title]
        assert any(line.startswith(str(page)) and squeezed(title)[:10] in squeezed(line) for line in listed), title


def test_a_short_print_has_no_contents(plan: Plan, tmp_path: Path) -> None:
    text = words(printed(tmp_path, plan, Order(CODES[:3], ("en",))))
    assert squeezed(messages("en").gettext("Contents of this print")) not in text
    assert squeezed(messages("en").gettext("Contents of this print")) in words(
        printed(tmp_path, plan, Order(CODES[:4], ("en",)))
    )


def test_a_branch_does_not_list_what_follows_and_a_single_entry_does(plan: Plan, tmp_path: Path) -> None:
    parts = squeezed(messages("ja").gettext("In this part"))
    root = "2024/section/districts"
    assert parts in words(printed(tmp_path, plan, Order((root,), ("ja",))))
    assert parts not in words(printed(tmp_path, plan, Order(branch(plan, root), ("ja",), branch=True)))


def test_an_unknown_entry_is_a_fault_and_leaves_no_file(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(RequestFault):
        printed(tmp_path, plan, Order(("2024/issue/2", "2024/none"), ("ja",)))
    assert list(tmp_path.iterdir()) == []


# -- the file ------------------------------------------------------------------------------------


def test_the_file_says_title_language_and_headings_and_no_time(plan: Plan, tmp_path: Path) -> None:
    reader = printed(tmp_path, plan, Order(("2024/section/outlook",), PAIR))
    assert reader.metadata.title == "令和8(2026)年度の港区の姿は？ – 港区基本計画"
    assert reader.metadata.creation_date is None
    assert reader.root_object["/Lang"] == "ja"
    assert reader.xmp_metadata.dc_language == ["ja", "zh-Hans"]
    assert outline(reader) == [
        (0, "令和8(2026)年度の港区の姿は？", 0),
        (1, "数値", 0),
        (1, "2つの版を並べて見る", 0),
        (1, "テーマ", 0),
    ]
    assert b"D:20" not in (tmp_path / "printed.pdf").read_bytes()


def test_headings_of_a_branch_are_as_deep_as_its_entries(plan: Plan, tmp_path: Path) -> None:
    reader = printed(tmp_path, plan, Order(branch(plan, "2021/section/policies"), ("en",), branch=True))
    found = outline(reader)
    deep = {title: depth for depth, title, _ in found}
    composer = Composer(plan, TODAY)

    def depth(code: str) -> int:
        return deep[composer.page(code, messages("en")).heading]

    assert [depth(code) for code in ("2021/section/policies", "2021/field/1", "2021/policy/4")] == [0, 1, 2]
    pages = [page for _, _, page in found]
    assert pages == sorted(pages)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_makes_a_sound_file_twice_the_same(data: st.DataObject, plan: Plan, tmp_path: Path) -> None:
    every = [node.code for node in plan.nodes()]
    order = Order(
        tuple(data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=5, unique=True))),
        tuple(data.draw(st.lists(st.sampled_from(TAGS), min_size=1, max_size=2, unique=True))),
        data.draw(st.sampled_from(["A4", "A5"])),
        data.draw(st.sampled_from([100, 150, LARGE])),
    )
    reader = printed(tmp_path, plan, order)
    assert len(reader.pages) == measured(plan, order).count
    assert len(outline(reader)) >= len(order.codes)
    first = (tmp_path / "printed.pdf").read_bytes()
    printed(tmp_path, plan, order)
    assert (tmp_path / "printed.pdf").read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["printed.pdf"]
    assert QApplication.instance() is not None
