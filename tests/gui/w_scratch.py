from tests.gui.sitting import until_settled, dialogs
def wait(window):
    yield from until_settled(window)
    from PySide6.QtWidgets import QApplication, QMessageBox
    QApplication.processEvents()
    d = dialogs()
    if d: d[0].grab().save("/tmp/h/w4.png")
    return [[x.objectName(), x.text()[:80], x.informativeText()[:200], x.geometry().getRect(), [b.text() for b in x.buttons()]] for x in d]
