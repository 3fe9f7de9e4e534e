"""Properties of Qt objects by the names of their values.

The first use of the namespace `Qt` makes PySide6 build all of its ninety enumerations, which takes 20 ms
of the 250 to the first page (measured). Widgets that stand on the first screen therefore set such
properties by name, keys among them, and draw with the plain numbers that Qt's painting functions take.
"""

from PySide6.QtCore import QObject


def set_by_name(target: QObject, **values: str) -> None:
    """Set properties such as `focusPolicy="TabFocus"`; AttributeError for a property or value that Qt does not know."""
    for name, value in values.items():
        if not target.setProperty(name, value):
            raise AttributeError(f"{type(target).__name__}.{name} = {value}")
