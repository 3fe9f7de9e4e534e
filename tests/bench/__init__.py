"""Measures the viewer: `python3 dev.py bench`. Every figure is a ratio or a percentile within one run."""
