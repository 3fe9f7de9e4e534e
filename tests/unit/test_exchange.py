"""Texts go out as PO, CSV and JSON and come back: nothing is lost, nothing half written, nothing wrong let in."""

import json
from pathlib import Path

import pytest

from minato_viewer.authoring import exchange_csv
from minato_viewer.authoring.catalogues import catalogue_path
from minato_viewer.authoring.exchange import compare, rows
from minato_viewer.authoring.sources import Sources
from minato_viewer.language.tags import TAGS, language
from tests.unit.exchanging import Office, edit, edit_json, save, table
from tests.unit.translating import text

NOTE, FORUM, PEOPLE = (
    "2024/section/message#note.1",
    "2024/participation/forum#title",
    "2024/figure/forum-people#value.1",
)
VISION = "2024/vision#lead.1"
GUIDE = "viewer/guide#title"
UNCHANGED = ["The file says what is there already: nothing is changed."]


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> dict[str, list[tuple[str, str]]]:
    """Return the lines that differ, by file."""
    assert before.keys() == after.keys()
    found: dict[str, list[tuple[str, str]]] = {}
    for name, content in before.items():
        if content != after[name]:
            old, new = content.decode().split("\n"), after[name].decode().split("\n")
            found[name] = [pair for pair in zip(old, new, strict=False) if pair[0] != pair[1]]
    return found


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_table_that_comes_back_as_it_went_changes_no_byte(office: Office, form: str) -> None:
    before = office.files()
    path = office.export(form)
    assert office.run("import", path) == (0, UNCHANGED, "")
    assert office.files() == before


def test_catalogues_that_come_back_as_they_went_change_no_byte(office: Office) -> None:
    before = office.files()
    folder = office.export("po")
    copies = sorted(folder.glob("*.po"))
    assert len(copies) == 12
    for path in copies:
        assert office.run("import", path) == (0, UNCHANGED, ""), path.name
    assert office.files() == before


def test_export_without_a_place_brings_the_catalogues_up_and_a_table_goes_to_the_output(office: Office) -> None:
    before = office.files()
    assert office.run("export") == (0, [], "")
    assert office.files() == before


def test_a_table_holds_every_text_of_what_was_asked_for(office: Office) -> None:
    rows = table(office.export("csv", "--edition", "2024", "--lang", "ko", "--lang", "en"))
    originals = [row for row in office.sources().data.texts if row.code.startswith("2024") and row.lang == "zh-Hans"]
    assert [(row["code"], row["field"], row["original"]) for row in rows] == [(*row[:2], row.text) for row in originals]
    assert list(rows[0])[6:] == ["en", "ko", "stale", "terms", "version"]
    assert all(row["en"] and row["ko"] for row in rows)


def test_a_table_tells_the_glossarys_words(office: Office) -> None:
    rows = table(office.export("csv", "--lang", "en"))
    terms = {f"{row['code']}#{row['field']}": row["terms"] for row in rows}
    assert "みなとタウンフォーラム = Minato Town Forum" in terms["2021/vision#lead.1"]
    po = (office.export("po") / "plan-2021.en.po").read_text("utf-8")
    assert "#. glossary: みなとタウンフォーラム = Minato Town Forum" in po
    assert "glossary" not in catalogue_path(office.folder / "i18n", language("en"), "2021").read_text("utf-8")


def test_a_changed_translation_changes_one_line_of_one_catalogue(office: Office) -> None:
    before = office.files()
    path = edit(office.export("csv"), VISION, en="The City is the goal.")
    said = office.run("import", path)
    assert (said.code, said.err) == (0, "")
    assert said.out[0].endswith("becomes “The City is the goal.”")
    assert said.out[0].startswith("row ")
    assert said.out[-1] == "1 text changed."
    lines = changed(before, office.files())
    assert list(lines) == ["i18n/en/LC_MESSAGES/plan-2024.po"]
    assert [new for _, new in lines["i18n/en/LC_MESSAGES/plan-2024.po"]] == ['msgstr "The City is the goal."']


