"""What every test may ask for: the real sources, the plan file built from them, and the golden pages' switch."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from minato_viewer.authoring.sources import Sources, load
from minato_viewer.paths import CATALOGUES, SOURCES
from minato_viewer.planfile.build import build
from minato_viewer.planfile.reader import Plan
from tests.rubies import build_with_rubies

OpenPlan = Callable[[Path], Plan]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest tests/unit --update-golden` writes tests/golden anew; look at the difference before you commit it."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def sources() -> Sources:
    """The sources of the checkout with their catalogues."""
    return load(SOURCES, CATALOGUES)


@pytest.fixture(scope="session")
def plan_path(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan file that `minato-plan build` makes of the checkout."""
    path = tmp_path_factory.mktemp("plan") / "plan.sqlite"
    build(sources.data, path)
    return path


@pytest.fixture(scope="session")
def rubied_path(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of the checkout with furigana over every kanji."""
    path = tmp_path_factory.mktemp("rubied") / "plan.sqlite"
    build_with_rubies(sources.data, path)
    return path


@pytest.fixture(scope="session")
def open_plan() -> Iterator[OpenPlan]:
    """Open plan files, which are closed when the tests end."""
    with ExitStack() as stack:
        yield lambda path: stack.enter_context(closing(Plan(path)))


@pytest.fixture(scope="session")
def rubied_plan(rubied_path: Path, open_plan: OpenPlan) -> Plan:
    return open_plan(rubied_path)


@pytest.fixture(scope="session")
def plan(plan_path: Path, open_plan: OpenPlan) -> Plan:
    return open_plan(plan_path)
