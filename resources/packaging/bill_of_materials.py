"""What the bundle is made of: every part with version, licence and licence texts, and the list of them as CycloneDX."""

import importlib.metadata
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple

import PySide6
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LICENCES = HERE / "licenses"


class Part(NamedTuple):
    """Something of others that is in the bundle."""

    name: str
    version: str
    licence: str
    """As an SPDX expression; empty where the texts alone say it."""
    purl: PackageURL
    licence_texts: tuple[Path, ...]


def components(bundle: Path) -> list[Part]:
    """Return the parts of the bundle in `bundle`."""
    return [_python(), *_packages(), _qt(), *_drawn(), *_system(bundle)]


def _python() -> Part:
    library = Path(sysconfig.get_path("stdlib"))
    texts = [path for path in (library / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt") if path.exists()]
    if not texts:  # Debian keeps it with its packages
        texts = [Path(f"/usr/share/doc/python{sys.version_info[0]}.{sys.version_info[1]}/copyright")]
    version = platform.python_version()
    return Part("python", version, "PSF-2.0", PackageURL("generic", None, "python", version), (texts[0],))


def _packages() -> list[Part]:
    found: list[Part] = []
    licences = {
        "babel": "BSD-3-Clause",
        "segno": "BSD-3-Clause",
        # With libsodium inside (ISC), which its licence text names; cffi is how it is called.
        "pynacl": "Apache-2.0",
        "cffi": "MIT-0",
        "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    }
    for name, licence in licences.items():
        distribution = importlib.metadata.distribution(name)
        texts = tuple(
            Path(str(file.locate()))
            for file in distribution.files or ()
            if re.search(r"dist-info/(licenses/)*(LICEN[CS]E|COPYING)", str(file))
        )
        found.append(
            Part(name, distribution.version, licence, PackageURL("pypi", None, name, distribution.version), texts)
        )
    return found


def _qt() -> Part:
    texts = tuple(LICENCES / name for name in ("Qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt"))
    version = PySide6.__version__
    return Part("qt", version, "LGPL-3.0-only", PackageURL("pypi", None, "pyside6-essentials", version), texts)


def _drawn() -> list[Part]:
    """Fonts and icons; their licences stand beside them."""
    fonts, icons = ROOT / "resources" / "fonts", ROOT / "resources" / "icons"
    return [
        Part(
            "biz-udpgothic",
            "",
            "OFL-1.1",
            PackageURL("generic", None, "biz-udpgothic"),
            (fonts / "LICENSE-BIZ-UDPGothic.txt",),
        ),
        Part(
            "noto-sans-cjk",
            "",
            "OFL-1.1",
            PackageURL("generic", None, "noto-sans-cjk"),
            (fonts / "LICENSE-Noto-Sans-CJK.txt",),
        ),
        Part(
            "noto-sans",
            "",
            "OFL-1.1",
            PackageURL("generic", None, "noto-sans"),
            (fonts / "LICENSE-Noto-Sans.txt",),
        ),
        Part(
            "tabler-icons",
            "",
            "MIT",
            PackageURL("generic", None, "tabler-icons"),
            (icons / "LICENSE-Tabler-Icons.txt",),
        ),
        Part(
            "sqlite",
            sqlite3.sqlite_version,
            "blessing",
            PackageURL("generic", None, "sqlite", sqlite3.sqlite_version),
            (),
        ),
    ]


def _system(bundle: Path) -> list[Part]:
    """Return the packages of the system that lent libraries, where a Debian tells which they are."""
    if not shutil.which("dpkg-query"):
        return []
    # Python's own and Qt's come from elsewhere, though Debian has some of the same names.
    names = {path.name for path in bundle.rglob("*.so*") if not path.name.startswith("libpython")}
    names -= {
        path.name for folder in ("PySide6", "python3*") for path in (bundle / "_internal").glob(f"{folder}/**/*.so*")
    }
    done = subprocess.run(
        ["dpkg-query", "--search", *(f"*/{name}" for name in sorted(names))],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )  # it fails where one of the names is no package's, such as Python's own modules
    owners = {line.partition(":")[0] for line in done.stdout.splitlines() if not line.startswith("diversion")}
    parts: list[Part] = []
    for name in sorted(owners):
        shown = subprocess.run(
            ["dpkg-query", "--show", "--showformat=${Version}", name], capture_output=True, encoding="utf-8", check=True
        )
        text = Path(f"/usr/share/doc/{name}/copyright")
        parts.append(
            Part(
                name,
                shown.stdout,
                "",
                PackageURL("deb", "debian", name, shown.stdout),
                (text,) if text.exists() else (),
            )
        )
    return parts


def write_bill(parts: list[Part], path: Path) -> None:
    """Write the list of parts as CycloneDX 1.6 in JSON."""
    bill = Bom()
    for part in parts:
        bill.components.add(
            Component(
                type=ComponentType.LIBRARY,
                name=part.name,
                version=part.version or None,
                licenses=[LicenseExpression(part.licence)] if part.licence else (),
                purl=part.purl,
                bom_ref=str(part.purl),
            )
        )
    path.write_text(JsonV1Dot6(bill).output_as_string(indent=1), encoding="utf-8")
