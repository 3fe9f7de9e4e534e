"""What is left of a visit in a running program: its objects, by class, and whoever holds what was typed or read."""

import gc
from collections import Counter

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication


def inventory() -> dict[str, int]:
    """Count every object of Qt by its class: those of the windows, and those that only Python holds."""
    gc.collect()
    found: dict[int, QObject] = {}
    for root in [*QApplication.topLevelWidgets(), QApplication.instance()]:
        for child in (root, *root.findChildren(QObject)):
            found[id(child)] = child
    return dict(Counter(type(child).__name__ for child in found.values()))


def holders(*words: str) -> list[str]:
    """Return the types of what in memory holds texts with one of `words`, but for the words as a test has them."""
    gc.collect()
    return [
        f"{type(thing).__name__}: {held[:60]}"
        for thing in gc.get_objects()
        for held in gc.get_referents(thing)
        if isinstance(held, str) and held not in words and any(word in held for word in words)
    ]
