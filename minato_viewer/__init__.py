"""The Minato plan viewer: a city's Basic Plan as one file, and a window that reads it with people.

The package root imports nothing, so that every layer below the interface loads without Qt.
"""

VERSION = "0.1.0"