@pytest.mark.parametrize("form", ["csv", "json", "po"])
def test_every_format_brings_a_translation_home(office: Office, form: str) -> None:
    path = office.export(form)
    if form == "csv":
        edit(path, GUIDE, ko="안내")
    elif form == "json":
        edit_json(path, GUIDE, lambda text: text["translations"].update({"ko": "안내"}))
    else:
        path /= "plan-viewer.ko.po"
        old = text(office.sources(), GUIDE, "ko")
        assert old is not None
        po = path.read_text("utf-8")
        assert po.count(f'msgctxt "{GUIDE}"') == 1
        head, _, tail = po.partition(f'msgctxt "{GUIDE}"')
        path.write_text(f'{head}msgctxt "{GUIDE}"{tail.replace(old.text, "안내", 1)}', "utf-8")
    assert office.run("import", path).code == 0
    new = text(office.sources(), GUIDE, "ko")
    assert new is not None
    assert (new.text, new.stale) == ("안내", False)


def test_a_changed_original_makes_its_translations_stale_but_those_that_changed_with_it(office: Office) -> None:
    before = office.files()
    path = edit(
        office.export("csv"), NOTE, original="这是时任港区区长 2024 年 1 月的致辞。", en="A message of January 2024."
    )
    said = office.run("import", path)
    assert said.code == 0
    assert "3 translations are out of date from now on, because their originals have changed." in said.out
    assert said.out[-1] == "2 texts changed."
    lines = changed(before, office.files())
    assert [new for _, new in lines["db/2024/10-about.toml"]] == ['text = "这是时任港区区长 2024 年 1 月的致辞。"']
    sources = office.sources()
    stale = {tag: text(sources, NOTE, tag) for tag in TAGS}
    assert {tag: row.stale for tag, row in stale.items() if row} == {
        "ja": True, "ja-x-easy": True, "en": False, "zh-Hans": False, "ko": True,
    }  # fmt: skip


def test_a_stale_mark_is_taken_away_by_new_words_or_by_hand_and_can_be_set(office: Office) -> None:
    old = text(office.sources(), NOTE, "ko")
    assert old is not None
    office.run("import", edit(office.export("csv"), NOTE, original="2024 年 1 月。"))
    path = office.export("csv")
    (row,) = [row for row in table(path) if f"{row['code']}#{row['field']}" == NOTE]
    assert row["stale"] == "ja ja-x-easy en ko"
    edit(path, NOTE, ko="2024년 1월.", stale="ja-x-easy en ko")
    edit(path, VISION, stale="en")
    said = office.run("import", path)
    assert said.code == 0
    assert [line.partition(", ")[2] for line in said.out[:3]] == [
        f"{NOTE} (ja): no longer marked as out of date.",
        f"{NOTE} (ko): “{old.text}” becomes “2024년 1월.”",
        f"{VISION} (en): marked as out of date.",
    ]
    marked = {f"{row.code}#{row.field} {row.lang}" for row in office.sources().data.texts if row.stale}
    assert marked == {f"{NOTE} ja-x-easy", f"{NOTE} en", f"{VISION} en"}
    assert office.run("import", office.export("csv")).out == UNCHANGED


def test_a_dry_run_tells_and_writes_nothing(office: Office) -> None:
    before = office.files()
    said = office.run("import", "--dry-run", edit(office.export("csv"), GUIDE, ko="안내"))
    assert (said.code, said.out[-1]) == (0, "1 text would change.")
    assert office.files() == before


