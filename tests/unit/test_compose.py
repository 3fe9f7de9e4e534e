"""What a page is made of: words in the right language, the way through the edition, links, figures, imprint."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from minato_viewer.authoring.sources import Sources, load
from minato_viewer.domain.faults import ExitCode, RequestFault
from minato_viewer.domain.plan import Status
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS, chain
from minato_viewer.pages.blocks import Figures, Imprint, Paragraph, Role
from minato_viewer.pages.compose import Composer
from minato_viewer.pages.plaintext import as_json, plain_text
from minato_viewer.pages.richtext import escape, rich_text
from minato_viewer.paths import SOURCES
from minato_viewer.planfile.build import build
from minato_viewer.planfile.reader import Plan
from tests.unit.reading import TODAY, blocks, compose, every_text, links, untranslated
from tests.unit.translating import translate

CARBON = "2024/measure/carbon"
SPOKEN = {"ja": "日本語の題", "ja-x-easy": "やさしい題", "en": "English title", "ko": "한국어 제목"}
# What each reader sees of a title that is translated into the languages of the key.
SHOWN = [
    ((), dict.fromkeys(TAGS, "zh-Hans")),
    (("ja",), {"ja": "ja", "ja-x-easy": "ja", "en": "zh-Hans", "zh-Hans": "zh-Hans", "ko": "zh-Hans"}),
    (("en",), {"ja": "zh-Hans", "ja-x-easy": "zh-Hans", "en": "en", "zh-Hans": "zh-Hans", "ko": "zh-Hans"}),
    (("ja-x-easy",),
     {"ja": "zh-Hans", "ja-x-easy": "ja-x-easy", "en": "zh-Hans", "zh-Hans": "zh-Hans", "ko": "zh-Hans"}),
    (("ja", "ja-x-easy", "en", "ko"), {tag: tag for tag in TAGS}),
]  # fmt: skip


@pytest.fixture(scope="module")
def translated_plan(bare_sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    """A plan in which the measure's title alone is translated, into all languages."""
    folder = tmp_path_factory.mktemp("translated")
    for tag, title in SPOKEN.items():
        translate(folder / "i18n", bare_sources, tag, {f"{CARBON}#title": title})
    build(load(SOURCES, folder / "i18n").data, folder / "plan.sqlite")
    plan = Plan(folder / "plan.sqlite")
    yield plan
    plan.close()


@pytest.mark.parametrize(("into", "expected"), SHOWN, ids=lambda value: " ".join(value) or "none")
def test_a_title_comes_from_the_first_language_of_the_chain_that_has_it(
    bare_sources: Sources, tmp_path: Path, into: tuple[str, ...], expected: dict[str, str]
) -> None:
    for tag in into:
        translate(tmp_path / "i18n", bare_sources, tag, {f"{CARBON}#title": SPOKEN[tag]})
    build(load(SOURCES, tmp_path / "i18n").data, tmp_path / "plan.sqlite")
    plan = Plan(tmp_path / "plan.sqlite")
    for tag, shown in expected.items():
        title = compose(plan, CARBON, tag).title
        assert title is not None
        assert title.lang == shown
        assert title.text == SPOKEN.get(shown, "推进低碳化，到 2050 年实现“零碳都市”")
    plan.close()


@pytest.mark.parametrize("tag", TAGS)
def test_every_text_of_a_page_is_from_the_first_language_that_has_it(plan: Plan, sources: Sources, tag: str) -> None:
    for edition in plan.editions.values():
        wanted = chain(tag, edition.language)
        for node in [row for row in plan.nodes() if row.edition == edition.code]:
            held = [row for row in sources.data.texts if row.code == node.code and row.lang in wanted]
            best = {row.field: row for row in sorted(held, key=lambda row: -wanted.index(row.lang))}
            page = compose(plan, node.code, tag)
            shown = [block.words for block in blocks(page, Paragraph)] + ([page.title] if page.title else [])
            assert {(words.field, words.lang, words.text) for words in shown} <= {
                (row.field, row.lang, row.text) for row in best.values()
            }
            hidden = set(best) - {words.field for words in shown}
            assert hidden <= {"label.1"}


def test_paragraphs_of_two_languages_align_by_field(plan: Plan) -> None:
    def fields(tag: str) -> list[str]:
        return [block.words.field for block in blocks(compose(plan, "2024/section/districts", tag), Paragraph)]

    assert fields("ja") == fields("zh-Hans") == ["lead.1", "body.1", "body.2", "body.3", "body.4"]


def test_an_unknown_code_is_a_fault_with_exit_1(plan: Plan) -> None:
    with pytest.raises(RequestFault, match=r"2021/policy/99.*codes look like") as caught:
        compose(plan, "2021/policy/99", "ja")
    assert caught.value.exit_code == ExitCode.FINDINGS


