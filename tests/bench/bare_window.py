"""The least a PySide6 program can show, to compare with: a main window with an empty label.

Prints `painted` once the label has been painted and the event loop has come round, the same moment at which
`minato-viewer --timing` prints its line. With `--stay` it then waits for the end of its input.
"""

import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class FirstPaint(QObject):
    """Tells once that a widget was painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop watching at the first painting and tell from the event loop."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self.tell)
        return False

    def tell(self) -> None:
        """Print the line, and end as soon as whoever started this allows it."""
        sys.stdout.write("painted\n")
        sys.stdout.flush()
        if "--stay" in sys.argv:
            sys.stdin.readline()
        QApplication.quit()


application = QApplication(sys.argv)
window = QMainWindow()
label = QLabel()
window.setCentralWidget(label)
window.resize(1280, 800)
watch = FirstPaint()
label.installEventFilter(watch)
window.show()
sys.exit(application.exec())
