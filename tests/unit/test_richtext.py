"""Pages as the HTML subset of Qt: well-formed, everything escaped, languages and fields marked."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minato_viewer.domain.plan import Status
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.blocks import (
    Chart,
    ChartKind,
    ChartRow,
    Compared,
    Comparison,
    ComparisonRow,
    DistrictMap,
    EntryLink,
    FigureRow,
    Figures,
    Imprint,
    Links,
    Notice,
    OfficeCard,
    OfficeLine,
    Page,
    Paragraph,
    Role,
    Tone,
    WhereNext,
    Words,
)
from minato_viewer.pages.richtext import css, escape, rich_text
from minato_viewer.planfile.reader import Plan
from tests.unit.reading import compose, every_text

VOID = {"br", "hr", "img"}


class Reader(HTMLParser):
    """What a browser makes of the HTML: its texts, tags, and the attributes of each tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def values(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.tags if name in attributes]


def page_of(text: str) -> Page:
    """Return a page that shows `text` wherever a page shows texts."""
    words = [Words(f"{role.value}.1", "ja", text, Status.ORIGINAL, False, "") for role in Role]
    words.append(Words("body.2", "ja", text, Status.REFERENCE, False, "", text, "2026-12-01"))
    link = EntryLink("2021/policy/4", text, text, "ko", text, True, text)
    plain = EntryLink("2021/policy/5", "", text, "ko")
    card = OfficeCard(text, "ja", (OfficeLine(text, text, "en"), OfficeLine(text, text, "zh-Hans")), text)
    blocks = (
        *(Notice(tone, text, "entry:2024", text) for tone in Tone),
        Notice(Tone.APPROVED, f"{text} {text}", name=text),
        *(Paragraph(Role(row.field.partition(".")[0]), row, text, text) for row in words),
        Chart(
            0, text, ChartKind.BARS, (ChartRow(text, "ko", text, text, text, True, 0, 1, 0),), (), (text, text), text
        ),
        Figures(text, (FigureRow(link, text, text, text, True, ""), FigureRow(link, text, text, text, False, ""))),
        Comparison(
            link,
            (words[0],),
            text,
            text,
            text,
            text,
            (
                ComparisonRow(Compared(link, text), "kept", text, text, None),
                ComparisonRow(None, "added", text, text, Compared(link, text)),
            ),
            text,
        ),
        DistrictMap(((link,), (link, link)), text, text),
        Links(text, (link,), text),
        Links(text, (link, plain), text),
        WhereNext(text, (card, card)),
        Imprint((text, text)),
    )
    title = Words("title", "zh-Hans", text, Status.ORIGINAL, False, "")
    return Page("2021", 1, "en", text, title, text, (link,), blocks, link, link, False, False, text)


def test_every_page_is_well_formed(plan: Plan) -> None:
    for node in plan.nodes():
        assert Reader(rich_text(compose(plan, node.code, "ja"))).open == []


@pytest.mark.parametrize("text", ["<b>x</b>", "&amp;", '"><img src=x>', "'", "</p>", "<!--", "a & b < c > d", "&#0;"])
def test_markup_in_a_text_is_shown_and_not_obeyed(text: str) -> None:
    page = page_of(text)
    found, plain = Reader(rich_text(page)), Reader(rich_text(page_of("x")))
    assert found.open == []
    assert [tag for tag, _ in found.tags] == [tag for tag, _ in plain.tags]
    assert "".join(found.texts).count(text) == "".join(plain.texts).count("x") > 30


@given(st.text(min_size=1).filter(str.strip))
def test_any_text_comes_through_as_it_is_and_adds_no_markup(text: str) -> None:
    page = page_of(f"‹{text}›")
    found, plain = Reader(rich_text(page)), Reader(rich_text(page_of("‹x›")))
    assert [tag for tag, _ in found.tags] == [tag for tag, _ in plain.tags]
    assert found.values("href") == plain.values("href")
    assert "".join(found.texts).replace(f"‹{text}›", "‹x›") == "".join(plain.texts)


@given(st.text(min_size=1).filter(str.strip))
def test_the_alternative_of_a_picture_comes_through_as_it_is(text: str) -> None:
    found = Reader(rich_text(page_of(f"‹{text}›")))
    assert found.values("src") == ["chart:0"]
    assert found.values("alt") == [f"‹{text}›"]


def test_pictures_are_charts_alone_and_stand_before_their_table(plan: Plan) -> None:
    for node in plan.nodes():
        page = compose(plan, node.code, "en")
        charts = [block for block in page.blocks if isinstance(block, Chart)]
        html = rich_text(page)
        found = Reader(html)
        assert found.values("src") == [f"chart:{place}" for place in range(len(charts))]
        assert found.values("alt") == [chart.alternative for chart in charts]
        if charts:
            heading, picture, table = html.index(">Figures</h2>"), html.index("<img"), html.index('class="figures"')
            assert heading < picture < table
            assert html.count(">Figures</h2>") == 1
            for chart in charts:
                assert all(escape(remark) in html for remark in chart.remarks)


def test_a_strange_target_cannot_leave_its_attribute() -> None:
    target = 'entry:"><b onclick="x">'
    page = page_of("x")._replace(blocks=(Notice(Tone.OVER, "x", target, "x"),), path=())
    found = Reader(rich_text(page))
    assert found.values("href") == [target]
    assert found.values("onclick") == []


@pytest.mark.parametrize("tag", TAGS)
def test_every_field_is_an_anchor_so_that_a_place_survives_a_change_of_language(plan: Plan, tag: str) -> None:
    for node in plan.nodes():
        page = compose(plan, node.code, tag)
        names = Reader(rich_text(page)).values("name")
        fields = ["title", *(block.words.field for block in page.blocks if isinstance(block, Paragraph))]
        assert set(fields) <= set(names)
        assert len(names) == len(set(names))


def test_every_text_carries_the_class_of_its_language(bare_plan: Plan) -> None:
    page = compose(bare_plan, "2024/participation/forum", "ja")
    languages = {name for value in Reader(rich_text(page)).values("class") for name in value.split()}
    assert {"lang-ja", "lang-zh-hans"} <= languages
    assert [css(tag) for tag in TAGS] == ["lang-ja", "lang-ja-x-easy", "lang-en", "lang-zh-hans", "lang-ko"]


def test_links_lead_to_entries_and_actions_alone(plan: Plan) -> None:
    codes = {node.code for node in plan.nodes()}
    for node in plan.nodes():
        for target in Reader(rich_text(compose(plan, node.code, "en"))).values("href"):
            scheme, _, rest = target.partition(":")
            assert scheme in {"entry", "action"}
            assert scheme == "action" or rest in codes


def test_a_forecast_stands_out_without_colour(plan: Plan) -> None:
    html = rich_text(compose(plan, "2024/section/outlook", "en"))
    assert html.count("<b>") == html.count("<b>Forecast</b>") == 1


def test_nothing_of_a_page_is_said_by_its_markup_alone(plan: Plan) -> None:
    page = compose(plan, "2021/policy/24", "ja")
    shown = "".join(Reader(rich_text(page)).texts)
    assert all(text in shown for text in every_text(page))
