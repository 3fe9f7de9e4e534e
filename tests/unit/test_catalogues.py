"""Translations of the plan: whose words they become, and how a catalogue follows its originals."""

from pathlib import Path

import pytest

from minato_viewer.authoring.catalogues import catalogue_path, read, update
from minato_viewer.authoring.check import findings
from minato_viewer.authoring.sources import Sources, load
from minato_viewer.domain.faults import ExitCode, SourceFault
from minato_viewer.domain.plan import Status
from minato_viewer.domain.plan_data import Text
from minato_viewer.language.tags import language
from minato_viewer.paths import SOURCES
from tests.unit.translating import edition_of, fill, text, translate

JA = language("ja")
CARBON, NOTE, FORUM = "2024/measure/carbon#title", "2024/section/message#note.1", "2024/participation/forum#title"
WORDS = {
    CARBON: "脱炭素化を進め、2050年に「ゼロカーボンシティ」を実現",
    NOTE: "2024年1月当時の港区長のメッセージです。",
    FORUM: "港区市民フォーラム",
    "2024/measure/disaster#title": "地震など自然災害への対策を強化",
}


@pytest.fixture
def catalogue(bare_sources: Sources, tmp_path: Path) -> Path:
    """A Japanese catalogue of 2024 with four translations, one of them fuzzy."""
    translate(tmp_path, bare_sources, "ja", WORDS, fuzzy=("2024/measure/disaster#title",))
    return catalogue_path(tmp_path, JA, "2024")


@pytest.fixture
def translated(catalogue: Path, tmp_path: Path) -> Sources:
    return load(SOURCES, tmp_path)


def changed(sources: Sources, old: str, new: str) -> list[Text]:
    """Return the texts with an original that the city has changed."""
    return [row._replace(text=new) if row.text == old else row for row in sources.data.texts]


def by_context(path: Path) -> dict[str, tuple[str, str, bool]]:
    return {row.context: (row.id, row.string, row.fuzzy) for row in read(path, JA) if row.id}


def test_a_catalogue_stands_where_gettext_looks_for_it(tmp_path: Path) -> None:
    assert catalogue_path(tmp_path, language("ja-x-easy"), "2024") == (
        tmp_path / "ja@easy" / "LC_MESSAGES" / "plan-2024.po"
    )


def test_a_translation_is_a_reference_and_never_the_citys(translated: Sources) -> None:
    row = text(translated, CARBON, "ja")
    assert row == Text("2024/measure/carbon", "title", "ja", WORDS[CARBON], Status.REFERENCE, "")
    own = text(translated, CARBON, "zh-Hans")
    assert own is not None
    assert own.status is Status.ORIGINAL


def test_an_editors_text_stays_an_editors_in_translation(translated: Sources) -> None:
    row = text(translated, NOTE, "ja")
    assert row is not None
    assert (row.text, row.status) == (WORDS[NOTE], Status.EDITOR)


def test_the_citys_own_wording_wins_over_a_catalogue(translated: Sources) -> None:
    row = text(translated, FORUM, "ja")
    assert row is not None
    assert (row.text, row.status) == ("みなとタウンフォーラム", Status.OFFICIAL)


def test_a_fuzzy_translation_is_stale_and_the_others_are_not(translated: Sources) -> None:
    stale = {(row.code, row.lang) for row in translated.data.texts if row.stale}
    assert stale == {("2024/measure/disaster", "ja")}


def test_what_a_catalogue_lacks_is_a_missing_text_and_never_a_copy(translated: Sources, bare_sources: Sources) -> None:
    assert text(translated, "2024/measure/health#title", "ja") is None
    assert len(translated.data.texts) == len(bare_sources.data.texts) + 3


def test_translated_sources_have_no_findings_but_readings_of_other_words(translated: Sources) -> None:
    names = ("measure/carbon#title", "measure/disaster#title", "message#note.1")
    found = findings(translated)
    assert all("minato-plan readings" in line and any(name in line for name in names) for line in found), found
    assert len(found) == len(names)


def test_a_new_catalogue_asks_for_every_text_of_its_edition_once(bare_sources: Sources, tmp_path: Path) -> None:
    edition = edition_of(bare_sources, "2021")
    update(tmp_path, edition, bare_sources.data.texts, language("ko"))
    rows = read(catalogue_path(tmp_path, language("ko"), "2021"), language("ko"))
    asked = {(row.context, row.id, row.string) for row in rows if row.id}
    own = [row for row in bare_sources.data.texts if row.code[:4] == "2021" and row.lang == "ja"]
    assert asked == {(f"{row.code}#{row.field}", row.text, "") for row in own}
    assert all(row.auto_comments for row in rows if row.id)