CHECKED = {
    "a number of another size": (PEOPLE, {"en": "71 people"}, "the original (zh-Hans) has 79 人"),
    "words the document does not have": (VISION, {"original": "大家共同努力。"}, "does not stand in"),
    "hard easy Japanese": (VISION, {"ja_x_easy": "区が策定した計画である。"}, "does not end in です or ます"),
}
REFUSED = {
    "the city's own words": (FORUM, {"ja": "港区フォーラム"}, "db/official.toml alone"),
    "the original in its language's column": (VISION, {"zh_Hans": "大家"}, "change the column original"),
    "an emptied cell": (VISION, {"ko": ""}, "it is empty"),
    "white space": (VISION, {"ko": " 지향 "}, "white space around"),
    "a line end": (VISION, {"en": "The goal.\nTogether."}, "line end"),
    "a date Excel made": ("2024/section/message#date.1", {"en": "Jan-24"}, "what Excel makes of a text"),
    "a date Excel made of Japanese": ("2024/section/message#date.1", {"ja": "2024/1/1"}, "“2024年1月” again"),
    "a day Excel made": ("2024/section/about#item.1", {"ja": "3-Mar"}, "what Excel makes of a text"),
    "a formula's fault": (VISION, {"en": "#NAME?"}, "what Excel makes of a text"),
    "an emoji": (VISION, {"en": "The goal 😀"}, "no font of the viewer has 😀"),
    "an unknown language": (VISION, {"stale": "fr"}, "fr is no language of this file"),
    "another code": (VISION, {"code": "2024/visoin"}, "there is no such text"),
    "another field": (VISION, {"field": "lead.9"}, "there is no such text"),
    "an old version": (VISION, {"en": "Goal.", "version": "v000000000"}, "has changed since the file was made"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "cells", "reason"), CHECKED.values(), ids=CHECKED)
def test_what_the_check_finds_is_told_with_its_row_and_nothing_is_written(
    office: Office, name: str, cells: dict[str, str], reason: str
) -> None:
    before = office.files()
    path = office.export("csv")
    number = [f"{row['code']}#{row['field']}" for row in table(path)].index(name) + 2
    said = office.run("import", edit(edit(path, GUIDE, ko="안내"), name, **cells))
    assert (said.code, said.err) == (1, "")
    assert any(line.startswith(f"row {number}: {name}") and reason in line for line in said.out), said.out
    assert said.out[-1].startswith("Nothing is written: mend ")
    assert office.files() == before


