"""The check finds each kind of mistake in the sources and names its place."""

import shutil
from dataclasses import replace

import pytest

from minato_viewer.authoring.check import findings
from minato_viewer.authoring.sources import Sources
from minato_viewer.cli import plan as program
from minato_viewer.domain.faults import ExitCode, SourceFault
from tests.unit.editing import Db

POLICIES, PROJECTS, ISSUES = "2021/40-policies.toml", "2021/50-projects.toml", "2021/30-issues.toml"
OUTLOOK, LINKS, GUIDES = "2024/40-outlook.toml", "viewer/links.toml", "viewer/10-guides.toml"
POLICY_2 = 'code = "2021/policy/2"\nparent = "2021/field/1"\nkind = "policy"'
POLICY_2_TITLE = 'code = "2021/policy/2"\nfield = "title"'
POLICY_2_TEXT = 'text = "世界に開かれた先駆的で活力あるまちの基盤を整備する"\nlines = "119"'
LINK = 'from = "2021/policy/4"\nto = "2024/measure/disaster"\nrelation = "related"'
KEY_CARD = 'code = "viewer/guide/keys"\nparent = "viewer/guide"\nkind = "guide"'
KEY_CARD_TITLE = 'code = "viewer/guide/keys"\nfield = "title"'
COST = 'code = "2021/figure/project-cost"\nvalue = "85100000000"\nunit = "JPY"\nbasis = "plan"\nas_of = "2021-04-01"'

