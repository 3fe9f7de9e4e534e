"""Plan files that are almost sound, in the window: shown or refused, and never a mistake of the program."""

from pathlib import Path

from tests.gui.conftest import OpenDesk
from tests.mutants import make, show, tried

TIMES = 40
"""`python -m tests.mutants` makes thousands."""


def test_a_mutant_is_shown_or_refused(open_desk: OpenDesk, plan_path: Path, tmp_path: Path) -> None:
    data, path = plan_path.read_bytes(), tmp_path / "plan.sqlite"
    refused = 0
    for seed in range(TIMES):
        make(data, seed, path)
        refused += tried(lambda: show(path, seed), seed)  # noqa: B023 - called at once
    assert 0 < refused < TIMES