def test_an_update_keeps_translations_and_fuzzy_marks(bare_sources: Sources, catalogue: Path, tmp_path: Path) -> None:
    update(tmp_path, edition_of(bare_sources, "2024"), bare_sources.data.texts, JA)
    rows = by_context(catalogue)
    assert {context: rows[context][1] for context in WORDS} == WORDS
    assert [context for context, row in rows.items() if row[2]] == ["2024/measure/disaster#title"]


def test_a_changed_original_keeps_its_translation_as_fuzzy(
    bare_sources: Sources, catalogue: Path, tmp_path: Path
) -> None:
    old = "推进低碳化，到 2050 年实现“零碳都市”"
    new = old.replace("2050", "2040")
    update(tmp_path, edition_of(bare_sources, "2024"), changed(bare_sources, old, new), JA)
    assert by_context(catalogue)[CARBON] == (new, WORDS[CARBON], True)


def test_a_removed_original_leaves_the_catalogue(bare_sources: Sources, catalogue: Path, tmp_path: Path) -> None:
    left = [row for row in bare_sources.data.texts if row.code != "2024/measure/carbon"]
    before = by_context(catalogue)
    update(tmp_path, edition_of(bare_sources, "2024"), left, JA)
    assert set(before) - set(by_context(catalogue)) == {CARBON, "2024/measure/carbon#body.1"}


def test_a_translators_comments_survive_an_update(bare_sources: Sources, catalogue: Path, tmp_path: Path) -> None:
    mark = f'msgctxt "{CARBON}"'
    po = catalogue.read_text("utf-8")
    catalogue.write_text(po.replace(f"#. original\n{mark}", f"# 用語集を参照\n#. original\n{mark}"), "utf-8")
    update(tmp_path, edition_of(bare_sources, "2024"), bare_sources.data.texts, JA)
    assert f"# 用語集を参照\n#. original\n{mark}" in catalogue.read_text("utf-8")


def test_an_update_changes_no_byte_where_nothing_changed(
    bare_sources: Sources, catalogue: Path, tmp_path: Path
) -> None:
    edition = edition_of(bare_sources, "2024")
    update(tmp_path, edition, bare_sources.data.texts, JA)
    # An update at another minute: the dates of the file are those of another day.
    old = catalogue.read_bytes().replace(b"2026-", b"2020-").replace(b"2025-", b"2020-")
    catalogue.write_bytes(old)
    update(tmp_path, edition, bare_sources.data.texts, JA)
    assert catalogue.read_bytes() == old


def test_updating_the_catalogues_of_the_checkout_changes_no_byte(sources: Sources, tmp_path: Path) -> None:
    from minato_viewer.language.tags import LANGUAGES
    from minato_viewer.paths import CATALOGUES

    for edition in sources.data.editions:
        for spoken in LANGUAGES:
            path, again = (catalogue_path(folder, spoken, edition.code) for folder in (CATALOGUES, tmp_path))
            assert path.exists() == (spoken.tag != edition.language)
            if path.exists():
                again.parent.mkdir(parents=True, exist_ok=True)
                again.write_bytes(path.read_bytes())
                update(tmp_path, edition, sources.data.texts, spoken)
                assert again.read_bytes() == path.read_bytes(), f"{path}: run minato-plan export"


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ('msgid "a"\nmsgstr "b\n', 2),
        ('msgid ""\nmsgstr ""\n\nnonsense here\n', 4),
        ('msgid "a"\nmsgstr "b " c"\n', 2),
        ('msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=many; plural=n;\\n"\n', 1),
        ('msgid ""\nmsgstr ""\n"POT-Creation-Date: yesterday\\n"\n', 1),
    ],
)
def test_a_broken_catalogue_is_a_fault_with_file_and_line(tmp_path: Path, broken: str, line: int) -> None:
    path = catalogue_path(tmp_path, JA, "2024")
    path.parent.mkdir(parents=True)
    path.write_text(broken, "utf-8")
    with pytest.raises(SourceFault, match=rf"plan-2024\.po, line {line}:") as caught:
        load(SOURCES, tmp_path)
    assert caught.value.exit_code == ExitCode.FINDINGS


@pytest.mark.parametrize(
    "content",
    [
        'msgid "港区"\nmsgstr "港"\n'.encode("cp932"),
        b"\xff\xfe\x00m",
    ],
)
def test_a_catalogue_that_is_no_catalogue_is_a_fault_that_names_it(tmp_path: Path, content: bytes) -> None:
    path = catalogue_path(tmp_path, JA, "2024")
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(SourceFault, match=r"plan-2024\.po"):
        load(SOURCES, tmp_path)


def test_filling_a_context_that_does_not_exist_is_noticed(bare_sources: Sources, catalogue: Path) -> None:
    with pytest.raises(AssertionError, match="not in"):
        fill(catalogue, JA, {"2024/none#title": "x"})


def test_english_has_the_apostrophes_of_books(sources: Sources) -> None:
    english = [row.text for row in sources.data.texts if row.lang == "en"]
    assert sum("’" in text for text in english) > 50
    assert [text for text in english if "'" in text] == []
