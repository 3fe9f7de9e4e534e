"""Plan files whose translations a test decides itself, and copies of the sources that a test may spoil."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from minato_viewer.authoring.sources import Sources, load
from minato_viewer.paths import CATALOGUES, SOURCES
from minato_viewer.planfile.build import build
from minato_viewer.planfile.reader import Plan
from tests.conftest import OpenPlan
from tests.unit.editing import Db
from tests.unit.exchanging import Office

# A busy machine is no fault of the program: hypothesis looks at what comes out, not at how long it took.
settings.register_profile("minato", deadline=None)
settings.load_profile("minato")


@pytest.fixture(scope="session")
def bare_sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """The sources of the checkout without any translation."""
    return load(SOURCES, tmp_path_factory.mktemp("no-catalogues"))


@pytest.fixture(scope="session")
def bare_path(bare_sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bare") / "plan.sqlite"
    build(bare_sources.data, path)
    return path


@pytest.fixture(scope="session")
def bare_plan(bare_path: Path, open_plan: OpenPlan) -> Plan:
    return open_plan(bare_path)


@pytest.fixture
def db(tmp_path: Path) -> Db:
    """A copy of db/ to spoil."""
    shutil.copytree(SOURCES, tmp_path / "db")
    return Db(tmp_path / "db")


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Office:
    """A copy of db/ and of the plan's catalogues, and the commands on it."""
    shutil.copytree(SOURCES, tmp_path / "db")
    shutil.copytree(CATALOGUES, tmp_path / "i18n", ignore=shutil.ignore_patterns("viewer.*"))
    return Office(tmp_path, capsys, monkeypatch)
