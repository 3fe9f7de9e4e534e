"""Plan files that came as updates: which is shown, how a new one is taken in, and the way back.

Beside the shipped plan file there is a folder of versioned ones and `current.json`, which says which of them is shown.
A new one is written whole under a name of its own and synced before one rename lets `current.json` point to it, so
that whatever happens on the way the program opens the old or the new: an open SQLite file is never replaced.
"""

import errno
import json
import os
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, cast

from minato_viewer.domain.faults import Fault, PlanFault
from minato_viewer.domain.messages import N_
from minato_viewer.planfile.pack import Manifest, Pack, PackFault, PackNotNewerFault, Trust
from minato_viewer.planfile.reader import Plan

POINTER = "current.json"
SHIPPED = "shipped"
"""What the pointer says where staff have gone back to the plan file that came with the program."""
LOCK = "lock"
KEPT = 2
"""How many plan files are kept beside the shipped one."""
_SPARE = 16 * 1024 * 1024
"""Bytes that must stay free on the disk."""
_PART = ".part"
_PATIENCE = 10.0
"""Seconds that another program of the same user has to finish what it takes in."""


class Stored(NamedTuple):
    """A plan file of the store."""

    path: Path
    serial: int


class Shown(NamedTuple):
    """The plan file to open, and what had to be passed over to find one that opens."""

    path: Path
    passed_over: tuple[Path, ...] = ()


