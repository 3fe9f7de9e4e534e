"""Every language in its own character shapes, on any machine: what the fonts hold, which is used, what happens without.

The shapes are looked at in processes of their own, because a font that one test has loaded is there for the next.
"""

import json
import os
import shutil
import sqlite3
import unicodedata
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage, QTextLayout
from PySide6.QtWidgets import QApplication

from minato_viewer.language.tags import LANGUAGES, OWN_NAMES, TAGS
from minato_viewer.pages.blocks import Paragraph
from minato_viewer.pages.board import LANGUAGES as OWN
from minato_viewer.paths import CATALOGUES, RESOURCES
from minato_viewer.services import fonts
from minato_viewer.viewmodel.page_document import PageDocument
from tests.gui.conftest import OpenDesk
from tests.gui.sitting import Home
from tests.gui.starting import Ended, python

FOLDER = RESOURCES / "fonts"
TELLING = "骨直今角海空令"
"""Characters that Japan, mainland China and Korea write in different shapes."""
STEMS = {
    "ja": ("minato-ja",),
    "ja-x-easy": ("minato-ja",),
    "en": ("minato-en", "minato-ja"),
    "zh-Hans": ("minato-zh",),
    "ko": ("minato-ko",),
}
FAMILIES = {"minato-ja": "Minato JA", "minato-zh": "Minato ZH", "minato-ko": "Minato KO", "minato-en": "Minato EN"}
QUOTED = dict.fromkeys(("ja", "ja-x-easy"), "坛论")
"""In a Chinese name that a note quotes; BIZ UDPGothic has no such characters."""
LOCALES = ("C", "ja_JP.UTF-8", "zh_CN.UTF-8", "ko_KR.UTF-8")
NO_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>\n'
HERE = __name__


# -- shapes --------------------------------------------------------------------------------------

SHAPES = """
import hashlib, json, sys
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QImage, QPainter, QTextLayout
from minato_viewer.services import fonts

application = QGuiApplication([])
characters, wanted, alone = sys.argv[1], sys.argv[2].split(), sys.argv[3:]
found = {}
for tag in wanted:
    if alone:  # a family that nothing but its own file has made
        loaded = [QFontDatabase.addApplicationFont(path) for path in alone]
        font = QFont(QFontDatabase.applicationFontFamilies(loaded[0]))
        font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    else:
        font = fonts.font(tag)
    font.setPixelSize(64)
    for character in characters:
        image = QImage(96, 96, QImage.Format.Format_Grayscale8)
        image.fill(255)
        painter = QPainter(image)
        painter.setFont(font)
        painter.drawText(QPointF(8, 76), character)
        painter.end()
        layout = QTextLayout(character, font)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        families = [run.rawFont().familyName() for run in layout.glyphRuns()]
        pixels = bytes(image.constBits())
        assert min(pixels) < 128, character
        found[f"{tag} {character}"] = [hashlib.sha256(pixels).hexdigest(), families]
print(json.dumps(found))
"""


def shapes(tags: str = " ".join(TAGS), *files: Path, **variables: str) -> dict[str, tuple[str, list[str]]]:
    """Return, for "LANGUAGE CHARACTER", a hash of the pixels and the families that drew it; in this order of tags."""
    plain = {"LC_ALL": "", "LANG": "", "LANGUAGE": ""}
    ended = python("-c", SHAPES, TELLING, tags, *files, **{**plain, **variables})
    assert ended.code == 0, ended.err
    return {key: (value[0], value[1]) for key, value in json.loads(ended.out).items()}


