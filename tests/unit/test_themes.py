"""Every theme is complete and can be read: the contrast of every pair of colours that meet on the screen."""

import re
import tomllib

import pytest

from minato_viewer.paths import RESOURCES
from minato_viewer.services.theme import load

FOLDER = RESOURCES / "themes"
THEMES = ["light", "dark", "contrast"]

# (what is written, what it is written on): 4.5:1, in the theme of high contrast 7:1.
TEXTS = [
    *((ink, ground) for ink in ("ink", "secondary", "link") for ground in ("paper", "ground", "navigator")),
    ("ink", "act_ground"),
    ("act", "act_ground"),
    ("on_act", "act"),
    ("own", "own_ground"),
    ("reference", "reference_ground"),
    ("reference", "ground"),
    ("reference", "paper"),
    ("secondary", "act_ground"),
    ("over", "over_ground"),
    ("link", "over_ground"),
    ("link", "own_ground"),
    ("link", "reference_ground"),
    ("link", "act_ground"),
    *((ink, "point_ground") for ink in ("ink", "secondary", "link", "reference")),
    ("hit_ink", "hit_ground"),
    ("hit_now_ink", "hit_now_ground"),
]
# Outlines, marks and bars: 3:1.
SHAPES = [
    *((shape, ground) for shape in ("border", "act", "act_hover") for ground in ("paper", "navigator", "ground")),
    *((f"field_{number}", ground) for number in (1, 2, 3, 4) for ground in ("paper", "navigator")),
    *(("focus", ground) for ground in ("paper", "ground", "navigator", "act_ground")),
    ("focus", "focus_ring"),
    ("focus_ring", "act"),
    ("disabled", "paper"),
]
# Lines that only part one thing from the next and say nothing: any contrast.
ORNAMENTS = {"line", "point_edge"}


def colours(theme: str) -> dict[str, str]:
    return tomllib.loads((FOLDER / f"{theme}.toml").read_text(encoding="utf-8"))["colours"]


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_file_is_read_as_the_toml_that_it_is(name: str) -> None:
    tables = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    light = tomllib.loads((FOLDER / "light.toml").read_text(encoding="utf-8"))
    loaded = load(name)
    assert loaded.colours == light["colours"] | tables["colours"]
    assert (loaded.sizes, loaded.lengths) == (light["sizes"], light["lengths"])


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#927200", "#f2f2f2") == pytest.approx(4.05, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXTS, ids=lambda name: name)
def test_a_text_can_be_read(theme: str, ink: str, ground: str) -> None:
    named = colours(theme)
    least = 7 if theme == "contrast" else 4.5
    assert contrast(named[ink], named[ground]) >= least


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES, ids=lambda name: name)
def test_a_shape_can_be_seen(theme: str, shape: str, ground: str) -> None:
    named = colours(theme)
    assert contrast(named[shape], named[ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_names_every_colour_and_every_colour_is_judged(theme: str) -> None:
    judged = {name for pair in TEXTS + SHAPES for name in pair} | ORNAMENTS
    assert set(colours(theme)) == judged


def test_the_sheets_name_only_what_the_theme_has() -> None:
    light = tomllib.loads((FOLDER / "light.toml").read_text(encoding="utf-8"))
    known = {*light["colours"], *light["sizes"], *light["lengths"]}
    for sheet in ("window.qss", "page.css"):
        named = set(re.findall(r"\$\{?([a-z_0-9]+)", (FOLDER / sheet).read_text(encoding="utf-8")))
        assert named <= known
