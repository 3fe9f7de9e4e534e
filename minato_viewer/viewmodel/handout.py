"""The hand-out: entries that are collected during a talk, to be printed together. In memory alone, never on disk."""

from PySide6.QtCore import QObject, Signal


class Handout(QObject):
    """Codes of entries, each once, in the order in which they will be printed."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Hold nothing."""
        super().__init__(parent)
        self._codes: list[str] = []

    @property
    def codes(self) -> tuple[str, ...]:
        """The entries."""
        return tuple(self._codes)

    def add(self, code: str) -> bool:
        """Add an entry at the end; return False where it is in the list already."""
        if code in self._codes:
            return False
        self._codes.append(code)
        self.changed.emit()
        return True

    def move(self, place: int, step: int) -> int:
        """Move the entry at `place` by `step` places, as far as the list goes; return where it is then."""
        target = min(max(place + step, 0), len(self._codes) - 1)
        if target != place:
            self._codes.insert(target, self._codes.pop(place))
            self.changed.emit()
        return target

    def remove(self, place: int) -> None:
        """Take the entry at `place` out; IndexError where there is none."""
        del self._codes[place]
        self.changed.emit()

    def clear(self) -> None:
        """Forget all: the next visitor begins with nothing."""
        if self._codes:
            self._codes.clear()
            self.changed.emit()