@pytest.fixture(scope="module")
def no_system_fonts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A machine without any font of its own."""
    file = tmp_path_factory.mktemp("fontconfig") / "fonts.conf"
    file.write_text(NO_FONTS, encoding="utf-8")
    return {"FONTCONFIG_FILE": str(file), "FONTCONFIG_PATH": str(file.parent)}


@pytest.fixture(scope="module")
def side_by_side() -> dict[str, tuple[str, list[str]]]:
    """All languages in one process, as two panes show them."""
    return shapes(LC_ALL="C")


@pytest.mark.parametrize(("tag", "stem"), [("ja", "minato-ja"), ("zh-Hans", "minato-zh"), ("ko", "minato-ko")])
def test_a_language_side_by_side_with_others_has_the_shapes_of_its_font_alone(
    tag: str, stem: str, side_by_side: dict[str, tuple[str, list[str]]]
) -> None:
    alone = shapes(tag, FOLDER / f"{stem}-400.ttf", FOLDER / f"{stem}-700.ttf", LC_ALL="C")
    assert len(alone) == len(TELLING)
    for key, (shape, families) in alone.items():
        assert side_by_side[key] == (shape, [FAMILIES[stem]]) == (shape, families), key


def test_japanese_chinese_and_korean_differ_where_their_regions_do(
    side_by_side: dict[str, tuple[str, list[str]]],
) -> None:
    def different(one: str, other: str) -> str:
        return "".join(c for c in TELLING if side_by_side[f"{one} {c}"][0] != side_by_side[f"{other} {c}"][0])

    assert set("骨直角海令") <= set(different("ja", "zh-Hans"))
    # One type designer's, so that a difference is one of the region and not of the typeface.
    assert set("骨直角海令") <= set(different("zh-Hans", "ko"))
    assert set("骨直角海令") <= set(different("ja", "ko"))
    assert different("ja", "ja-x-easy") == different("ja", "en") == ""


@pytest.mark.parametrize("locale", LOCALES)
def test_the_locale_of_the_process_changes_no_shape(
    locale: str, side_by_side: dict[str, tuple[str, list[str]]]
) -> None:
    assert shapes(LC_ALL=locale, LANGUAGE=locale.partition(".")[0]) == side_by_side


@pytest.mark.parametrize("locale", LOCALES)
def test_a_machine_without_fonts_shows_the_same_shapes(
    locale: str, side_by_side: dict[str, tuple[str, list[str]]], no_system_fonts: dict[str, str]
) -> None:
    assert shapes(LC_ALL=locale, **no_system_fonts) == side_by_side


def test_the_order_in_which_languages_are_shown_changes_no_shape(
    side_by_side: dict[str, tuple[str, list[str]]],
) -> None:
    assert shapes(" ".join(reversed(TAGS))) == side_by_side


def families_of(document: PageDocument, words: str) -> set[str]:
    """Return the families in which the page sets `words`."""
    found = document.find(words)
    assert found.hasSelection(), words
    # Laid out anew in the page's font, because a document lets go of the glyphs of its own layout.
    layout = QTextLayout(words, found.charFormat().font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return {run.rawFont().familyName() for run in layout.glyphRuns()}


@pytest.mark.parametrize(("code", "own"), [("2024/issue/2", "Minato ZH"), ("2021/issue/2", "Minato JA")])
def test_a_page_sets_each_text_in_the_font_of_its_own_language(code: str, own: str, open_desk: OpenDesk) -> None:
    desk = open_desk("en")
    desk.window.open_entry(code)
    desk.action("own_words").trigger()
    QCoreApplication.processEvents()
    page = desk.window.pane.page
    texts = [block.words for block in page.blocks if isinstance(block, Paragraph)]
    edition = desk.plan.editions[code.partition("/")[0]]
    assert any(words.lang == edition.language for words in texts)
    for words in texts:
        expected = own if words.lang == edition.language else "Minato EN"
        assert expected in families_of(desk.view.document(), words.text) <= {expected, "Minato JA"}, words
    assert "Minato EN" in families_of(desk.view.document(), page.blocks[-1].lines[-1])


# -- what the fonts hold -------------------------------------------------------------------------


@cache
def held(name: str) -> frozenset[int]:
    """Return the code points that a font file has a glyph for; read without Qt, whose fonts need an application."""
    with TTFont(FOLDER / f"{name}.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


def national(codec: str) -> str:
    """Return the characters of a 94 x 94 national set in its EUC form."""
    row = range(0xA1, 0xFF)
    return "".join(bytes((first, second)).decode(codec, "ignore") for first in row for second in row)


def missing(characters: str, *names: str) -> str:
    """Return those that none of the files holds; what has no shape needs none."""
    wanted = (c for c in sorted(set(characters)) if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf"))
    return "".join(c for c in wanted if not any(ord(c) in held(name) for name in names))


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize(
    ("stem", "codec", "size", "lacking"),
    [("minato-ja", "euc_jp", 6879, 0), ("minato-zh", "gb2312", 7445, 0), ("minato-ko", "euc_kr", 8225, 33)],
)
def test_a_font_holds_the_whole_national_set(stem: str, codec: str, size: int, lacking: int, weight: int) -> None:
    wanted = national(codec)
    assert len(wanted) == size
    lacks = missing(wanted, f"{stem}-{weight}")
    assert len(lacks) == lacking, lacks
    # The README names how many: signs alone, no letters.
    assert not [
        c for c in lacks if unicodedata.category(c).startswith("L") and unicodedata.name(c)[:3] in ("HAN", "CJK")
    ]
    assert all(unicodedata.category(c)[0] in "SPLN" for c in lacks)


def test_the_readme_says_how_many_signs_the_korean_font_lacks() -> None:
    lacks = missing(national("euc_kr"), "minato-ko-400")
    assert f"but for {len(lacks)} signs the face lacks" in (FOLDER / "README.md").read_text("utf-8")


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("tag", TAGS)
def test_every_text_of_the_plan_can_be_shown_in_its_language(tag: str, weight: int, plan_path: Path) -> None:
    with closing(sqlite3.connect(plan_path)) as connection:
        rows = connection.execute("SELECT text FROM entry_text WHERE lang = ?", (tag,)).fetchall()
        rows += connection.execute("SELECT text FROM reading WHERE lang = ?", (tag,)).fetchall()
    assert len(rows) > 100
    lacks = missing("".join(text for (text,) in rows), *(f"{stem}-{weight}" for stem in STEMS[tag]))
    assert set(lacks) <= set(QUOTED.get(tag, ""))


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_every_sentence_of_a_catalogue_can_be_shown_in_its_language(language, weight: int) -> None:
    texts: list[str] = []
    for path in sorted((CATALOGUES / language.folder / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for row in read_po(file, locale=language.folder):
                if row.id:
                    texts += [row.string] if isinstance(row.string, str) else row.string
                    if path.stem == "viewer" and language.tag == "en":
                        texts += [row.id] if isinstance(row.id, str) else row.id
    assert len(texts) > 200
    lacks = missing("".join(texts), *(f"{stem}-{weight}" for stem in STEMS[language.tag]))
    assert set(lacks) <= set(QUOTED.get(language.tag, ""))


def test_the_small_font_holds_the_languages_own_names() -> None:
    assert missing("".join(language.name for language in LANGUAGES), "minato-names-400") == ""
    assert (FOLDER / "minato-names-400.ttf").stat().st_size < 16_000


FURTHER = tuple(f"minato-names-{script}-400" for script in ("devanagari", "thai", "latin"))


def test_tiny_fonts_hold_the_own_names_of_further_languages() -> None:
    assert missing("".join(own.name for own in OWN), *FURTHER, "minato-names-400") == ""
    assert sum((FOLDER / f"{name}.ttf").stat().st_size for name in FURTHER) < 20_000


DRAWN = """
import json, sys
from PySide6.QtGui import QGuiApplication, QTextLayout
application = QGuiApplication([])
from minato_viewer.services import fonts
found = {}
for name in sys.argv[1:]:
    font = fonts.font("mul")
    font.setPixelSize(28)
    layout = QTextLayout(name, font)
    layout.beginLayout()
    layout.createLine().setLineWidth(9999)
    layout.endLayout()
    runs = layout.glyphRuns()
    found[name] = [[run.rawFont().familyName(), run.glyphIndexes()] for run in runs]
