"""Plan files that are almost sound, made by the thousand, and everything that is done with a plan file.

    .venv/bin/python -m tests.mutants 5000        # from the first to the 5,000th; each is the same every time
    .venv/bin/python -m tests.mutants 1 --seed 77

A mutant may be read or refused with a Fault. Anything else is a mistake of the program, and ends this with the number
of the mutant. The suite makes some hundred of them (test_damaged_files, test_mutants).
"""

import argparse
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from minato_viewer.domain.faults import Fault
from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.pages.compose import Composer
from minato_viewer.pages.plaintext import as_json, plain_text
from minato_viewer.paths import default_plan
from minato_viewer.planfile.reader import Plan

PAGE = 4096
TODAY = date(2026, 11, 22)

# -- how they are made ---------------------------------------------------------------------------

VALUES = (
    None, "", " ", "0", "-1", "x", "港" * 20_000, "a" * 100_000, "{0}{name}%s%n", "<b onload=x>&amp;</b>",
    "\x00\x07\n\u202e",
    "2024-02-30", "9999-12-31", "0001-01-01", "1e999", "1" * 400, "2021", "2024/issue/1", "ja zh-Hans ja",
    0, 1, -1, 2**31, 2**62, -(2**62), 0.5, float("inf"), b"", b"\xff\xfe\x00", b"2021",
)  # fmt: skip
"""What no sound plan file has in most of its columns."""


def spoiled(data: bytes, seed: int) -> bytes:
    """Return `data` with one bit, one byte, a run or a page of it changed; the same for the same seed."""
    chance = random.Random(seed)
    spoiled = bytearray(data)
    place = chance.randrange(len(data))
    page = chance.randrange(1, len(data) // PAGE) * PAGE
    match seed % 5:
        case 0:
            spoiled[place] ^= 1 << chance.randrange(8)
        case 1:
            spoiled[place] = chance.randrange(256)
        case 2:
            spoiled[place : place + 16] = chance.randbytes(len(data[place : place + 16]))
        case 3:
            # The head of a page, where SQLite keeps what it follows.
            spoiled[page + chance.randrange(64)] = chance.randrange(256)
        case _:
            spoiled[page : page + PAGE] = chance.choice([bytes(PAGE), chance.randbytes(PAGE), data[PAGE : 2 * PAGE]])
    return bytes(spoiled)


def rewritten(data: bytes, seed: int, path: Path) -> None:
    """Write `data` to `path` with some of its values changed, as a careless tool or an enemy would."""
    chance = random.Random(seed)
    path.write_bytes(data)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        tables = [
            row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")
        ]
        for _ in range(chance.randint(1, 3)):
            # What a constraint of the file forbids no tool can write either.
            with suppress(sqlite3.Error, OverflowError):
                _rewrite(connection, chance.choice(tables), chance)


def _rewrite(connection: sqlite3.Connection, table: str, chance: random.Random) -> None:
    columns = [(row[1], row[5]) for row in connection.execute(f"PRAGMA table_info({table})")]
    key = ", ".join(name for name, in_key in columns if in_key)
    count = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    where = f"WHERE ({key}) IN (SELECT {key} FROM {table} LIMIT 1 OFFSET {chance.randrange(max(count, 1))})"
    column = chance.choice(columns)[0]
    match chance.randrange(6):
        case 0:
            connection.execute(f"DELETE FROM {table} {where}")
        case 1:
            # A value that is right elsewhere in the column.
            other = f"(SELECT {column} FROM {table} LIMIT 1 OFFSET {chance.randrange(max(count, 1))})"
            connection.execute(f"UPDATE OR IGNORE {table} SET {column} = {other} {where}")
        case 2:
            connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ?", (chance.choice(VALUES),))
        case _:
            connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ? {where}", (chance.choice(VALUES),))


def make(data: bytes, seed: int, path: Path) -> None:
    """Write the mutant `seed` to `path`."""
    if seed % 2:
        path.write_bytes(spoiled(data, seed // 2))
    else:
        rewritten(data, seed // 2, path)


# -- what is done with them ----------------------------------------------------------------------


def read_everything(path: Path) -> None:
    """Ask the reader everything it can be asked about every entry."""
    plan = Plan(path)
    try:
        plan.counts()
        for node in plan.nodes():
            chain = ("ja", *(edition.language for edition in plan.editions.values()))
            plan.node(node.code)
            plan.ancestors(node)
            plan.neighbours(node)
            plan.children(node.id, chain)
            plan.headings([node.id], chain)
            plan.texts(node.id)
            plan.rubies(node.id)
            plan.title_rubies([node.code])
            plan.figure(node)
            plan.links(node.id)
            if node.parent_id is None:
                plan.matching(node.id, "防災 4", chain, 50)
    finally:
        plan.close()


def compose_everything(path: Path, tag: str = "ja") -> None:
    """Compose the page of every entry."""
    plan = Plan(path)
    try:
        composer = Composer(plan, TODAY, district="takanawa")
        for node in list(plan.nodes()):
            page = composer.page(node.code, messages(tag))
            plain_text(page)
            as_json(page)
    finally:
        plan.close()


def show(path: Path, seed: int) -> None:
    """Open it in a window, walk through some entries and languages, and filter the contents; needs a QApplication.

    What goes wrong while Qt asks for something to paint is raised at the end.
    """
    from PySide6.QtCore import QCoreApplication

    from tests.gui.desk import Desk

    chance = random.Random(seed)
    wrong: list[BaseException] = []
    before, sys.excepthook = sys.excepthook, lambda kind, error, trace: wrong.append(error)
    plan = Plan(path)
    desk = None
    try:
        codes = [node.code for node in plan.nodes()]
        desk = Desk(plan, chance.choice(TAGS))
        for code in chance.sample(codes, min(4, len(codes))):
            desk.window.open_entry(code)
            desk.window.grab()
        desk.translator.activate(chance.choice(TAGS))
        desk.look_for("防災 4")
        desk.window.grab()
        QCoreApplication.processEvents()
    finally:
        if desk is not None:
            desk.close()
        plan.close()
        sys.excepthook = before
    for error in wrong:
        raise error


def tried(use: Callable[[], None], seed: int) -> bool:
    """Return whether `use` was refused with a Fault; any other error is raised with the number of the mutant."""
    try:
        use()
    except Fault:
        return True
    except Exception as error:
        error.add_note(f"mutant {seed}: python -m tests.mutants 1 --seed {seed}")
        raise
    return False


def main() -> None:
    """Make so many mutants and do everything with each."""
    parser = argparse.ArgumentParser(prog="tests.mutants", description="Plan files that are almost sound.")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=0, help="the number of the first")
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    application = QApplication([sys.argv[0], "-style", "fusion"])
    data, refused, began = default_plan().read_bytes(), 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.sqlite"
        for seed in range(options.seed, options.seed + options.count):
            make(data, seed, path)
            for use in (read_everything, lambda path, seed=seed: compose_everything(path, TAGS[seed % len(TAGS)])):
                refused += tried(lambda use=use: use(path), seed)
            if seed % 10 == 0:
                tried(lambda seed=seed: show(path, seed), seed)
    del application
    print(f"{options.count} mutants, {refused} refusals of {2 * options.count}, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