# file, what stands in it, what is put in its place, the place that the finding names, what it says.
MISTAKES = {
    "link to nothing": (
        LINKS, LINK, LINK.replace("disaster", "flood"), "2021/policy/4", "no entry 2024/measure/flood",
    ),
    "link to itself": (
        LINKS, LINK, LINK.replace("2024/measure/disaster", "2021/policy/4"), "2021/policy/4", "itself",
    ),
    "unknown relation": (LINKS, LINK, LINK.replace("related", "like"), "2021/policy/4", "relation like"),
    "dangling parent": (POLICIES, POLICY_2, POLICY_2.replace("field/1", "field/9"), "2021/policy/2", "2021/field/9"),
    "parent of another edition": (
        POLICIES, POLICY_2, POLICY_2.replace("2021/field", "2024/field"), "2021/policy/2", "another edition",
    ),
    "entry before its parent": (
        POLICIES, POLICY_2, POLICY_2.replace("2021/field/1", "2021/field/2"), "2021/policy/2", "must stand before",
    ),
    "entry that is its own parent": (
        POLICIES, POLICY_2, POLICY_2.replace("2021/field/1", "2021/policy/2"), "2021/policy/2", "must stand before",
    ),
    "no parent": (
        POLICIES, POLICY_2, POLICY_2.replace('parent = "2021/field/1"\n', ""), "2021/policy/2", "does not exist",
    ),
    "duplicate code": (POLICIES, POLICY_2, POLICY_2.replace("policy/2", "policy/1"), "2021/policy/1", "2 times"),
    "duplicate short": (POLICIES, "short = 20", "short = 19", "19", "this short stands 2 times"),
    "short of nothing": (POLICIES, "short = 20", "short = 0", "2021/policy/2", "short is 0"),
    "code in capitals": (POLICIES, POLICY_2, POLICY_2.replace("policy/2", "Policy/2"), "2021/Policy/2", "lower-case"),
    "code of another edition": (
        POLICIES, POLICY_2, POLICY_2.replace("2021/policy/2", "2024/policy/2"), "2024/policy/2",
        "begin with its edition",
    ),
    "unknown kind": (POLICIES, POLICY_2, POLICY_2.replace("policy\"", "idea\""), "2021/policy/2", "kind idea"),
    "unknown field": (
        POLICIES, POLICY_2_TITLE, POLICY_2_TITLE.replace("title", "headline.1"), "2021/policy/2#headline.1", "field",
    ),
    "field without a number": (
        POLICIES, POLICY_2_TITLE, POLICY_2_TITLE.replace("title", "body"), "2021/policy/2#body", "with a number",
    ),
    "text of no entry": (
        POLICIES, POLICY_2_TITLE, POLICY_2_TITLE.replace("policy/2", "policy/99"), "2021/policy/99#title", "no entry",
    ),
    "duplicate text": (
        POLICIES, POLICY_2_TITLE, POLICY_2_TITLE.replace("policy/2", "policy/1"), "2021/policy/1#title", "2 times",
    ),
    "text that does not stand in its lines": (
        POLICIES, POLICY_2_TEXT, POLICY_2_TEXT.replace("開かれた", "開いた"), "2021/policy/2#title",
        "does not stand in",
    ),
    "text with a lost end": (
        POLICIES, POLICY_2_TEXT, POLICY_2_TEXT.replace("整備する", "整備す"), "000_448044f3c7e31fd0.txt:119",
        "holds る",
    ),
    "lines of another text": (
        POLICIES, POLICY_2_TEXT, POLICY_2_TEXT.replace("119", "120"), "2021/policy/2#title", "lines 120",
    ),
    "lines behind the end": (
        POLICIES, POLICY_2_TEXT, POLICY_2_TEXT.replace("119", "999"), "2021/policy/2#title", "no line 999",
    ),
    "line zero": (POLICIES, POLICY_2_TEXT, POLICY_2_TEXT.replace('"119', '"0'), "2021/policy/2#title", "no line 0"),
    "lines backwards": (
        POLICIES, POLICY_2_TEXT, POLICY_2_TEXT.replace("119", "120-119"), "2021/policy/2#title", "120-119",
    ),
    "lines in words": (
        POLICIES, POLICY_2_TEXT, POLICY_2_TEXT.replace("119", "all"), "2021/policy/2#title", "names no lines",
    ),
    "empty lines": (
        POLICIES, POLICY_2_TEXT, POLICY_2_TEXT.replace("119", ""), "2021/policy/2#title", "names no lines",
    ),
    "number that is not printed": (
        POLICIES, 'number = "2"\nnumber_lines = "119"', 'number = "99"\nnumber_lines = "119"', "2021/policy/2", "99",
    ),
    "number in lines behind the end": (
        POLICIES, 'number = "2"\nnumber_lines = "119"', 'number = "2"\nnumber_lines = "999"', "2021/policy/2", "999",
    ),
    "number in lines in words": (
        POLICIES, 'number = "2"\nnumber_lines = "119"', 'number = "2"\nnumber_lines = "all"', "2021/policy/2", "all",
    ),
    "empty text": (POLICIES, POLICY_2_TEXT, 'text = ""\nlines = "119"', "2021/policy/2#title", "empty"),
    "white space around a text": (
        POLICIES, POLICY_2_TEXT, POLICY_2_TEXT.replace('text = "', 'text = " '), "2021/policy/2#title", "white space",
    ),
    "title that is said to be absent": (
        POLICIES, 'short = 20', 'short = 20\nabsent = ["title"]', "2021/policy/2", "says that it has none",
    ),
    "title that nobody knows to be absent": (
        POLICIES, 'absent = ["title"]\n', "", "2021/policy/24", "it has no title",
    ),
    "number that differs from the printed words": (
        PROJECTS, COST, COST.replace("851", "815"), "2021/figure/project-cost", "does not stand in the printed words",
    ),
    "number that is none": (
        PROJECTS, COST, COST.replace("85100000000", "a lot"), "2021/figure/project-cost", "a lot",
    ),
    "unknown unit": (PROJECTS, COST, COST.replace("JPY", "EUR"), "2021/figure/project-cost", "unit EUR"),
    "day that does not exist": (
        PROJECTS, COST, COST.replace("2021-04-01", "2021-02-30"), "2021/figure/project-cost", "2021-02-30",
    ),
    "figure of no entry": (
        PROJECTS, COST, COST.replace("project-cost", "project-price"), "2021/figure/project-price",
        "entry of kind figure",
    ),
    "figure of an entry of another kind": (
        PROJECTS, COST, COST.replace("figure/project-cost", "project/welfare-desk"), "2021/project/welfare-desk",
        "entry of kind figure",
    ),
    "end of a period that is no day": (
        PROJECTS, 'until = "2024-03-31"\n\n[[text]]', 'until = "2024"\n\n[[text]]', "2021/section/projects", "no ISO",
    ),
    "lines of a number behind the end": (
        OUTLOOK, 'lines = "181,184"', 'lines = "181,999"', "2024/figure/population-2024", "999",
    ),
    "lines of a number in words": (
        OUTLOOK, 'lines = "181,184"', 'lines = "top"', "2024/figure/population-2024", "top",
    ),
    "forecast turned by a digit": (
        OUTLOOK, 'value = "282317"', 'value = "283217"', "2024/figure/population-2027", "282,317",
    ),
    "official text in an unknown language": (
        "official.toml", '"2021"\nfield = "title"\nlang = "ja"', '"2021"\nfield = "title"\nlang = "jp"',
        "2021#title (jp)",
        "language is not known",
    ),
    "official text without an address": (
        "official.toml", 'text = "街づくり・環境"\nsource = "https:', 'text = "街づくり・環境"\nsource = "http:',
        "2021/field/1#subtitle.1", "address",
    ),
    "unknown document left out": (
        "left-out.toml", '002_3ed78eb58858abec.txt"\nlines = "81"', '003.txt"\nlines = "81"', "left-out.toml",
        "003.txt",
    ),
    "left-out line behind the end": (
        "left-out.toml", 'lines = "81"', 'lines = "999"', "left-out.toml", "999",
    ),
    "left-out lines in words": ("left-out.toml", 'lines = "81"', 'lines = "all"', "left-out.toml", "all"),
    "left-out run that does not stand there": (
        "left-out.toml", 'lines = "322"\nrun = "港区', 'lines = "322"\nrun = "湊区', "left-out.toml", "湊区",
    ),
    "edition superseded by none": (
        "2021/edition.toml", 'superseded_by = "2024"', 'superseded_by = "2030"', "2021", "2030",
    ),
    "edition in an unknown language": ("2021/edition.toml", '"ja"', '"jp"', "2021", "language jp"),
    "edition of a missing document": ("2021/edition.toml", "000_4480", "000_4481", "2021", "not in db/sources"),
    "edition with a period that is none": ("2024/edition.toml", "2027-03-31", "2027-03-32", "2024", "2027-03-32"),
    "edition published at no time": ("2024/edition.toml", '"2024-01"', '"2024-13"', "2024", "2024-13"),
    "edition without a source of its period": (
        "2024/edition.toml", 'period_source = "002_3ed78eb58858abec.txt:33"', 'period_source = ""', "2024", "source",
    ),
    "guide in an edition of the plan": (
        POLICIES, POLICY_2, POLICY_2.replace('"policy"', '"guide"'), "2021/policy/2", "does not belong in",
    ),
    "part of a plan among the guides": (
        GUIDES, KEY_CARD, KEY_CARD.replace('"guide"', '"section"'), "viewer/guide/keys", "in the edition viewer",
    ),
    "words of the city on a page of the viewer's": (
        "official.toml", 'code = "2021/field/1"\nfield', 'code = "viewer/guide"\nfield', "viewer/guide#subtitle.1 (ja)",
        "its status is official",
    ),
    "edition superseded by the viewer's own pages": (
        "2021/edition.toml", 'superseded_by = "2024"', 'superseded_by = "viewer"', "2021", "viewer that supersedes it",
    ),
    "viewer's own pages in an unknown language": ("viewer/edition.toml", '"ja"', '"jp"', "viewer", "language jp"),
    "edition with another edition's code": ("2024/edition.toml", 'code = "2024"', 'code = "2021"', "2021", "2"),
}  # fmt: skip

