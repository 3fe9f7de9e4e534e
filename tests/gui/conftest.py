"""Fixtures of the windows: Qt without a display, the plan with and without translations, and desks to sit at."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded; the tests on a real display start processes

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from minato_viewer.authoring.sources import Sources, load
from minato_viewer.paths import SOURCES
from minato_viewer.planfile.reader import Plan
from tests.conftest import OpenPlan
from tests.gui.desk import Desk, delete_now
from tests.gui.kiosk import Kiosk
from tests.gui.pseudo import pseudo_messages, write_catalogues
from tests.rubies import build_with_rubies

OpenDesk = Callable[..., Desk]
OpenKiosk = Callable[..., Kiosk]


@pytest.fixture(scope="session")
def translated_path(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan built with small catalogues, so that reference translations exist in every language, and furigana."""
    folder = tmp_path_factory.mktemp("translated")
    own = {edition.code: edition.language for edition in sources.data.editions}
    texts = [row for row in sources.data.texts if row.lang == own[row.code.partition("/")[0]]]
    write_catalogues(folder / "i18n", sources.data.editions, texts)
    path = folder / "plan.sqlite"
    build_with_rubies(load(SOURCES, folder / "i18n").data, path)
    return path


@pytest.fixture(scope="session")
def translated_plan(translated_path: Path, open_plan: OpenPlan) -> Plan:
    return open_plan(translated_path)


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the style that the program's sheets are made for."""
    qapp.setStyle("Fusion")
    yield qapp
    qapp.setStyleSheet("")
    QLocale.setDefault(QLocale.c())


@pytest.fixture
def open_desk(dressed: QApplication, plan: Plan, qtbot) -> Iterator[OpenDesk]:
    """Open windows in a language; they are closed when the test ends."""
    del qtbot  # asked for so that a warning of Qt fails the test
    desks: list[Desk] = []

    def open_one(tag: str = "ja", of: Plan = plan, **options) -> Desk:
        desks.append(Desk(of, tag, **options))
        return desks[-1]

    yield open_one
    for desk in desks:
        desk.close()
    delete_now()


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    """A Japanese window on the real plan."""
    return open_desk()


@pytest.fixture
def marked_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Interface texts that say which language they are in."""
    monkeypatch.setattr("minato_viewer.services.translator.messages", pseudo_messages)


@pytest.fixture
def open_kiosk(dressed: QApplication, plan: Plan, qtbot) -> Iterator[OpenKiosk]:
    """Open the search of the kiosk in a language; it is closed when the test ends."""
    del qtbot  # asked for so that a warning of Qt fails the test
    kiosks: list[Kiosk] = []

    def open_one(tag: str = "ja", *sizes, of: Plan = plan, **options) -> Kiosk:
        kiosks.append(Kiosk(of, tag, *sizes, **options))
        return kiosks[-1]

    yield open_one
    for kiosk in kiosks:
        kiosk.close()
    delete_now()
