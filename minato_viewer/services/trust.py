"""Whose content updates are believed: the keys that came with the program, and what a policy adds and takes back."""

import re
from pathlib import Path
from typing import Any, cast

from minato_viewer.domain.faults import Fault
from minato_viewer.domain.messages import N_
from minato_viewer.paths import RESOURCES
from minato_viewer.planfile.pack import Trust
from minato_viewer.services.settings import Settings
from minato_viewer.services.settings_file import UnusableFileError, read

SHIPPED_KEYS = RESOURCES / "keys.toml"


def trust(settings: Settings, shipped: Path = SHIPPED_KEYS) -> Trust:
    """Return whose updates count here; Fault where the file of the shipped keys is damaged."""
    return Trust(
        frozenset(map(bytes.fromhex, (*_shipped(shipped), *settings.update_keys))),
        frozenset(map(bytes.fromhex, settings.update_revoked)),
        settings.update_signatures,
    )


def _shipped(path: Path) -> list[str]:
    try:
        file = read(path)
    except UnusableFileError as error:
        raise Fault(error.problem.message, **error.problem.values) from error
    keys: Any = file.tables.get("keys", []) if file else []
    listed = cast("list[Any]", keys) if isinstance(keys, list) else [None]
    if not all(isinstance(key, str) and re.fullmatch(r"[0-9a-fA-F]{64}", key) for key in listed):
        # Not one of them is believed: a file that someone has broken is not to be guessed at.
        raise Fault(N_("{path} does not hold public keys alone: install the program anew."), path=path)
    return cast("list[str]", listed)