# file, what stands in it, what is put in its place, what the sentence says beside the file's name.
UNREADABLE = {
    "missing lines": (
        POLICIES,
        POLICY_2_TEXT,
        POLICY_2_TEXT.replace('\nlines = "119"', ""),
        "2021/policy/2",
        "lines",
    ),
    "missing short": (POLICIES, "short = 20", "", "2021/policy/2", "short"),
    "unknown key": (POLICIES, "short = 20", 'short = 20\nshrot = "1"', "2021/policy/2", "shrot"),
    "text for a number": (POLICIES, "short = 20", 'short = "20"', "2021/policy/2", "short"),
    "truth for a number": (POLICIES, "short = 20", "short = true", "2021/policy/2", "short"),
    "number for a text": (POLICIES, POLICY_2_TITLE, POLICY_2_TITLE.replace('"title"', "1"), "2021/policy/2", "field"),
    "text for a list": (POLICIES, 'absent = ["title"]', 'absent = "title"', "2021/policy/24", "absent"),
    "single brackets": (LINKS, "# Links", "[link]\nfrom = 'a'\n# Links", "", "link"),
    "list of numbers": ("left-out.toml", "# Runs", "entry = 1\n# Runs", "", "entry"),
    "unknown status": (POLICIES, POLICY_2_TEXT, f'{POLICY_2_TEXT}\nstatus = "true"', "2021/policy/2", "status"),
    "unknown basis": (PROJECTS, COST, COST.replace('"plan"', '"hope"'), "2021/figure/project-cost", "basis"),
    "unknown key of an edition": ("2024/edition.toml", "[edition]", "[edition]\nname = 'x'", "2024", "name"),
    "no table of the edition": ("2024/edition.toml", "[edition]", "[editions]", "edition.toml", "editions"),
    "edition of no document": (
        "2021/edition.toml",
        'document = "000_448044f3c7e31fd0.txt"\n',
        "",
        "2021",
        "document",
    ),
    "viewer's own pages with a period": (
        "viewer/edition.toml",
        '"ja"',
        '"ja"\nperiod_end = "2027-03-31"',
        "viewer",
        "document",
    ),
    "lines of a guide": (
        GUIDES,
        KEY_CARD_TITLE,
        f'{KEY_CARD_TITLE}\nlines = "1"',
        "viewer/guide/keys",
        "lines",
    ),
    "status of a guide": (
        GUIDES,
        KEY_CARD_TITLE,
        f'{KEY_CARD_TITLE}\nstatus = "original"',
        "viewer/guide/keys",
        "status",
    ),
    "guide without a title on purpose": (
        GUIDES,
        KEY_CARD,
        f'{KEY_CARD}\nabsent = ["title"]',
        "viewer/guide/keys",
        "absent",
    ),
    "printed number of a guide": (
        GUIDES,
        KEY_CARD,
        f'{KEY_CARD}\nnumber_lines = "1"',
        "viewer/guide/keys",
        "number_lines",
    ),
    "figure among the guides": (GUIDES, KEY_CARD, f"{KEY_CARD}\n[[figure]]\n", "", "figure"),
    "broken TOML": (POLICIES, "short = 20", "short = = 20", "40-policies.toml", "at line 60"),
    "misspelt table": (POLICIES, "# The table", "[[txet]]\ncode = 'a'\n# The table", "", "txet"),
}


