"""Makes the bundle: dist/minato-viewer/ and its zip (run by ``python3 dev.py bundle``).

PyInstaller collects the programs (build.spec); this adds what a city needs beside them: the plan file, every
licence text, the parts list (SBOM), and the check sums. Where the environment variable MINATO_SIGN names a command,
it is run once for each program and library, with the file's path as its last argument, before the sums are taken.
"""

import compileall
import hashlib
import os
import shlex
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import shiboken6
from bill_of_materials import Part, components, write_bill
from contents import EMBEDDED, WORK
from PyInstaller.__main__ import run as run_pyinstaller
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage

from minato_viewer import VERSION

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUNDLE = ROOT / "dist" / "minato-viewer"
PLAN = ROOT / "build" / "plan.sqlite"
ICON_SIZES = (16, 32, 48, 256)
PROGRAMS = ("minato-viewer", "minato-plan")
SIGNED = (".so", ".dll", ".pyd", ".exe", ".dylib")


def main() -> int:
    """Make the bundle anew and return the exit code."""
    WORK.mkdir(parents=True, exist_ok=True)
    draw_icons()
    for name in PROGRAMS:
        (WORK / f"{name}.version").write_text(version_resource(name), encoding="utf-8")
    compile_what_pyside_embeds()
    shutil.rmtree(BUNDLE, ignore_errors=True)
    places = ["--distpath", str(BUNDLE.parent), "--workpath", str(WORK)]
    run_pyinstaller(["--noconfirm", "--log-level", "ERROR", *places, str(ROOT / "build.spec")])
    shutil.copy2(PLAN, BUNDLE / "plan.sqlite")
    if sys.platform == "linux":
        for name in ("minato-viewer.desktop", "minato-viewer.metainfo.xml", "minato-viewer.svg"):
            shutil.copy2(HERE / name, BUNDLE / name)
    parts = components(BUNDLE)
    copy_licences(parts)
    write_bill(parts, BUNDLE / "sbom.cdx.json")
    if command := os.environ.get("MINATO_SIGN"):
        sign(command)
    write_sums()
    archive = shutil.make_archive(str(BUNDLE), "zip", BUNDLE.parent, BUNDLE.name)
    for path, size in (
        (BUNDLE, sum(file.stat().st_size for file in files())),
        (Path(archive), Path(archive).stat().st_size),
    ):
        print(f"{path.relative_to(ROOT)}: {size / 1e6:.1f} MB")
    return 0


def files() -> list[Path]:
    """Return every file of the bundle, in the order of the names."""
    return sorted(path for path in BUNDLE.rglob("*") if path.is_file())


def draw_icons() -> None:
    """Draw the icon that Windows wants inside the programs, from the one drawing (a container of PNG pictures)."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    drawing = (HERE / "minato-viewer.svg").read_text(encoding="utf-8")
    pictures: list[bytes] = []
    for side in ICON_SIZES:
        sized = drawing.replace('width="256" height="256"', f'width="{side}" height="{side}"', 1)
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImage.fromData(sized.encode(), "svg").save(buffer, "PNG")
        pictures.append(held.data())
    del application
    head, place = struct.pack("<3H", 0, 1, len(pictures)), 6 + 16 * len(pictures)
    rows = b""
    for side, picture in zip(ICON_SIZES, pictures, strict=True):
        rows += struct.pack("<4B2H2I", side % 256, side % 256, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    (WORK / "minato-viewer.ico").write_bytes(head + rows + b"".join(pictures))


def compile_what_pyside_embeds() -> None:
    """Take PySide6's own Python code from where dev.py has put it, as byte code alone in the place of the sources."""
    shutil.rmtree(EMBEDDED, ignore_errors=True)
    shutil.copytree(Path(shiboken6.__file__).parent / EMBEDDED.name, EMBEDDED)
    # The names in it are the same on every machine.
    compileall.compile_dir(EMBEDDED, stripdir=str(EMBEDDED), legacy=True, force=True, quiet=1)
    for path in [*EMBEDDED.rglob("*.py"), *EMBEDDED.rglob("__pycache__")]:
        path.unlink() if path.is_file() else shutil.rmtree(path)


def version_resource(name: str) -> str:
    """Return what Windows shows of a program in its properties, in the form that PyInstaller reads."""
    numbers = (*map(int, VERSION.split(".")), 0)
    rows = {
        "FileDescription": "Minato City Basic Plan (evaluation version, not an official app of the city)",
        "FileVersion": VERSION,
        "InternalName": name,
        "LegalCopyright": "LICENSE (the program), NOTICE (the plan's text)",
        "OriginalFilename": f"{name}.exe",
        "ProductName": "Minato plan viewer",
        "ProductVersion": VERSION,
    }
    strings = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in rows.items())
    table = f"StringFileInfo([StringTable('040904B0', [{strings}])])"
    language = "VarFileInfo([VarStruct('Translation', [1033, 1200])])"
    return f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=[{table}, {language}])"


def copy_licences(parts: list[Part]) -> None:
    """Put the program's own licence beside it, and those of its parts into licenses/, a folder each.

    Of parts that share a text, all but the first say where it stands.
    """
    for name in ("LICENSE", "NOTICE"):
        shutil.copy2(ROOT / name, BUNDLE / name)
    folder = BUNDLE / "licenses"
    written: dict[bytes, str] = {}
    for part in parts:
        for text in part.licence_texts:
            target = folder / part.name / text.name
            target.parent.mkdir(parents=True, exist_ok=True)
            words = text.read_bytes()
            place = written.setdefault(words, f"{part.name}/{text.name}")
            same = f"The same text as that of licenses/{place}.\n".encode()
            target.write_bytes(words if place == f"{part.name}/{text.name}" else same)


def sign(command: str) -> None:
    """Run the city's signing command for every program and library."""
    for path in files():
        if path.name in PROGRAMS or any(ending in path.suffixes for ending in SIGNED):
            subprocess.run([*shlex.split(command), str(path)], check=True)


def write_sums() -> None:
    """Write SHA256SUMS, in the form that `sha256sum -c` reads."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(BUNDLE).as_posix()}" for path in files()
    ]
    (BUNDLE / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    sys.exit(main())