def test_own_words_are_the_editions_while_the_viewers_sentences_follow_the_reader(translated_plan: Plan) -> None:
    page = compose(translated_plan, CARBON, "ko", own_words=True)
    assert page.lang == "ko"
    assert page.own_words
    assert page.title is not None
    assert page.title.status is Status.ORIGINAL
    assert {block.words.lang for block in blocks(page, Paragraph)} == {"zh-Hans"}
    assert {link.lang for link in page.path} == {"zh-Hans"}


def test_a_page_knows_whether_the_editions_own_words_differ(translated_plan: Plan) -> None:
    differ = {tag: compose(translated_plan, CARBON, tag).own_words_differ for tag in TAGS}
    assert differ == {"ja": True, "ja-x-easy": True, "en": True, "zh-Hans": False, "ko": True}
    assert not compose(translated_plan, "2024/measure/health", "ja").own_words_differ


def test_a_translated_title_is_marked_wherever_it_is_linked(translated_plan: Plan) -> None:
    (carbon, disaster) = links(compose(translated_plan, "2024/field/1", "en"), "In this part")
    assert (carbon.title, carbon.lang, carbon.reference) == ("English title", "en", True)
    assert (disaster.lang, disaster.reference) == ("zh-Hans", False)


@pytest.mark.parametrize("edition", ["2021", "2024"])
def test_next_runs_through_the_whole_edition_and_previous_back(plan: Plan, edition: str) -> None:
    order = [node.code for node in plan.nodes() if node.edition == edition]
    walked, page = [edition], compose(plan, edition, "ja")
    assert page.previous is None
    while page.next is not None:
        before, page = page.code, compose(plan, page.next.code, "ja")
        assert page.previous is not None
        assert page.previous.code == before
        walked.append(page.code)
    assert walked == order
    assert len(walked) > 50


def test_the_path_leads_from_the_edition_to_the_parent(plan: Plan) -> None:
    page = compose(plan, "2021/policy/4", "ja")
    assert [link.code for link in page.path] == ["2021", "2021/section/policies", "2021/field/1"]
    assert [link.title for link in page.path] == ["港区基本計画", "計画の全体像", "かがやくまち"]


def test_the_kicker_says_kind_and_number(plan: Plan) -> None:
    kickers = {
        "2021": "2021 edition", "2024": "2024 revision", "2021/policy/4": "Policy 4",
        "2021/issue/7": "Priority issue 7",
        "2024/field/2": "Field Ⅱ", "2021/field/2": "Field", "2024/wish/1": "Wish of the children",
        "2024/district/azabu": "District", "2021/section/issues": "Section 3", "2024/measure/carbon": "Main effort",
    }  # fmt: skip
    assert {code: compose(plan, code, "en").kicker for code in kickers} == kickers


def test_a_label_that_only_repeats_kind_and_number_is_left_to_the_kicker(plan: Plan) -> None:
    assert "label.1" not in [block.words.field for block in blocks(compose(plan, "2021/issue/1", "ja"), Paragraph)]
    kept = [block.words.field for block in blocks(compose(plan, "2024/district/shiba", "zh-Hans"), Paragraph)]
    assert "label.1" in kept


def test_an_editors_note_says_that_it_is_none_of_the_plans_words(plan: Plan) -> None:
    notes = [block for block in blocks(compose(plan, "2021/issue/7", "ja"), Paragraph) if block.role is Role.NOTE]
    assert [note.words.status for note in notes] == [Status.EDITOR]
    assert "not in the plan" in notes[0].caption
    others = [block for block in blocks(compose(plan, "2021/issue/7", "ja"), Paragraph) if block.role is not Role.NOTE]
    assert others
    assert {block.caption for block in others} == {""}


def test_the_parts_of_an_entry_are_listed_and_figures_stand_in_their_table(plan: Plan) -> None:
    page = compose(plan, "2021/section/projects", "ja")
    assert [link.code.rpartition("/")[2] for link in links(page, "In this part")] == [
        "smoking-areas", "industry-centre", "welfare-desk",
    ]  # fmt: skip
    (figures,) = blocks(page, Figures)
    assert [row.link.code for row in figures.rows] == ["2021/figure/project-count", "2021/figure/project-cost"]


@pytest.mark.parametrize(
    ("old", "new", "there", "back"),
    [
        ("2021/issue/2", "2024/issue/2", "What became of it in the revision",
         "Where it comes from in the earlier edition"),
        ("2021/policy/4", "2024/measure/disaster", "Related entries", "Related entries"),
        ("2021/issue/4", "2021/project/welfare-desk", "Related entries", "Related entries"),
    ],
)  # fmt: skip
def test_links_lead_both_ways_and_say_whose_they_are(plan: Plan, old: str, new: str, there: str, back: str) -> None:
    for here, other, heading in ((old, new, there), (new, old, back)):
        page = compose(plan, here, "en")
        assert other in [link.code for link in links(page, heading)]
        assert "These links were made by this viewer, not by the city." in every_text(page)


def test_a_link_into_the_other_edition_says_so(plan: Plan) -> None:
    (link,) = links(compose(plan, "2021/policy/4", "en"), "Related entries")
    assert (link.detail, link.mark) == ("2024 revision · Main effort", "ref. transl.")
    (own,) = links(compose(plan, "2021/policy/4", "zh-Hans"), "Related entries")
    assert (own.detail, own.mark) == ("2024 revision · Main effort", "")


