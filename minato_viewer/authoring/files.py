"""Writes source files: all of a change or nothing of it, and never half a file."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from minato_viewer.domain.faults import Fault
from minato_viewer.domain.messages import N_


def replace(contents: Mapping[Path, bytes]) -> None:
    """Give every path its content. All is written beside its target first, so that a full disk changes nothing."""
    parts: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
            parts[path] = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            parts[path].chmod(0o644)
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        raise Fault(
            N_("{path} cannot be written ({reason}): make room, or close what holds it open."), path=path, reason=error
        ) from error
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
