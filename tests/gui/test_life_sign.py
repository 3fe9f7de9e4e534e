"""The viewer's signs of life on its end of the pipe: given while the loop turns, and noticed where nobody listens."""

import os
from collections.abc import Iterator
from contextlib import suppress

import pytest
from PySide6.QtCore import QObject

from minato_viewer.services import life_sign
from minato_viewer.services.life_sign import LifeSign


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """A pipe in the place of the standard output, which a test may close at the end that reads."""
    ends = list(os.pipe())
    monkeypatch.setattr(life_sign, "STREAM", ends[1])
    monkeypatch.setattr(life_sign, "INTERVAL", 10)
    yield ends
    for end in ends:
        os.close(end)


@pytest.fixture
def life(pipe: list[int], qtbot) -> Iterator[LifeSign]:
    owner = QObject()
    yield LifeSign(owner)
    del owner


def test_signs_come_as_long_as_the_loop_turns(pipe: list[int], life: LifeSign, qtbot) -> None:
    os.set_blocking(pipe[0], False)
    for _ in range(3):
        qtbot.wait(50)
        assert len(os.read(pipe[0], 100)) > 1
    with pytest.raises(BlockingIOError):
        os.read(pipe[0], 100)


def test_a_pipe_that_nobody_empties_holds_nothing_up(pipe: list[int], life: LifeSign, qtbot) -> None:
    with suppress(BlockingIOError):
        while os.write(pipe[1], bytes(4096)):
            pass
    with qtbot.assertNotEmitted(life.lost, wait=100):
        pass


def test_that_nobody_listens_any_more_is_said_once(pipe: list[int], life: LifeSign, qtbot) -> None:
    lost: list[bool] = []
    life.lost.connect(lambda: lost.append(True))
    os.close(pipe.pop(0))
    qtbot.wait(100)
    assert lost == [True]