class PlanStore:
    """The folder of updates of one user (or of one portable folder), beside the plan file that was shipped."""

    def __init__(self, folder: Path, shipped: Path) -> None:
        """Use `folder`, which need not exist, beside the plan file `shipped`."""
        self._folder = folder
        self._shipped = shipped

    # -- which plan is shown ---------------------------------------------------------------------

    def shown(self) -> Shown:
        """Return the plan file to open: the one pointed to, else the next older one that opens, else the shipped one.

        A shipped one with a larger serial than every update came with a newer program, and goes first.
        """
        passed_over: list[Path] = []
        stored = self._stored()
        if self._pointer() == SHIPPED and self._serial(self._shipped) >= 0:
            return Shown(self._shipped)
        if stored and stored[0].serial >= self._serial(self._shipped):
            for candidate in self._in_order(stored):
                if self._serial(candidate.path) >= 0:
                    return Shown(candidate.path, tuple(passed_over))
                passed_over.append(candidate.path)
        return Shown(self._shipped, tuple(passed_over))

    def _in_order(self, stored: list[Stored]) -> list[Stored]:
        """Return the plan file that is pointed to, then all older ones; all from the newest on without a pointer."""
        current = self._pointer()
        at = next((number for number, row in enumerate(stored) if row.path.name == current), 0)
        return stored[at:]

    def _stored(self) -> list[Stored]:
        """Return the plan files of the folder, the newest first. Their names hold serial and check sum."""
        rows: list[Stored] = []
        with suppress(OSError):
            for path in self._folder.glob("plan-*.sqlite"):
                serial = path.stem.split("-")[1]
                if serial.isdecimal():
                    rows.append(Stored(path, int(serial)))
        return sorted(rows, key=lambda row: row.serial, reverse=True)

    def _pointer(self) -> str:
        try:
            table: Any = json.loads((self._folder / POINTER).read_bytes())
            name = cast("dict[str, Any]", table)["plan"]
        except (OSError, ValueError, KeyError, TypeError):
            return ""
        return name if isinstance(name, str) else ""

    def _serial(self, path: Path) -> int:
        """Return the serial of a plan file; -1 where it does not open."""
        try:
            plan = Plan(path)
        except PlanFault:
            return -1
        plan.close()
        return plan.serial

    def newest(self) -> int:
        """Return the largest serial that was ever taken in and is still kept, or that of the shipped plan file.

        What is larger is news: after staff have gone back, what they went back from is not.
        """
        return max(map(self._serial, [self._shipped, *(row.path for row in self._stored())]))

    # -- taking one in ---------------------------------------------------------------------------

    def install(self, path: Path, trust: Trust, *, older: bool = False) -> Manifest:
        """Take in the update at `path` and let it be the one that is shown; return what it says of itself.

        PackFault where it is refused: broken, not trusted, for a newer program, not newer than what is shown (unless
        `older`), or not opening; Fault where the disk is full or may not be written. Nothing has changed then.
        """
        pack = Pack(path, trust)
        self._refuse_older(pack, older=older)
        with self._writing(), self._alone():
            # Once more, because another window may have taken it in meanwhile.
            self._refuse_older(pack, older=older)
            if shutil.disk_usage(self._folder).free < pack.manifest.size + _SPARE:
                raise _full(self._folder)
            target = self._copied(pack)
            self._point_to(target.name)
            self._tidy(target)
        return pack.manifest

    def _refuse_older(self, pack: Pack, *, older: bool) -> None:
        now = self._serial(self.shown().path)
        if pack.manifest.serial <= now and not older:
            raise PackNotNewerFault(
                N_("{path} holds content number {serial}, and number {now} is shown already; nothing was changed."),
                path=pack.path,
                serial=pack.manifest.serial,
                now=now,
            )

    @contextmanager
    def _alone(self) -> Generator[None]:
        """Keep other programs of the same user from changing the folder; a killed one lets go of it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        # SQLite's lock is the same on every system. Nothing is ever written into the file.
        held = sqlite3.connect(self._folder / LOCK, timeout=_PATIENCE, isolation_level=None)
        try:
            held.execute("BEGIN EXCLUSIVE")
            yield
        except sqlite3.Error as error:
            raise Fault(
                N_("The folder {path} is in use by another window: try again in a moment."), path=self._folder
            ) from error
        finally:
            held.close()

    def _copied(self, pack: Pack) -> Path:
        """Write the plan file of `pack` under its own name, whole and synced, and return it."""
        target = self._folder / f"plan-{pack.manifest.serial:08}-{pack.manifest.sha256[:8]}.sqlite"
        if _sha256(target) == pack.manifest.sha256:
            return target  # kept from before; it may be open in another window, and Windows would not replace it
        part = target.with_suffix(_PART)
        try:
            with part.open("wb") as file:
                pack.copy_plan(file.write)
                file.flush()
                os.fsync(file.fileno())
            self._try_to_open(part, pack)
            part.replace(target)
            _sync_folder(self._folder)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        return target

    def _try_to_open(self, part: Path, pack: Pack) -> None:
        try:
            plan = Plan(part)
            try:
                for node in plan.nodes():
                    plan.texts(node.id)
            finally:
                plan.close()
        except PlanFault as error:
            raise PackFault(
                N_("{path} holds a plan file that does not open; nothing was changed."), path=pack.path
            ) from error
        if plan.serial != pack.manifest.serial:
            raise PackFault(N_("{path} holds a plan file that does not open; nothing was changed."), path=pack.path)

    def _point_to(self, name: str) -> None:
        part = self._folder / f"{POINTER}{_PART}"
        with part.open("w", encoding="utf-8") as file:
            json.dump({"plan": name}, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._folder / POINTER)
        _sync_folder(self._folder)

    def _tidy(self, current: Path) -> None:
        """Remove all but the last plan files; one that is open elsewhere stays until the next time."""
        others = [row.path for row in self._stored() if row.path != current]
        for path in [*others[KEPT - 1 :], *self._folder.glob(f"*{_PART}")]:
            with suppress(OSError):
                path.unlink()

    # -- and back --------------------------------------------------------------------------------

    def can_roll_back(self) -> bool:
        """Whether an older plan file than the one that is shown is kept."""
        return self.older() is not None

    def roll_back(self) -> Path:
        """Let the older plan file be shown and return it; Fault where there is none or nothing can be written."""
        with self._writing(), self._alone():
            older = self.older()
            if older is None:
                raise Fault(N_("There is no older content to go back to."))
            self._point_to(SHIPPED if older == self._shipped else older.name)
        return older

    def older(self) -> Path | None:
        """Return the plan file to go back to: the next older update that opens, else the shipped one; None for none."""
        shown = self.shown().path
        stored = [row.path for row in self._stored()]
        if shown not in stored:
            return None
        later = [*stored[stored.index(shown) + 1 :], self._shipped]
        return next((path for path in later if 0 <= self._serial(path) < self._serial(shown)), None)

    @contextmanager
    def _writing(self) -> Generator[None]:
        try:
            yield
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise _full(self._folder) from error
            raise Fault(
                N_("The folder {path} cannot be written ({reason}): the content stays as it is."),
                path=self._folder,
                reason=error.strerror or error,
            ) from error


def _sha256(path: Path) -> str:
    """Return the check sum of a file in hexadecimal; empty where it cannot be read."""
    try:
        with path.open("rb") as file:
            import hashlib  # noqa: PLC0415 - OpenSSL, 3 MB that most sittings never need

            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _full(folder: Path) -> Fault:
    return Fault(N_("The disk is full: make room for the update in {path}; the content stays as it is."), path=folder)


def _sync_folder(folder: Path) -> None:
    """Write the names in a folder to disk, where the system can (Windows cannot)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
