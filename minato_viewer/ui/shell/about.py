"""About: which program this is, which plan file it shows, and under which licences its parts stand."""

import platform
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QPushButton, QTabWidget, QVBoxLayout, QWidget

from minato_viewer import VERSION
from minato_viewer.pages.imprint import content_line
from minato_viewer.paths import RESOURCES, ROOT
from minato_viewer.ui.shell.context import Context, notice
from minato_viewer.ui.shell.dress import set_type
from minato_viewer.ui.shell.focus_ring import FocusRing


class AboutDialog(QDialog):
    """Two pages: the versions, to read out on the telephone, and the licences' own words."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Show the facts of the plan file, the program and the machine."""
        super().__init__(parent)
        messages, theme = context.translator.messages, context.theme
        self.setObjectName("about")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(messages.gettext("About this program"))
        title = QLabel(messages.gettext("Minato City Basic Plan"), self)
        set_type(title, theme, "subtitle", bold=True)
        evaluation = QLabel(notice(context), self)
        evaluation.setObjectName("evaluation")
        evaluation.setTextFormat(Qt.TextFormat.PlainText)
        tabs = QTabWidget(self)
        tabs.setAccessibleName(self.windowTitle())
        facts = _text("\n".join(_facts(context)), messages.gettext("Versions"), tabs)
        licences = _text("\n\n".join(_licences()), messages.gettext("Licenses"), tabs)
        for page in (facts, licences):
            tabs.addTab(page, page.accessibleName())
        close = QPushButton(messages.gettext("Close"), self)
        close.clicked.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        for widget in (title, evaluation):
            widget.setWordWrap(True)
            layout.addWidget(widget)
        layout.addWidget(tabs, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        FocusRing(self, context.appearance)
        close.setFocus()
        room = parent.window().size()
        self.resize(min(theme.scaled(680), room.width() - 80), min(theme.scaled(460), room.height() - 80))


def _text(text: str, name: str, parent: QWidget) -> QPlainTextEdit:
    view = QPlainTextEdit(text, parent)
    view.setReadOnly(True)
    view.setAccessibleName(name)
    view.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    # Tab leads on to the button; nothing is typed here.
    view.setTabChangesFocus(True)
    return view


def _facts(context: Context) -> Iterator[str]:
    messages = context.translator.messages
    properties = context.plan.properties
    yield messages.gettext("Program: {version}", version=f"minato-viewer {VERSION}")
    yield messages.gettext("Plan file: {path}", path=context.plan.path)
    if content := content_line(context.plan, messages):
        yield content
    yield messages.gettext(
        "Format of the plan file: {format}; made by: {maker}",
        format=properties.get("format", "?"),
        maker=properties.get("tool", "?"),
    )
    yield messages.gettext("Check sum of its sources: {digest}", digest=properties.get("digest", "?"))
    parts = {"Python": platform.python_version(), "Qt": qVersion(), "PySide6": pyside_version}
    parts["SQLite"] = sqlite3.sqlite_version
    yield messages.gettext("Parts: {parts}", parts=", ".join(f"{name} {version}" for name, version in parts.items()))
    yield messages.gettext("System: {system}", system=platform.platform())
    if context.settings.terminal:
        yield messages.gettext("Terminal: {name}", name=context.settings.terminal)


def _licences() -> Iterator[str]:
    """Return NOTICE, our own licence and those beside fonts and icons; a file that is missing is left out."""
    for path in (ROOT / "NOTICE", ROOT / "LICENSE", *sorted(RESOURCES.glob("*/LICENSE*"))):
        if words := _read(path):
            yield f"{'=' * 72}\n{path.name}\n{'=' * 72}\n\n{words}"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