print(json.dumps(found))
"""


def test_every_own_name_is_drawn_by_the_fonts_of_names_on_a_machine_without_fonts(
    no_system_fonts: dict[str, str], dressed: QApplication
) -> None:
    ended = python("-c", DRAWN, *(own.name for own in OWN), **no_system_fonts)
    assert (ended.code, ended.err) == (0, "")
    found = json.loads(ended.out)
    drawn = {name: {family for family, _ in runs} for name, runs in found.items()}
    assert {family for families in drawn.values() for family in families} == set(fonts.families(OWN_NAMES))
    assert [name for name, runs in found.items() if not all(all(glyphs) for _, glyphs in runs)] == [], "boxes"
    # The vowel sign of हि stands before its letter, and न् of न्दी is half a letter: five glyphs of six characters.
    (hindi,) = (glyphs for _, glyphs in found["हिन्दी"])
    with TTFont(FOLDER / "minato-names-devanagari-400.ttf") as font:
        order, plain = font.getGlyphOrder(), font.getBestCmap()
    assert len(hindi) == 5
    assert order[hindi[1]] == plain[ord("ह")]
    assert order[hindi[2]] not in plain.values(), "joined"


def test_each_language_uses_the_files_that_these_tests_look_at(dressed: QApplication) -> None:
    for tag, stems in STEMS.items():
        assert fonts.families(tag) == [FAMILIES[stem] for stem in stems]
    assert fonts.names_family() == "Minato Names"
    named = [f"Minato Names {script}" for script in ("Devanagari", "Thai", "Latin")]
    assert fonts.families(OWN_NAMES) == [*named, "Minato Names"]


# -- when they are loaded ------------------------------------------------------------------------

RECORDING = """
import sys
from PySide6.QtGui import QFontDatabase
from minato_viewer.services import fonts
from tests.gui import sitting

