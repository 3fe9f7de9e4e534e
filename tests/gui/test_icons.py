"""Icons: each that is named is there and can be seen in every theme; without its file a button shows its sign."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QToolButton

from minato_viewer.paths import RESOURCES
from minato_viewer.services import icons, theme
from minato_viewer.services.settings import TEXT_SIZES
from tests.gui.conftest import OpenDesk
from tests.gui.desk import Desk
from tests.gui.test_appearance import THEMES
from tests.gui.test_fonts import picture, resources

FOLDER = RESOURCES / "icons"
DRAWN = sorted(path.stem for path in FOLDER.glob("*.svg"))


def drawn_in(image: QImage, colour: str) -> bool:
    """Whether something is drawn, and all of it in one colour, as exactly as half transparent edges keep it."""
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    pixels = [pixel for place in places if (pixel := image.pixelColor(*place)).alpha() > 128]
    wanted = QColor(colour).getRgb()[:3]
    return len(pixels) > image.width() and all(
        abs(is_ - should) <= 2 for pixel in pixels for is_, should in zip(pixel.getRgb()[:3], wanted, strict=True)
    )


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("icon", DRAWN)
def test_an_icon_is_drawn_in_the_colour_of_the_theme_and_sharp_on_every_screen(icon: str, name: str, qapp) -> None:
    del qapp  # without an application there are no pictures
    for text_size in (TEXT_SIZES[0], TEXT_SIZES[-1]):
        looks = theme.load(name, text_size)
        for ratio in (1.0, 1.5, 2.0):
            for colour in ("ink", "disabled"):
                made = icons.pixmap(icon, looks, colour, ratio)
                side = round(looks.sizes["icon"] * ratio)
                assert made.size() == QSize(side, side)
                assert made.devicePixelRatio() == ratio
                assert drawn_in(made.toImage(), looks.colours[colour])


def buttons(desk: Desk) -> list[QToolButton]:
    """Return the buttons that show a sign or an icon, those of the find bar among them."""
    desk.window.pane.open_find()
    return [button for button in desk.window.findChildren(QToolButton) if button.isVisible()]


def test_every_icon_that_the_window_asks_for_is_there(open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, QPixmap] = {}
    pixmap = icons.pixmap

    def recorded(name: str, *looks) -> QPixmap:
        asked[name] = pixmap(name, *looks)
        return asked[name]

    monkeypatch.setattr(icons, "pixmap", recorded)
    desk = open_desk("ja")
    with_icons = [button for button in buttons(desk) if not button.icon().isNull()]
    assert len(with_icons) >= 6, "back, forward, menu, two ways through the hits, and close"
    assert len(asked) >= 5
    assert [name for name, made in asked.items() if made.isNull()] == []
    assert set(asked) <= set(DRAWN)


@pytest.mark.parametrize("name", THEMES)
def test_icons_follow_the_theme(name: str, open_desk: OpenDesk) -> None:
    desk = open_desk("ja")
    found = buttons(desk)
    desk.appearance.choose(name)
    ink, off = (desk.appearance.theme.colours[colour] for colour in ("ink", "disabled"))
    drawn = [button.icon() for button in found if not button.icon().isNull()]
    assert len(drawn) >= 6
    assert all(drawn_in(icon.pixmap(20, 20).toImage(), ink) for icon in drawn)
    assert all(drawn_in(icon.pixmap(QSize(20, 20), QIcon.Mode.Disabled).toImage(), off) for icon in drawn)


def lacking(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def no_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe<svg\x80")


def no_picture(path: Path) -> None:
    path.write_text("<html>currentColor</html>", encoding="utf-8")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


SPOILT = (lacking, empty, no_text, no_picture, a_folder)


@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__)
def test_without_its_icon_a_button_shows_its_sign(
    spoil: Callable[[Path], None],
    open_desk: OpenDesk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtlog,
    *,
    request: pytest.FixtureRequest,
) -> None:
    shutil.copytree(FOLDER, tmp_path / "icons")
    for path in (tmp_path / "icons").glob("*.svg"):
        spoil(path)
    monkeypatch.setattr(icons, "_FOLDER", tmp_path / "icons")
    icons._drawn.cache_clear()
    request.addfinalizer(icons._drawn.cache_clear)
    with qtlog.disabled():  # Qt says on stderr what is wrong with a picture
        desk = open_desk("ja")
        found = [button for button in buttons(desk) if button.text() != "ふりがな"]  # which has words and no icon
    assert len(found) >= 8
    assert all(button.icon().isNull() for button in found)
    signs = [button.text() or button.defaultAction().iconText() for button in found]
    assert set("‹›≡∧∨×") <= set("".join(signs))
    assert all(0 < len(sign) <= 2 for sign in signs), signs
    assert all(button.accessibleName() and button.accessibleName() != button.text() for button in found)


SHEETS = ("window.qss", "page.css", "light.toml")


@pytest.mark.parametrize("spoil", [lacking, no_text], ids=lambda spoil: spoil.__name__)
def test_the_program_starts_without_icons_and_sheets(
    spoil: Callable[[Path], None], plan_path: Path, tmp_path: Path
) -> None:
    folder = resources(tmp_path)
    for path in (*(folder / "icons").glob("*.svg"), *(folder / "themes" / name for name in SHEETS)):
        spoil(path)
    ended, image = picture(folder, plan_path, "ja")
    assert ended.code == 0
    assert "Traceback" not in ended.err
    assert (image.width(), image.height()) == (1280, 800)
