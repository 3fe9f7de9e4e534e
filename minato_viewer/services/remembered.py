"""What is remembered from one start to the next: where the window was, the last entry, and how it was shown.

Nothing else of what a reader did is kept. The file is a convenience: whatever is wrong with it, the program starts.
"""

import contextlib
import os
import re
from pathlib import Path
from typing import Any, NamedTuple, cast

from minato_viewer.services.settings import FURIGANA, TEXT_SIZES, THEMES

STATE_FILE = "state.json"
LARGEST_FILE = 16 * 1024
"""Bytes; a larger file is none of ours."""
LONGEST_CODE = 200
FARTHEST = 100_000
"""Pixels: no screen lies farther from another one, and no window is larger."""

_CODE = r"[a-z0-9]+(?:[/-][a-z0-9]+)*"


class Remembered(NamedTuple):
    """What is remembered; the default of a field says that nothing is, and what else decides is to decide."""

    geometry: tuple[int, int, int, int] | None = None
    """Left, top, width and height of the window where it is not maximised, in logical pixels."""
    maximised: bool = False
    splitter: tuple[int, int] | None = None
    """Widths of contents and page in logical pixels."""
    code: str = ""
    """The entry that was shown last. It has the form of a code, but the plan may have no such entry any more."""
    theme: str = ""
    """One of the settings' THEMES."""
    text_size: int = 0
    """One of the settings' TEXT_SIZES, per cent."""
    furigana: str | bool | None = None
    """One of the settings' FURIGANA."""


def load(folder: Path) -> Remembered:
    """Return what `folder` remembers; what is missing, damaged or out of range has its default, field by field."""
    found = _read(folder / STATE_FILE)
    nothing = Remembered()
    return Remembered(
        geometry=_geometry(found.get("geometry")),
        maximised=found.get("maximised") is True,
        splitter=_splitter(found.get("splitter")),
        code=_code(found.get("code")) or nothing.code,
        theme=_one_of(THEMES, found.get("theme")) or nothing.theme,
        text_size=_one_of(TEXT_SIZES, found.get("text_size")) or nothing.text_size,
        furigana=_one_of(FURIGANA, found.get("furigana")),
    )


def save(folder: Path, remembered: Remembered) -> bool:
    """Write `remembered` into `folder`, which is made where it is missing; return whether that was possible.

    A reader of the file sees the old or the new state and never half of one. Where it cannot be written, the old
    one stays and nothing is left lying about.
    """
    import json  # noqa: PLC0415 - not needed for the first page

    temporary = folder / f"{STATE_FILE}.{os.getpid()}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(json.dumps(remembered._asdict(), indent=1).encode())
        os.replace(temporary, folder / STATE_FILE)  # noqa: PTH105 - the one call that replaces on every system
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            temporary.unlink(missing_ok=True)
        return False
    return True


def can_save(folder: Path) -> bool:
    """Try whether anything can be written into `folder`, and leave nothing there."""
    trial = folder / f"{STATE_FILE}.{os.getpid()}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial.touch()
        trial.unlink()
    except OSError:
        return False
    return True


def _read(path: Path) -> dict[str, Any]:
    """Return the object in a file, an empty one for whatever else there may be."""
    try:
        # Anything but a file might keep the program waiting.
        if not path.is_file():
            return {}
        import json  # noqa: PLC0415 - what a first start does without

        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
        found = json.loads(content) if len(content) <= LARGEST_FILE else None
    except (OSError, ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _pixels(value: Any, count: int, least: int) -> tuple[int, ...] | None:
    """Return `value` where it is a list of so many whole numbers from `least` on."""
    listed = cast("list[Any]", value) if isinstance(value, list) else []
    # The type itself, because true is a number, too.
    fits = len(listed) == count and all(type(number) is int and least <= number <= FARTHEST for number in listed)
    return tuple(listed) if fits else None


def _geometry(value: Any) -> tuple[int, int, int, int] | None:
    numbers = _pixels(value, 4, -FARTHEST)
    if numbers is None or min(numbers[2:]) < 1:
        return None
    left, top, width, height = numbers
    return left, top, width, height


def _splitter(value: Any) -> tuple[int, int] | None:
    numbers = _pixels(value, 2, 0)
    if numbers is None or not any(numbers):
        return None
    contents, page = numbers
    return contents, page


def _code(value: Any) -> str | None:
    return value if isinstance(value, str) and len(value) <= LONGEST_CODE and re.fullmatch(_CODE, value) else None


def _one_of(choices: tuple[Any, ...], value: Any) -> Any:
    # The type too, because 100.0 equals 100.
    return next((choice for choice in choices if type(value) is type(choice) and value == choice), None)