def test_the_real_sources_have_no_findings(sources: Sources) -> None:
    assert findings(sources) == []


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_found_and_its_place_named(db: Db, mistake: tuple[str, str, str, str, str]) -> None:
    *change, place, words = mistake
    db.replace(*change)
    found = db.findings()
    assert any(line.startswith(place) and words in line for line in found), found


@pytest.mark.parametrize("mistake", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_a_fault_that_names_file_and_place(
    db: Db, mistake: tuple[str, str, str, str, str]
) -> None:
    name, old, new, place, words = mistake
    db.replace(name, old, new)
    with pytest.raises(SourceFault) as caught:
        db.findings()
    sentence = str(caught.value)
    assert name.rpartition("/")[2] in sentence
    assert place in sentence
    assert words in sentence


@pytest.mark.parametrize("content", ["entry = [1]", "text = ['a']", "figure = [[1, 2]]", "link = 3", "entry = 'a'"])
def test_tables_that_are_no_tables_are_a_fault_that_names_the_file(db: Db, content: str) -> None:
    (db.folder / "2021/90-more.toml").write_text(content, "utf-8")
    with pytest.raises(SourceFault, match=r"90-more\.toml"):
        db.findings()


@pytest.mark.parametrize("name", ["2021/40-policies.toml", "official.toml", "sources/000_448044f3c7e31fd0.txt"])
def test_a_file_in_another_encoding_is_a_fault_that_names_it(db: Db, name: str) -> None:
    path = db.folder / name
    path.write_bytes(path.read_text("utf-8").encode("cp932", "replace"))
    with pytest.raises(SourceFault, match=r"UTF-8") as caught:
        db.findings()
    assert path.name in str(caught.value)


def test_a_removed_title_is_found(db: Db) -> None:
    db.remove("2021/policy/2", "title")
    assert any(line.startswith("2021/policy/2: it has no title") for line in db.findings())


def test_a_removed_title_of_a_guide_is_found(db: Db) -> None:
    db.remove("viewer/guide/keys", "title")
    assert any(line.startswith("viewer/guide/keys: it has no title") for line in db.findings())


def test_a_removed_number_of_a_figure_is_found(db: Db) -> None:
    db.remove("2024/figure/population-2027", table="figure")
    assert any(line.startswith("2024/figure/population-2027: an entry of kind figure") for line in db.findings())


def test_removed_printed_words_of_a_number_are_found(db: Db) -> None:
    db.remove("2021/figure/project-cost", "value.1")
    assert any(line.startswith("2021/figure/project-cost: the printed words") for line in db.findings())


def test_a_removed_entry_leaves_texts_and_children_without_it(db: Db) -> None:
    db.remove("2021/field/1", table="entry")
    found = db.findings()
    assert any(line.startswith("2021/field/1#title (ja): there is no entry") for line in found)
    assert any(line.startswith("2021/policy/1: the parent 2021/field/1") for line in found)


@pytest.mark.parametrize("edition", ["2021", "2024", "viewer"])
def test_a_folder_that_lost_its_edition_file_is_named(db: Db, edition: str) -> None:
    (db.folder / edition / "edition.toml").unlink()
    with pytest.raises(SourceFault, match=r"edition\.toml") as caught:
        db.findings()
    assert f"{db.folder / edition}" in str(caught.value)


def test_sources_without_any_edition_are_a_fault(db: Db) -> None:
    with pytest.raises(SourceFault, match="holds no edition"):
        Db(db.folder / "sources").findings()


def test_the_viewers_own_pages_alone_are_no_plan(db: Db) -> None:
    for edition in ("2021", "2024"):
        shutil.rmtree(db.folder / edition)
    with pytest.raises(SourceFault, match="holds no edition"):
        db.findings()


@pytest.mark.parametrize("field", ["published", "period_end", "period_source", "superseded_by"])
def test_an_edition_without_a_document_has_nothing_that_only_a_plan_has(sources: Sources, field: str) -> None:
    *plans, own = sources.data.editions
    dated = own._replace(**{field: "2024"})
    found = findings(replace(sources, data=sources.data._replace(editions=(*plans, dated))))
    assert any(line.startswith("viewer: it has dates or a source but no document") for line in found), found


def test_a_link_that_stands_twice_is_found(db: Db) -> None:
    db.append(LINKS, f"[[link]]\n{LINK}")
    assert any("2021/policy/4 -> 2024/measure/disaster: this link stands 2 times" in line for line in db.findings())


@pytest.mark.parametrize("command", [["check"], ["check", "--coverage"], ["build", "-o", "plan.sqlite"]])
def test_the_program_lists_the_findings_and_ends_with_exit_1(
    db: Db, command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "SOURCES", db.folder)
    monkeypatch.setattr(program, "CATALOGUES", db.folder.parent / "no-catalogues")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.chdir(db.folder.parent)
    db.replace(LINKS, LINK, LINK.replace("disaster", "flood"))
    assert program.main(command) == ExitCode.FINDINGS
    said = capsys.readouterr().out.splitlines()
    assert any(line.startswith("2021/policy/4 -> 2024/measure/flood: ") for line in said)
    assert said[-1] == "1 mistake found."
    assert not (db.folder.parent / "plan.sqlite").exists()


def test_the_program_says_in_one_sentence_what_it_cannot_read_and_ends_with_exit_1(
    db: Db, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "SOURCES", db.folder)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")
    db.replace(POLICIES, "short = 20", "short = = 20")
    assert program.main(["check"]) == ExitCode.FINDINGS
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "40-policies.toml" in said.err