@pytest.mark.parametrize(
    ("code", "tag", "amount", "when"),
    [
        ("2021/figure/project-cost", "ja", "851億円", "令和3(2021)年度～令和5(2023)年度"),
        ("2021/figure/project-cost", "en", "¥85.1 billion", "FY2021–FY2023"),
        ("2021/figure/project-cost", "zh-Hans", "851亿日元", "2021年度～2023年度"),
        ("2021/figure/project-cost", "ko", "851억 엔", "2021년도~2023년도"),
        ("2024/figure/finance-2024-2026", "ja-x-easy", "5,739億円", "令和6(2024)年度～令和8(2026)年度"),
        ("2024/figure/population-2027", "ja", "282,317人", "2027年1月1日"),
        ("2024/figure/population-2027", "en", "282,317 people", "January 1, 2027"),
        ("2024/figure/forum-proposals", "en", "269 proposals", "stated in January 2024"),
    ],
)
def test_a_figure_is_written_as_its_reader_writes_it(plan: Plan, code: str, tag: str, amount: str, when: str) -> None:
    (figures,) = blocks(Composer(plan, TODAY).page(code, messages(tag)), Figures)
    (row,) = figures.rows
    assert (row.amount.replace(" 人", "人"), row.when) == (amount, when)


def test_a_forecast_is_called_one_in_every_table(plan: Plan) -> None:
    (figures,) = blocks(compose(plan, "2024/section/outlook", "en"), Figures)
    assert {row.link.code.rpartition("/")[2]: (row.basis, row.forecast) for row in figures.rows} == {
        "population-2024": ("Counted", False),
        "population-2027": ("Forecast", True),
        "finance-2024-2026": ("Planned", False),
    }


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("2021/policy/4", "the supplied Japanese document (000_448044f3c7e31fd0.txt), lines 121"),
        ("2024/measure/disaster", "the city's Chinese edition (002_3ed78eb58858abec.txt), lines 262–263, 265, 267"),
        ("2024/figure/population-2027",
         "the city's Chinese edition (002_3ed78eb58858abec.txt), lines 173–174, 179, 182, 237"),
    ],
)  # fmt: skip
def test_the_imprint_names_document_lines_edition_and_period(plan: Plan, code: str, source: str) -> None:
    (foot,) = blocks(compose(plan, code, "en"), Imprint)
    assert foot.lines[0] == f"Source: {source}"
    name = "2021 edition" if code.startswith("2021") else "2024 revision"
    assert foot.lines[-1] == f"{name}. Period of the plan: FY2021–FY2026."


def test_the_imprint_names_the_address_of_a_wording_found_elsewhere_and_the_editors(plan: Plan) -> None:
    (official,) = blocks(compose(plan, "2021/field/1", "en"), Imprint)
    assert any("https://adeac.jp/minato-city/" in line for line in official.lines)
    (noted,) = blocks(compose(plan, "2021/policy/24", "en"), Imprint)
    assert any("editors of this viewer" in line for line in noted.lines)
    assert not any(line.startswith("Source") for line in noted.lines)
    (plain,) = blocks(compose(plan, "2021/policy/4", "en"), Imprint)
    assert not any("editors" in line for line in plain.lines)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("own_words", [False, True])
def test_every_page_composes_and_both_renderings_hold_every_text(plan: Plan, tag: str, own_words: bool) -> None:
    composer, said_in = Composer(plan, TODAY), messages(tag)
    for node in plan.nodes():
        page = composer.page(node.code, said_in, own_words=own_words)
        rich, plain = rich_text(page), plain_text(page)
        assert page.heading
        for text in every_text(page):
            assert escape(text) in rich, node.code
            assert text in plain, node.code
        assert as_json(page)["code"] == node.code


def test_a_page_of_more_parts_than_are_listed_says_how_many_are_left(bare_sources: Sources, tmp_path: Path) -> None:
    (model,) = [row for row in bare_sources.data.entries if row.code == "2021/policy/1"]
    more = [model._replace(code=f"2021/extra/{n}", parent="2021", position=100 + n, short=9000 + n) for n in range(100)]
    build(bare_sources.data._replace(entries=(*bare_sources.data.entries, *more)), tmp_path / "plan.sqlite")
    plan = Plan(tmp_path / "plan.sqlite")
    page = compose(plan, "2021", "en")
    top = len([row for row in plan.nodes() if row.parent_id == 1])
    assert len(links(page, "In this part")) == 60
    assert f"{top - 60} more entries are in the tree." in every_text(page)
    assert "Policy 1 (not in the supplied document)" in [link.title for link in links(page, "In this part")]
    plan.close()


def test_messages_without_a_catalogue_are_english(tmp_path: Path) -> None:
    assert messages("ko", tmp_path).gettext("Figures") == untranslated("ko").gettext("Figures") == "Figures"
