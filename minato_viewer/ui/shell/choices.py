"""One of a few: a row of buttons under a name, of which one is pressed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QVBoxLayout, QWidget

from minato_viewer.services.theme import Theme
from minato_viewer.ui.shell.dress import set_type
from minato_viewer.ui.shell.folding_row import FoldingRow


class Choices(QWidget):
    """A question with its answers."""

    changed = Signal()

    def __init__(self, name: str, answers: Sequence[str], theme: Theme, parent: QWidget) -> None:
        """Ask `name`; the first answer is given until another one is."""
        super().__init__(parent)
        self.setAccessibleName(name)
        label = QLabel(name, self)
        set_type(label, theme, "small", bold=True)
        row = self._row = FoldingRow(self)
        self._group = QButtonGroup(self)
        for number, answer in enumerate(answers):
            button = QPushButton(answer, row)
            button.setObjectName("choice")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAutoExclusive(True)  # said to be one of several
            self._group.addButton(button, number)
            row.add(button)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._on_toggled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label)
        layout.addWidget(row)

    @property
    def chosen(self) -> int:
        """The number of the answer that is given."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Give an answer."""
        self._group.button(number).setChecked(True)

    def offer(self, number: int, *, possible: bool) -> None:
        """Say whether an answer can be given."""
        self._group.button(number).setEnabled(possible)

    def _on_toggled(self, _number: int, pressed: bool) -> None:
        if pressed:
            self.changed.emit()
