"""Writes a PDF file: whole and as it is to be, or not at all.

Qt paints it into a file beside the one that is wanted; what Qt's writer has no word for (headings as an outline, the
language) is added by `pdf_outline`; then it takes the name that was asked for. The same input gives the same bytes.
"""

import errno
import os
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

from PySide6.QtCore import QFile, QHashSeed, QIODevice, QMarginsF, QUuid
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter

from minato_viewer import VERSION
from minato_viewer.domain.faults import Fault
from minato_viewer.domain.messages import N_
from minato_viewer.services.pdf_outline import Mark, finish

RESOLUTION = 1200
"""Dots per inch: Qt rounds places to whole dots."""
_NAMESPACE = uuid.UUID("5d6e3a1c-0c0b-4b8e-9a3e-6d696e61746f")
_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag>{languages}</rdf:Bag></dc:language>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>
"""
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class About(NamedTuple):
    """What a PDF says of itself."""

    title: str
    tags: tuple[str, ...]
    """The languages it is in, the main one first."""
    identity: str
    """Says what the file is made from: another identity, another document id."""


def page_layout(size: str, *, landscape: bool = False) -> QPageLayout:
    """Return the layout of a sheet of `size` ("A4", "A5") without margins: what is drawn keeps its own."""
    turned = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(QPageSize.PageSizeId[size]), turned, QMarginsF())


def write(path: Path, about: About, layout: QPageLayout, draw: Callable[[QPdfWriter], Sequence[Mark]]) -> None:
    """Write what `draw` paints, in place of whatever has the name `path`; Fault where that cannot be.

    `draw` begins and ends its own painter and returns the headings of what it painted.
    """
    part = path.parent / f".minato-{token_hex(4)}.part"
    try:
        with part.open("xb"):
            pass  # with the rights of any new file
        marks = _paint(part, about, layout, draw)
        finish(part, marks, about.tags[0])
        part.replace(path)
    except OSError as error:
        raise _fault(path, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _paint(
    part: Path, about: About, layout: QPageLayout, draw: Callable[[QPdfWriter], Sequence[Mark]]
) -> Sequence[Mark]:
    file = QFile(str(part))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise PermissionError(errno.EACCES, file.errorString())
    # Qt writes its fonts in the order of a hash, which differs from start to start unless it is told not to.
    QHashSeed.setDeterministicGlobalSeed()
    try:
        writer = QPdfWriter(file)
        writer.setResolution(RESOLUTION)
        writer.setPageLayout(layout)
        writer.setTitle(about.title)
        writer.setCreator(f"minato-viewer {VERSION}")
        writer.setDocumentId(QUuid(str(uuid.uuid5(_NAMESPACE, about.identity))))
        writer.setDocumentXmpMetadata(_metadata(about))
        marks = draw(writer)
        del writer
        file.flush()
        if file.error() != QFile.FileError.NoError:
            raise OSError(errno.ENOSPC, file.errorString())
        return marks
    finally:
        file.close()
        QHashSeed.resetRandomGlobalSeed()


def _metadata(about: About) -> bytes:
    languages = "".join(f"<rdf:li>{tag}</rdf:li>" for tag in about.tags)
    title = about.title.translate(_ESCAPES)
    return _METADATA.format(title=title, languages=languages, program=f"minato-viewer {VERSION}").encode()


def _fault(path: Path, error: OSError) -> Fault:
    if not path.parent.is_dir():
        return Fault(
            N_("The folder {folder} does not exist: make it, or choose another place for the PDF."), folder=path.parent
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Fault(N_("There is no room for {path}: free some space, or choose another place."), path=path)
    return Fault(
        # TRANSLATORS: {reason} is the system's own sentence.
        N_("The PDF {path} cannot be written ({reason}): choose another place."),
        path=path,
        reason=os.strerror(error.errno) if error.errno else error,
    )
