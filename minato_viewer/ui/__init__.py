"""Widgets: the only place that knows QtWidgets, one folder a face."""
