"""Widgets that every face shares."""
