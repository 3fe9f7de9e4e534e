"""The theme: named colours and sizes from resources/themes, poured into the style sheets of window and page."""

import tomllib
from functools import cache
from pathlib import Path
from string import Template
from typing import NamedTuple

from minato_viewer.pages.richtext import css
from minato_viewer.paths import RESOURCES
from minato_viewer.services import fonts


class Theme(NamedTuple):
    """Colours (`#rrggbb`) and sizes (pixels) by name."""

    colours: dict[str, str]
    sizes: dict[str, int]

    def window_sheet(self) -> str:
        """Return the style sheet of the widgets."""
        return self._filled("window.qss")

    def page_sheet(self, tags: frozenset[str]) -> str:
        """Return the style sheet of a page that holds texts in the languages `tags`."""
        families = {tag: ", ".join(f"'{family}'" for family in fonts.families(tag)) for tag in sorted(tags)}
        return self._filled("page.css") + "".join(
            f".{css(tag)} {{ font-family: {names}; }}\n" for tag, names in families.items()
        )

    def _filled(self, name: str) -> str:
        return _template(name).substitute(self.colours, **{key: str(value) for key, value in self.sizes.items()})


_FOLDER = RESOURCES / "themes"


@cache
def _template(name: str) -> Template:
    return Template((_FOLDER / name).read_text(encoding="utf-8"))


def load(name: str = "light", folder: Path = _FOLDER) -> Theme:
    """Read a theme."""
    tables = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    return Theme(tables["colours"], tables["sizes"])
