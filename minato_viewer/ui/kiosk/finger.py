"""Scrolling by a finger, or by a mouse that is drawn like one: with momentum, and without springing at the ends."""

from PySide6.QtWidgets import QAbstractScrollArea, QScroller, QScrollerProperties


def follow_finger(area: QAbstractScrollArea) -> None:
    """Let `area` be drawn by a finger. What is only touched is pressed at once."""
    viewport = area.viewport()
    QScroller.grabGesture(viewport, QScroller.ScrollerGestureType.LeftMouseButtonGesture)
    scroller = QScroller.scroller(viewport)
    properties = scroller.scrollerProperties()
    metric, never = QScrollerProperties.ScrollMetric, QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
    properties.setScrollMetric(metric.VerticalOvershootPolicy, never)
    properties.setScrollMetric(metric.HorizontalOvershootPolicy, never)
    properties.setScrollMetric(metric.MousePressEventDelay, 0.0)
    scroller.setScrollerProperties(properties)
