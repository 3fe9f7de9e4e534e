"""Marking of strings that are written before the reader's language is known."""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, do not translate yet"
    """Return `message` unchanged; the extraction finds it and a catalogue translates it where shown."""
    return message
