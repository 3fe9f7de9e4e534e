"""Where updates are looked for: on sticks and in the folder that the settings name; and which of them is the newest.

Everything here may have to wait for a drive, so it is done in a `Job`.
"""

import os
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QStorageInfo

from minato_viewer.planfile.pack import Manifest, Pack, PackFault, Trust

_MOST = 50
"""Files of one folder: a folder with more of them is none that anybody puts updates into."""
_REMOVABLE = ("/media/", "/run/media/", "/mnt/")
"""Below these a Linux shows what was plugged in."""


class Offer(NamedTuple):
    """An update that may be taken in, and what it says of itself."""

    path: Path
    manifest: Manifest


class Search(NamedTuple):
    """What a search has found."""

    best: Offer | None
    """The update with the largest serial of those that this program trusts."""
    refused: tuple[PackFault, ...]
    """Why others were passed over."""


def sticks() -> list[Path]:
    """Return the folders of the drives that were plugged in."""
    system = Path(os.environ.get("SYSTEMDRIVE", "C:") + "\\")
    found: list[Path] = []
    for volume in QStorageInfo.mountedVolumes():
        root = Path(volume.rootPath())
        plugged = root != system if sys.platform == "win32" else f"{root}/".startswith(_REMOVABLE)
        if plugged and volume.isReady():
            found.append(root)
    return found


def newest(folders: Iterable[Path], trust: Trust) -> Search:
    """Return the newest update in `folders` themselves, not in what is below them."""
    offers: list[Offer] = []
    refused: list[PackFault] = []
    for path in (path for folder in folders for path in _packs(folder)):
        try:
            offers.append(Offer(path, Pack(path, trust).manifest))
        except PackFault as fault:
            refused.append(fault)
    return Search(max(offers, key=lambda offer: offer.manifest.serial, default=None), tuple(refused))


def _packs(folder: Path) -> list[Path]:
    try:
        return sorted(islice(folder.glob("*.pack"), _MOST))
    except OSError:  # a drive that was pulled out, a share that does not answer
        return []
