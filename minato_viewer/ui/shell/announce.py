"""Sentences for those who hear the screen: what changed without the focus moving."""

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, sentence: str) -> None:
    """Have a screen reader say `sentence`, in the language of the interface; nothing happens where none listens."""
    # Its types have hundreds of values, and the first page announces nothing.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


def tell(widget: QWidget, sentence: str) -> None:
    """Show `sentence` for a moment at the lower edge of `widget`, and have a screen reader say it."""
    from PySide6.QtWidgets import QToolTip  # noqa: PLC0415 - not for the first page

    QToolTip.showText(widget.mapToGlobal(widget.rect().bottomLeft()), sentence, widget)
    announce(widget, sentence)