@pytest.mark.parametrize(("name", "cells", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_taken_is_told_with_its_row_and_column(
    sources: Sources, tmp_path: Path, name: str, cells: dict[str, str], reason: str
) -> None:
    known = rows(sources.data, (), [edition.code for edition in sources.data.editions], TAGS)
    path = tmp_path / "x.csv"
    path.write_bytes(exchange_csv.written(known, TAGS))
    edit(edit(path, GUIDE, ko="안내"), name, **cells)
    changes, refused = compare(known, exchange_csv.read(path, path.read_bytes()))
    number = [f"{row.code}#{row.field}" for row in known].index(name) + 2
    said = [(row.row, row.column, row.message.format(**row.values)) for row in refused]
    (column,) = [column.replace("_", "-") for column in list(cells)[-1:]]
    assert [(row, where) for row, where, what in said if reason in what] == [
        (number, "code" if column == "field" else column)
    ]
    assert any(change.new == "안내" for change in changes)


def test_one_row_that_cannot_be_taken_keeps_all_the_others_out(office: Office) -> None:
    before = office.files()
    said = office.run("import", edit(edit(office.export("csv"), GUIDE, ko="안내"), VISION, ko=""))
    assert (said.code, said.err, len(said.out)) == (1, "", 2)
    assert f"column ko ({VISION}): it is empty, and “" in said.out[0]
    assert said.out[1] == "Nothing is written: mend 1 place and import again."
    assert office.files() == before


def test_a_text_that_stands_twice_is_refused(office: Office) -> None:
    path = office.export("csv")
    rows = table(path)
    save(path, [*rows, rows[3]])
    said = office.run("import", path)
    assert said.code == 1
    assert said.out[0].startswith(f"row {len(rows) + 2}, column code")
    assert "stands twice" in said.out[0]


def test_an_old_table_does_not_undo_newer_work(office: Office) -> None:
    old = office.export("csv")
    old = old.rename(old.with_name("old.csv"))
    assert office.run("import", edit(office.export("csv"), VISION, en="Newer.")).code == 0
    said = office.run("import", edit(old, GUIDE, ko="안내"))
    assert said.code == 1
    assert [line for line in said.out if VISION in line and "export it again" in line]


def test_an_old_catalogue_whose_original_has_changed_is_refused_where_it_changes_something(office: Office) -> None:
    folder = office.export("po")
    assert office.run("import", edit(office.export("csv"), NOTE, original="2024 年 1 月。")).code == 0
    path = folder / "plan-2024.en.po"
    po = path.read_text("utf-8")
    path.write_text(po.replace("This is the message of January 2024", "The message of January 2024"), "utf-8")
    said = office.run("import", path)
    assert said.code == 1
    assert "has changed since the file was made" in said.out[0]


@pytest.mark.parametrize("taken_from_i18n", [False, True])
def test_an_old_catalogue_does_not_undo_newer_work(office: Office, *, taken_from_i18n: bool) -> None:
    old = office.export("po") / "plan-2024.en.po"
    if taken_from_i18n:
        old.write_bytes(catalogue_path(office.folder / "i18n", language("en"), "2024").read_bytes())
    assert office.run("import", edit(office.export("csv"), VISION, en="Newer.")).code == 0
    said = office.run("import", old)
    # A catalogue of i18n is versioned by whoever keeps i18n, and is taken as it is.
    assert said.code == int(not taken_from_i18n)
    assert ("export it again" in said.out[0]) == (not taken_from_i18n)


SAVED = {
    "semicolons": {"delimiter": ";"},
    "Unicode text": {"delimiter": "\t", "encoding": "utf-16"},
    "no mark, lines of Unix, all quoted": {"encoding": "utf-8", "lineterminator": "\n", "quoting": 1},
}


@pytest.mark.parametrize("options", SAVED.values(), ids=SAVED)
def test_what_spreadsheets_save_is_read(office: Office, options: dict[str, str]) -> None:
    path = office.export("csv")
    save(path, table(path), **options)
    assert office.run("import", path) == (0, UNCHANGED, "")
    edit(office.export("csv"), GUIDE, ko="안내")
    save(path, table(path), **options)
    assert office.run("import", path).out[-1] == "1 text changed."


def test_columns_may_be_left_out_and_rows_may_be_removed_or_sorted(office: Office) -> None:
    path = office.export("csv", "--lang", "ko")
    kept = ("code", "field", "ko", "version")
    rows = [{column: row[column] for column in kept} for row in table(path)]
    save(path, [row for row in sorted(rows, key=lambda row: row["ko"]) if row["code"].startswith("viewer")])
    assert office.run("import", path) == (0, UNCHANGED, "")
    assert office.run("import", edit(path, GUIDE, ko="안내")).out[-1] == "1 text changed."


def test_a_full_disk_leaves_everything_as_it_was(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    path = edit(office.export("csv"), NOTE, original="2024 年 1 月。")
    before = office.files()
    written: list[int] = []

    def full(handle: int) -> None:
        written.append(handle)
        if len(written) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("minato_viewer.authoring.files.os.fsync", full)
    monkeypatch.setattr("minato_viewer.authoring.staging.update", _update_without_sync())
    said = office.run("import", path)
    assert said.code == 1
    assert "No space left on device" in said.err
    assert len(said.err.splitlines()) == 1
    assert office.files() == before


def _update_without_sync():
    from minato_viewer.authoring import catalogues

    def update(folder: Path, edition, texts, target, translated) -> None:
        path = catalogue_path(folder, target, edition.code)
        path.write_bytes(catalogues.updated(path, edition, texts, target, translated))

    return update


def test_json_is_for_programs_and_names_every_value(office: Office) -> None:
    whole = json.loads(office.export("json", "--lang", "ko").read_bytes())
    assert (whole["format"], whole["languages"]) == ("minato-plan texts 1", ["ko"])
    (note,) = [text for text in whole["texts"] if f"{text['code']}#{text['field']}" == NOTE]
    assert set(note) == {
        "code", "field", "kind", "language", "status", "original", "translations", "stale", "terms", "version",
    }  # fmt: skip
    assert (note["kind"], note["language"], note["status"]) == ("section", "zh-Hans", "editor")
