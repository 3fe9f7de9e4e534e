"""Scrolling by a finger, or by a mouse that is drawn like one: with momentum, and without springing at the ends."""

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScroller, QScrollerProperties


def follow_finger(area: QAbstractScrollArea) -> None:
    """Let `area` be drawn by a finger. What is only touched is pressed at once."""
    viewport = area.viewport()
    QScroller.grabGesture(viewport, QScroller.ScrollerGestureType.LeftMouseButtonGesture)
    # Each such gesture has a number of its own, for which PySide6 makes a class and keeps it: 2 KB for good, each time.
    cast("dict[str, object]", getattr(Qt.GestureType, "_sbk_missing_", {})).clear()
    scroller = QScroller.scroller(viewport)
    properties = scroller.scrollerProperties()
    metric, never = QScrollerProperties.ScrollMetric, QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
    properties.setScrollMetric(metric.VerticalOvershootPolicy, never)
    properties.setScrollMetric(metric.HorizontalOvershootPolicy, never)
    properties.setScrollMetric(metric.MousePressEventDelay, 0.0)
    scroller.setScrollerProperties(properties)