class Recorder:
    loaded = []

    @staticmethod
    def addApplicationFont(path):
        Recorder.loaded.append(path)
        return QFontDatabase.addApplicationFont(path)

    applicationFontFamilies = QFontDatabase.applicationFontFamilies

fonts.QFontDatabase = Recorder
sys.exit(sitting.main())
"""


def go_through_the_languages(window):
    """Return the font files that were loaded for the first page, and by each further step."""
    loaded = fonts.QFontDatabase.loaded
    steps = {"start": sorted(loaded)}

    def new(step: str) -> bool:
        steps[step] = sorted(loaded[sum(map(len, steps.values())) :])
        return True

    yield lambda: True
    assert new("nothing")
    for name in ("language-ja-x-easy", "language-ko", "language-ja", "language-en"):
        window.actions_by_id[name].trigger()
        yield lambda: True
        assert new(name)
    window.open_entry("2024/issue/2")
    yield lambda: True
    assert new("2024")
    window.actions_by_id["own_words"].trigger()
    yield lambda: True
    assert new("the city's own words")
    window.actions_by_id["language-zh-Hans"].trigger()
    window.actions_by_id["language-ko"].trigger()
    yield lambda: True
    assert new("everything again")
    window.actions_by_id["board"].trigger()
    yield lambda: True
    assert new("the board")
    return {step: [Path(path).stem for path in paths] for step, paths in steps.items()}


def test_a_font_is_loaded_once_and_when_its_language_is_first_shown(tmp_path: Path, plan_path: Path) -> None:
    home = Home(tmp_path, plan_path)
    deed = f"{HERE}:go_through_the_languages"
    arguments = ("--plan", plan_path, "--lang", "ja", "--open", "2021/issue/2")
    ended = python("-c", RECORDING, deed, *arguments, **home.variables)
    assert ended.code == 0, ended.err
    steps = json.loads(ended.out.splitlines()[-1])["result"]
    assert steps == {
        "start": ["minato-ja-400", "minato-ja-700", "minato-names-400"],
        "nothing": [],
        "language-ja-x-easy": [],
        "language-ko": ["minato-ko-400", "minato-ko-700"],
        "language-ja": [],
        "language-en": ["minato-en-400", "minato-en-700"],
        "2024": [],
        "the city's own words": ["minato-zh-400", "minato-zh-700"],
        "everything again": [],
        "the board": sorted(FURTHER),
    }


# -- when they are not there ---------------------------------------------------------------------

WITHOUT = """
import sys
from pathlib import Path
from minato_viewer import paths
paths.RESOURCES = Path(sys.argv.pop(1))
from minato_viewer.__main__ import viewer
sys.exit(viewer())
"""


def resources(folder: Path) -> Path:
    """Return resources of the program's own, to be spoilt."""
    shutil.copytree(RESOURCES, folder / "resources", ignore=shutil.ignore_patterns("*.md", "*.py", "*.txt"))
    return folder / "resources"


def picture(folder: Path, plan: Path, tag: str, **variables: str) -> tuple[Ended, QImage]:
    """Return a picture of a window that has the resources in `folder`."""
    target = folder.parent / "page.png"
    asked = ("--plan", plan, "--lang", tag, "--open", "2021/issue/2", "--theme", "light", "--screenshot", target)
    ended = python("-c", WITHOUT, folder, *asked, XDG_STATE_HOME=str(folder), XDG_CONFIG_HOME=str(folder), **variables)
    return ended, QImage(str(target))


