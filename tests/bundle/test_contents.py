"""What is in the bundle, and what is not."""

import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from minato_viewer import VERSION
from minato_viewer.paths import ROOT, default_plan
from tests.bundle.conftest import Bundle

LARGEST_ZIP = 60_000_000
"""Bytes; what a city's file share or an old stick takes without a thought."""


def names(bundle: Bundle) -> set[str]:
    return {path.relative_to(bundle.folder).as_posix() for path in bundle.folder.rglob("*") if path.is_file()}


def test_everything_a_terminal_needs_is_there(bundle: Bundle) -> None:
    inside = names(bundle)
    assert {"minato-viewer", "minato-plan", "plan.sqlite", "LICENSE", "NOTICE", "SHA256SUMS", "sbom.cdx.json"} <= inside
    assert (bundle.folder / "plan.sqlite").read_bytes() == default_plan().read_bytes()
    for folder, pattern in (("resources/fonts", "*.ttf"), ("resources/themes", "*"), ("resources/icons", "*.svg")):
        wanted = {f"_internal/{folder}/{path.name}" for path in (ROOT / folder).glob(pattern)}
        assert wanted
        assert wanted <= inside
    assert "_internal/resources/keys.toml" in inside
    assert sum(name.endswith("viewer.mo") for name in inside) == 5


def test_nothing_speaks_with_a_network_and_nothing_writes_plans(bundle: Bundle) -> None:
    inside = " ".join(sorted(names(bundle))).lower()
    for left_out in (
        "qt6network",
        "libssl",
        "libcrypto",
        "_ssl.",
        "_hashlib.",
        "sqlalchemy",
        "authoring",
        "gtk",
        "tcl",
    ):
        assert left_out not in inside, left_out


def test_no_file_is_a_link_so_that_the_folder_can_be_copied_by_anything(bundle: Bundle) -> None:
    assert [path for path in bundle.folder.rglob("*") if path.is_symlink()] == []


def test_the_check_sums_are_those_of_the_files(bundle: Bundle) -> None:
    lines = (bundle.folder / "SHA256SUMS").read_text("ascii").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert sums.keys() == names(bundle) - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((bundle.folder / name).read_bytes()).hexdigest() == digest, name


def licence(folder: Path, path: Path) -> str:
    """Return a licence text, from where a part says that it stands if it shares it with another."""
    text = path.read_text("utf-8", errors="replace")
    said, _, place = text.rstrip().removesuffix(".").partition("that of ")
    return (folder / place).read_text("utf-8", errors="replace") if said == "The same text as " else text


def test_every_part_is_listed_with_its_version_and_its_licence_text(bundle: Bundle) -> None:
    bill = json.loads((bundle.folder / "sbom.cdx.json").read_text("utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    parts = {part["name"]: part for part in bill["components"]}
    assert {
        "python",
        "qt",
        "babel",
        "pynacl",
        "cffi",
        "sqlite",
        "biz-udpgothic",
        "noto-sans",
        "noto-sans-cjk",
        "tabler-icons",
    } <= parts.keys()
    for name, part in parts.items():
        texts = list((bundle.folder / "licenses" / name).glob("*"))
        # SQLite is in the public domain.
        assert texts or name == "sqlite", name
        assert all(len(licence(bundle.folder, path)) > 400 for path in texts), name
        assert part.get("version") or name in ("biz-udpgothic", "noto-sans", "noto-sans-cjk", "tabler-icons"), name
    assert "LICENSE.libsodium.txt" in {path.name for path in (bundle.folder / "licenses" / "pynacl").glob("*")}
    assert "LGPL-3.0.txt" in {path.name for path in (bundle.folder / "licenses" / "qt").glob("*")}


def test_every_library_belongs_to_a_part(bundle: Bundle) -> None:
    """A library whose owner nobody knows has no licence either."""
    if sys.platform != "linux" or not Path("/usr/bin/dpkg-query").exists():
        pytest.skip("only a Debian knows whose a library is")
    inside = bundle.folder / "_internal"
    own = [inside / name for name in ("PySide6", "shiboken6", "nacl", "python3.11", "python3.12", "python3.13")]
    for path in inside.rglob("*.so*"):
        if any(path.is_relative_to(folder) for folder in own) or path.name.startswith(("libpython", "_cffi_backend.")):
            continue
        found = subprocess.run(
            ["dpkg-query", "--search", f"*/{path.name}"], capture_output=True, check=False, text=True
        )
        owners = {line.partition(":")[0] for line in found.stdout.splitlines()}
        assert any((bundle.folder / "licenses" / owner).is_dir() for owner in owners), path.name


def test_the_zip_holds_the_same_and_programs_stay_programs(bundle: Bundle) -> None:
    path = bundle.folder.with_suffix(".zip")
    assert path.stat().st_size <= LARGEST_ZIP
    with zipfile.ZipFile(path) as archive:
        files = {info.filename.removeprefix("minato-viewer/"): info for info in archive.infolist() if not info.is_dir()}
        assert files.keys() == names(bundle)
        assert archive.testzip() is None
    assert files["minato-viewer"].external_attr >> 16 & 0o111


def test_what_windows_shows_of_the_programs(bundle: Bundle) -> None:
    work = ROOT / "build" / "packaging"
    for name in ("minato-viewer", "minato-plan"):
        text = (work / f"{name}.version").read_text("utf-8")
        assert f"'{name}.exe'" in text
        assert f"'{VERSION}'" in text
        compile(text, name, "eval")
    icon = (work / "minato-viewer.ico").read_bytes()
    assert icon[:6] == b"\0\0\1\0\4\0"
    assert icon.count(b"\x89PNG\r\n") == 4
