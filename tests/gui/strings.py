"""Every string that a window shows, says to assistive technology or would show on demand.

Found by walking the objects of the window and asking each for all of its properties, so that a widget
added later is compared without anybody remembering to add it here.
"""

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import (
    QAbstractAnimation,
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    Qt,
    QUrl,
)
from PySide6.QtGui import QAccessible, QAction, QFont, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollBar, QTextEdit, QWidget

from minato_viewer.viewmodel.tree import Role

Snapshot = dict[str, object]

_SPOKEN = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Help, QAccessible.Text.Value)
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    *Role,
)
_TYPES = frozenset({"QString", "bool", "QStringList", "QKeySequence", "QUrl", "QFont"})
_OF_THE_DESKTOP = frozenset({"active", "isActiveWindow", "underMouse", "modified"})
"""Properties that depend on which of two windows is in front."""
_QTS_OWN = (("QPlatformTheme", "Cancel"), ("QPlatformTheme", "Close"), ("QWidgetTextControl", "Select All"))


def snapshot(window: QWidget) -> Snapshot:
    """Return every string (and every state that is either on or off) of `window` by where it is."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # pages that were shown before
    found: Snapshot = {}
    for place, thing in list(_walk(window, type(window).__name__)):
        for name, value in _properties(thing):
            found[f"{place}.{name}"] = value
        if isinstance(thing, QWidget) and not isinstance(thing, QScrollBar):
            found.update(_of_widget(place, thing))
        if isinstance(thing, QAbstractItemModel):
            found.update((f"{place}{row}", value) for row, value in _rows(thing, QModelIndex(), ""))
    for context, text in _QTS_OWN:
        found[f"Qt's own {text}"] = QCoreApplication.translate(context, text)
    found["locale"] = QLocale().name()
    found["font"] = QApplication.font().toString()
    return found


def differences(found: Snapshot, wanted: Snapshot) -> list[str]:
    """Return a line for every place where two snapshots differ."""
    nothing = "(is not there)"
    return [
        f"{place}: {found.get(place, nothing)!r} instead of {wanted.get(place, nothing)!r}"
        for place in sorted(found.keys() | wanted.keys())
        if found.get(place, nothing) != wanted.get(place, nothing)
    ]


def _walk(thing: QObject, place: str) -> Iterator[tuple[str, QObject]]:
    yield place, thing
    seen: Counter[str] = Counter()
    for child in thing.children():
        if isinstance(child, QAbstractAnimation):
            continue  # of the style's: there while it runs
        name = child.metaObject().className()
        yield from _walk(child, f"{place}/{name}{seen[name]}")
        seen[name] += 1


def _properties(thing: QObject) -> Iterator[tuple[str, object]]:
    kind = thing.metaObject()
    for number in range(kind.propertyCount()):
        name = kind.property(number).name()
        if kind.property(number).typeName() in _TYPES and name not in _OF_THE_DESKTOP and not _unused(thing, name):
            value = thing.property(name)
            yield name, value.toString() if isinstance(value, QKeySequence | QUrl | QFont) else value


def _unused(thing: QObject, name: str) -> bool:
    """Whether nobody sees this property: an action is painted in the font of its menu or button."""
    return isinstance(thing, QAction) and name == "font"


def _of_widget(place: str, widget: QWidget) -> Iterator[tuple[str, object]]:
    spoken = QAccessible.queryAccessibleInterface(widget)
    for kind in _SPOKEN:
        yield f"{place} spoken {kind.name}", spoken.text(kind)
    if isinstance(widget, QLineEdit | QTextEdit):
        menu = widget.createStandardContextMenu()
        yield f"{place} context menu", [action.text() for action in menu.actions()]
        menu.deleteLater()
        QCoreApplication.sendPostedEvents(menu, QEvent.Type.DeferredDelete)


def _rows(model: QAbstractItemModel, parent: QModelIndex, place: str) -> Iterator[tuple[str, object]]:
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        yield f"{place}/{row}", [model.data(index, role) for role in _ROLES]
        yield from _rows(model, index, f"{place}/{row}")