def ink(image: QImage) -> int:
    """Return how many pixels of page and contents are dark."""
    return sum(image.pixelColor(x, y).lightness() < 90 for x in range(10, image.width(), 2) for y in range(180, 700, 2))


def missing_file(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(b"\x00\x01\x00\x00\xff\xff" + os.urandom(5000))


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 9 // 10])


def cut_in_the_head(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


SPOILT = (missing_file, empty, garbage, cut_short, cut_in_the_head, a_folder)


@pytest.fixture(scope="module")
def usual_ink(plan_path: Path, tmp_path_factory: pytest.TempPathFactory, no_system_fonts: dict[str, str]) -> int:
    """How many pixels are dark where no font is spoilt."""
    whole, image = picture(resources(tmp_path_factory.mktemp("whole")), plan_path, "ja", **no_system_fonts)
    assert (whole.code, whole.sentences) == (0, [])
    assert ink(image) > 1500
    return ink(image)


Spoiling = tuple[Callable[[Path], None], tuple[str, ...]]
"""What is done to a file of the Japanese font, and the weights that it is done to."""


@pytest.mark.parametrize(
    "spoil_weights",
    [(missing_file, ("400",)), (missing_file, ("700",)), *((spoil, ("400", "700")) for spoil in SPOILT)],
    ids=lambda spoiling: f"{spoiling[0].__name__}-{'+'.join(spoiling[1])}",
)
def test_without_a_font_file_the_program_starts_and_shows_text(
    spoil_weights: Spoiling, usual_ink: int, plan_path: Path, tmp_path: Path, no_system_fonts: dict[str, str]
) -> None:
    folder = resources(tmp_path)
    spoil, weights = spoil_weights
    for weight in weights:
        spoil(folder / "fonts" / f"minato-ja-{weight}.ttf")
    ended, image = picture(folder, plan_path, "ja", **no_system_fonts)
    assert ended.code == 0
    assert "Traceback" not in ended.err
    assert 0.5 * usual_ink < ink(image) < 2.5 * usual_ink


def test_what_stands_in_for_japanese_is_read_and_is_no_row_of_boxes(
    plan_path: Path, tmp_path: Path, no_system_fonts: dict[str, str]
) -> None:
    folder = resources(tmp_path)
    for weight in ("400", "700"):
        (folder / "fonts" / f"minato-ja-{weight}.ttf").unlink()
    code = (
        "import sys\nfrom pathlib import Path\nfrom minato_viewer import paths\npaths.RESOURCES = Path(sys.argv[1])\n"
        "from PySide6.QtGui import QGuiApplication, QTextLayout\napplication = QGuiApplication([])\n"
        "from minato_viewer.services import fonts\nlayout = QTextLayout(sys.argv[2], fonts.font('ja'))\n"
        "layout.beginLayout()\nlayout.createLine().setLineWidth(9999)\nlayout.endLayout()\n"
        "print([run.rawFont().familyName() for run in layout.glyphRuns() if all(run.glyphIndexes())])"
    )
    ended = python("-c", code, folder, "港区の基本は、ひとです", **no_system_fonts)
    assert (ended.code, ended.out.strip()) == (0, "['Minato ZH']"), ended.err


@pytest.mark.parametrize("tag", ["ja", "ko"])
def test_without_any_font_file_the_program_starts(
    tag: str, plan_path: Path, tmp_path: Path, no_system_fonts: dict[str, str]
) -> None:
    folder = resources(tmp_path)
    shutil.rmtree(folder / "fonts")
    for variables in ({}, no_system_fonts):
        ended, image = picture(folder, plan_path, tag, **variables)
        assert ended.code == 0
        assert "Traceback" not in ended.err
        assert (image.width(), image.height()) == (1280, 800)


def test_a_sound_font_is_a_whole_one() -> None:
    """What tells a file that was cut short must never turn away a sound one."""
    names = [path.name for path in FOLDER.glob("*.ttf")]
    assert len(names) == 12
    assert all(fonts._is_whole(FOLDER / name) for name in names)
