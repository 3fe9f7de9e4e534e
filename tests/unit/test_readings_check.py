"""The check finds each kind of mistake in db/readings, and a plan file holds nothing of what it finds."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from minato_viewer.authoring import readings_check
from minato_viewer.authoring.check import findings, obstacles
from minato_viewer.authoring.readings import Annotation
from minato_viewer.authoring.sources import Sources, load
from minato_viewer.cli import plan as program
from minato_viewer.domain.faults import ExitCode, SourceFault
from minato_viewer.paths import CATALOGUES
from tests.unit.editing import Db

KEY = ("2021/policy/12", "title", "ja")
NAME = "readings/2021.toml, 2021/policy/12#title (ja): "
UNREAD = "nobody says how it is read: run minato-plan readings, then look at what it proposes"
FILE = "readings/2021.toml"
TEXT = "{港区|みなとく}の{特性|とくせい}を{生|い}かした{個性|こせい}ある{商業|しょうぎょう}{集積|しゅうせき}の{形成|けいせい}を{支援|しえん}する"  # noqa: E501 - a title of the plan
ROW = f'code = "2021/policy/12"\nfield = "title"\nlang = "ja"\ntext = "{TEXT}"'

Change = Callable[[Annotation], Annotation]

# what becomes of the reading of KEY, and what the finding says after its place.
MISTAKES: dict[str, tuple[Change, str]] = {
    "unbalanced": (lambda row: row._replace(text=TEXT[:-4] + "{する"), "stands alone"),
    "nested": (lambda row: row._replace(text=TEXT.replace("{港区|", "{港{区|く}|")), "stands alone"),
    "empty reading": (lambda row: row._replace(text=TEXT.replace("|い}", "|}")), "not written in hiragana"),
    "kana base": (lambda row: row._replace(text=f"{TEXT[:-2]}{{する|する}}"), "kana stand outside"),
    "other text": (lambda row: row._replace(text=TEXT.replace("ある", "のある")), "run minato-plan readings"),
    "kanji left out": (lambda row: row._replace(text=TEXT.replace("{生|い}", "生")), "no reading stands over 生"),
    "not reviewed": (lambda row: row._replace(reviewed=False), "remove reviewed = false"),
    "unknown language": (lambda row: row._replace(lang="en"), "correct the language"),
    "unknown code": (lambda row: row._replace(code="2021/policy/99"), "there is no such text"),
    "unknown field": (lambda row: row._replace(field="body.9"), "there is no such text"),
    "other edition": (lambda row: row._replace(edition="2024"), "file of its edition"),
}


def spoilt(sources: Sources, change: Change) -> tuple[Sources, Annotation]:
    (row,) = [row for row in sources.annotations if row.key == KEY]
    changed = change(row)
    rows = tuple(changed if other is row else other for other in sources.annotations)
    return replace(sources, annotations=rows), changed


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_found_and_named_with_file_code_and_field(sources: Sources, mistake: tuple[Change, str]) -> None:
    change, words = mistake
    broken, row = spoilt(sources, change)
    place = f"readings/{row.edition}.toml, {row.code}#{row.field} ({row.lang}): "
    first, *others = findings(broken)
    assert first.startswith(place)
    assert words in first
    # A reading that is no longer its own leaves the text without one; nothing else is found.
    assert others == ([] if row.key == KEY else [f"{NAME}{UNREAD}"])


def test_a_text_with_kanji_and_without_a_reading_is_found(sources: Sources) -> None:
    rows = tuple(row for row in sources.annotations if row.key != KEY)
    (line,) = findings(replace(sources, annotations=rows))
    assert line == f"{NAME}{UNREAD}"


def test_a_reading_that_stands_twice_is_found(sources: Sources) -> None:
    (row,) = [row for row in sources.annotations if row.key == KEY]
    (line,) = findings(replace(sources, annotations=(*sources.annotations, row)))
    assert line.startswith(f"{NAME}this reading stands 2 times")


def test_a_reading_waits_for_a_translation_that_is_not_there(bare_sources: Sources) -> None:
    assert any(row.key[0].startswith("2024/") and row.lang == "ja" for row in bare_sources.annotations)
    assert findings(bare_sources) == []


def test_a_changed_title_is_found_and_has_neither_reading_nor_ruby(db: Db) -> None:
    db.replace("2021/40-policies.toml", "個性ある商業集積の形成", "個性豊かな商業集積の形成")
    changed = load(db.folder, CATALOGUES)
    found = list(readings_check.findings(changed))
    assert any(line.startswith(NAME) and "個性豊かな" in line and "minato-plan readings" in line for line in found)
    assert KEY not in {row[:3] for row in (*changed.data.readings, *changed.data.rubies)}
    assert ("2021/policy/11", "title", "ja") in {row[:3] for row in changed.data.readings}


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (ROW.replace("lang", "language"), "lang"),
        (f"{ROW}\nreviewed = 'no'", "reviewed"),
        (f"{ROW}\nnote = 'x'", "note"),
    ],
)
def test_a_row_that_cannot_be_read_is_a_fault_that_names_file_and_code(db: Db, new: str, words: str) -> None:
    db.replace(FILE, ROW, new)
    with pytest.raises(SourceFault) as caught:
        db.findings()
    assert "2021.toml" in str(caught.value)
    assert "2021/policy/12" in str(caught.value)
    assert words in str(caught.value)


def test_the_readings_are_part_of_the_digest_and_no_edition(db: Db) -> None:
    before = load(db.folder, CATALOGUES)
    db.replace(FILE, ROW, f"{ROW}\nreviewed = false")
    after = load(db.folder, CATALOGUES)
    assert before.data.editions == after.data.editions
    assert before.data.properties["digest"] != after.data.properties["digest"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["check"], "this reading is only proposed: look at it, then remove reviewed = false"),
        (
            ["build", "-o", "plan.sqlite"],
            "it has no reviewed reading: run minato-plan readings, then look at what it proposes",
        ),
    ],
)
def test_a_title_whose_reading_nobody_has_reviewed_is_not_built(
    db: Db, command: list[str], words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "SOURCES", db.folder)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.chdir(db.folder.parent)
    db.replace(FILE, ROW, f"{ROW}\nreviewed = false")
    assert program.main(command) == ExitCode.FINDINGS
    assert capsys.readouterr().out.splitlines() == [
        f"{NAME}{words}",
        "1 mistake found.",
    ]
    assert not (db.folder.parent / "plan.sqlite").exists()


def test_a_sentence_whose_reading_nobody_has_reviewed_is_built_without_it(db: Db) -> None:
    rows = [row for row in load(db.folder, CATALOGUES).annotations if row.field.startswith("body")]
    first = rows[0]
    db.replace(f"readings/{first.edition}.toml", f'text = "{first.text}"', f'text = "{first.text}"\nreviewed = false')
    sources = load(db.folder, CATALOGUES)
    assert len(findings(sources)) == 1
    assert obstacles(sources) == []
    assert first.key not in {row[:3] for row in sources.data.rubies}
