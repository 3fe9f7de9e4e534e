"""Build the fonts bundled with the program (run by ``python3 dev.py fonts``).

The upstream faces come from npm packages whose version and SHA-256 are pinned below.  Every face is cut
down to the characters one language needs, scaled to 1000 units per em, freed of hinting and of the
``locl`` feature (which would make the shapes follow the process locale), given a private family name and
the shared vertical metrics, and written as TrueType beside this script.

Needs the ``npm`` client and the Python packages ``fonttools`` and ``babel``; same inputs and same fonttools, same
bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import logging
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import pi
from pathlib import Path

from babel.messages.pofile import read_po
from fontTools.misc.transform import Identity, Transform
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.reorderGlyphs import reorderGlyphs
from fontTools.ttLib.scaleUpem import scale_upem

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SOURCES = ROOT / "db" / "sources"

UNITS_PER_EM = 1000
ASCENT, DESCENT = 1010, 290  # one line box for all: no glyph leaves it
UNDERLINE = -125, 50  # position, thickness
REGULAR, BOLD, USE_TYPO_METRICS = 1 << 6, 1 << 5, 1 << 7  # OS/2 fsSelection
MODIFIED = 3_850_000_000  # head.created/modified: a constant, for equal bytes
STYLES = {400: "Regular", 700: "Bold"}
FEATURES = ("kern", "ccmp")  # and so no locl
JOINING = (
    *FEATURES, "akhn", "rphf", "half", "pres", "abvs", "blws", "psts", "haln", "calt", "mark", "mkmk", "abvm", "blwm",
    "dist",
)  # fmt: skip


class FontFault(Exception):
    """A fault outside this program, told to the user in one sentence."""


@dataclass(frozen=True)
class Face:
    """One upstream family (whole TTFs in an npm package) and what becomes of it."""

    package: str
    version: str
    sha256: str
    stem: str
    licence: str
    family: str
    codec: str  # its 94 x 94 characters are the national set to cover; latin_1 (94) stands for no CJK
    documents: str  # source documents whose characters are needed too
    names: str  # language names drawn from this face in "Minato Names"
    borrowed: str = ""  # characters taken from the Chinese face if absent
    shown: tuple[str, ...] = ()  # where the words are that the program shows in this family: patterns below ROOT

    def member(self, weight: int) -> str:
        """Return the archive path of the TTF of one weight."""
        return "package/{0}/{1}_{0}.ttf".format(f"{weight}{STYLES[weight]}", self.stem)


OFL_BIZ, OFL_NOTO = "LICENSE-BIZ-UDPGothic.txt", "LICENSE-Noto-Sans-CJK.txt"
FACES = {
    "ja": Face(
        "@expo-google-fonts/biz-udpgothic", "0.4.2",
        "25b7863372a51cbed767be911076ebdaeaae9a687bcb57e052286f43416d9ea3",
        "BIZUDPGothic", OFL_BIZ, "Minato JA", "euc_jp", "*.txt", "日本語 やさしい日本語 English",
        shown=("db/**/*.toml", "i18n/ja*/LC_MESSAGES/*.po"),
    ),
    "zh": Face(
        "@expo-google-fonts/noto-sans-sc", "0.4.3",
        "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
        "NotoSansSC", OFL_NOTO, "Minato ZH", "gb2312", "002_*.txt", "简体中文",
        shown=("i18n/zh*/LC_MESSAGES/*.po",),
    ),
    "ko": Face(
        "@expo-google-fonts/noto-sans-kr", "0.4.3",
        "7614af529705ea48e8b76cb3b056b92db66b7625ef3fc97ce76366063df94d3f",
        "NotoSansKR", OFL_NOTO, "Minato KO", "euc_kr", "", "한국어", "隙",
        shown=("i18n/ko/LC_MESSAGES/*.po",),
    ),
}  # fmt: skip
# The languages of the city's interpreter service (pages/board.py) whose letters no face above has: a tiny font each,
# which keeps the rules by which letters are put together.
OFL_NAMES = "LICENSE-Noto-Sans.txt"
NAME_FACES = {
    "latin": Face(
        "@expo-google-fonts/noto-sans", "0.4.2",
        "98cf14a19b8e67a0e76bfd4d5df98937b9734e6dde570bd750f2259042042548",
        "NotoSans", OFL_NAMES, "Minato Names Latin", "", "",
        "English Bahasa Indonesia Español Tagalog Français Tiếng Việt Português Русский",
    ),
    "thai": Face(
        "@expo-google-fonts/noto-sans-thai", "0.4.2",
        "44282ae7c24587e7e50f083e5db3aafa8011ac2eac1159ef62be4fc516a66165",
        "NotoSansThai", OFL_NAMES, "Minato Names Thai", "", "", "ไทย",
    ),
    "devanagari": Face(
        "@expo-google-fonts/noto-sans-devanagari", "0.4.1",
        "fb9a4c288af3829f383d945fcec350c8cdf99abf18ffe55c987c495bca42e80e",
        "NotoSansDevanagari", OFL_NAMES, "Minato Names Devanagari", "", "", "नेपाली हिन्दी",
    ),
}  # fmt: skip
FACES["en"] = replace(FACES["ko"], family="Minato EN", codec="latin_1", names="", borrowed="", shown=())

# Ranges every family gets as far as its face has them: ASCII, Latin-1 and Latin Extended-A; punctuation;
# currency; letter-like symbols and Roman numerals; arrows; circled digits; shapes; dingbats.  And all but the
# English: CJK punctuation but for the tall marks of upright text; full and half width forms.
COMMON_RANGES = (
    (0x0020, 0x007E), (0x00A0, 0x017F), (0x2010, 0x205E), (0x20A0, 0x20BF), (0x2100, 0x218B),
    (0x2190, 0x21FF), (0x2460, 0x24FF), (0x25A0, 0x26A0), (0x2700, 0x27BF), (0x3251, 0x325F),
)  # fmt: skip
CJK_RANGES = ((0x3000, 0x3029), (0x3030, 0x3030), (0x3036, 0x303F), (0xFF01, 0xFFE6))
COMMON_EXTRA, CJK_EXTRA = "−⋯∼≠≤≥", "・㈱㎎㎏㎜㎝㎞㎡㎥"
JAPANESE_RANGES = ((0x3041, 0x30FF), (0x31F0, 0x31FF), (0x32FF, 0x32FF))

# Where the face lacks the first character: another of its glyphs, scaled and turned (quarters, to the left).
STAND_INS = {
    "∼": ("～", 1, 0), "\uf9aa": ("寧", 1, 0), "\uf95f": ("寧", 1, 0), "▸": ("▼", 0.6, 1), "▾": ("▼", 0.6, 0),
}  # fmt: skip


def double_bytes(codec: str) -> set[str]:
    """Return the characters of a 94 x 94 national set in its EUC form."""
    row = range(0xA1, 0xFF)
    return set("".join(bytes((a, b)).decode(codec, "ignore") for a in row for b in row))


def wanted_characters(face: Face) -> set[str]:
    """Return every character the family made from a face should have."""
    cjk = face.codec != "latin_1"
    chars = double_bytes(face.codec) | set(COMMON_EXTRA + CJK_EXTRA * cjk)
    ranges = COMMON_RANGES + CJK_RANGES * cjk
    if face.codec == "euc_jp":
        ranges += JAPANESE_RANGES
        chars.update("".join(bytes((0x87, b)).decode("cp932", "ignore") for b in range(0x40, 0x9D)))  # row 13
    for first, last in ranges:
        chars.update(map(chr, range(first, last + 1)))
    if face.documents:
        paths = sorted(SOURCES.glob(face.documents))
        if not paths:
            raise FontFault(f"There is no document {face.documents} in {SOURCES}.")
        chars.update(filter(str.isprintable, "".join(path.read_text(encoding="utf-8") for path in paths)))
    return chars


def fetch(face: Face, folder: Path) -> Path:
    """Return the face's verified archive in folder, packing it if absent."""
    spec = f"{face.package}@{face.version}"
    flat = face.package.removeprefix("@").replace("/", "-")
    archive = folder / f"{flat}-{face.version}.tgz"
    if not archive.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise FontFault("The npm client is not on the PATH.")
        command = [npm, "pack", "--silent", "--pack-destination", str(folder), spec]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode or not archive.exists():
            raise FontFault(f"npm could not fetch {spec}.")
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != face.sha256:
        raise FontFault(f"{archive.name} has SHA-256 {found}, not the pinned one.")
    return archive


def cut(data: bytes, characters: Iterable[str], features: Iterable[str] = FEATURES) -> TTFont:
    """Return the face reduced to the characters and to some of its layout features, unhinted, at 1000 units."""
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    options = Options()
    options.hinting = False
    options.layout_features = list(features)
    options.drop_tables += ["BASE", "STAT", "VORG", "meta", "vhea", "vmtx"]
    options.glyph_names, options.notdef_outline, options.name_IDs = False, True, ["*"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=map(ord, characters))
    subsetter.subset(font)
    font["cmap"].tables = [table for table in font["cmap"].tables if table.format != 14]  # no variation sequences
    if font["head"].unitsPerEm != UNITS_PER_EM:
        scale_upem(font, UNITS_PER_EM)
    return font


def copy_glyph(font: TTFont, char: str, lender: TTFont, model: str, shape: Transform = Identity) -> None:
    """Give font a new glyph for char, drawn as model in lender."""
    model_name = lender.getBestCmap()[ord(model)]
    pen = TTGlyphPen(None)
    lender.getGlyphSet()[model_name].draw(TransformPen(pen, shape))
    name = f"copy{ord(char):04X}"
    font["glyf"][name] = glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    advance = lender["hmtx"][model_name][0] * max(abs(shape.xx), abs(shape.xy))  # quarter turns only
    font["hmtx"][name] = (round(advance), glyph.xMin)
    for table in font["cmap"].tables:
        table.cmap[ord(char)] = name


def repair(font: TTFont, borrowed: str, lender: TTFont) -> None:
    """Add the few characters the face lacks and another glyph can show."""
    cmap = font.getBestCmap()
    for char, (model, scale, quarters) in STAND_INS.items():
        if ord(char) not in cmap and ord(model) in cmap:
            glyph = font["glyf"][cmap[ord(model)]]
            x, y = (glyph.xMin + glyph.xMax) / 2, (glyph.yMin + glyph.yMax) / 2
            shape = Identity.translate(x * scale, y).rotate(quarters * pi / 2).scale(scale).translate(-x, -y)
            copy_glyph(font, char, font, model, shape)
    for char in borrowed.translate(dict.fromkeys(cmap, "")):
        copy_glyph(font, char, lender, char)
    widths, curly = font["hmtx"], cmap[ord("’")]
    if widths[curly][0] == UNITS_PER_EM // 2:  # a half em leaves a hole after the apostrophe: it’ s
        widths[curly] = (widths[cmap[ord("'")]][0], widths[curly][1])


def words_of(path: Path) -> str:
    """Return a text file whole, and of a catalogue the translations."""
    if path.suffix != ".po":
        return path.read_text(encoding="utf-8")
    with path.open("rb") as file:
        return "".join(str(message.string) for message in read_po(file))


def gather(font: TTFont, shown: tuple[str, ...]) -> None:
    """Put the glyphs of the words that the program shows side by side, before all others.

    The system brings in a font by pages of the file; so it brings in a third of one, and not all of it.
    """
    paths = sorted(path for pattern in shown for path in ROOT.glob(pattern))
    if shown and not paths:
        raise FontFault(f"There are no words in {shown} of {ROOT}.")
    words = set("".join(map(words_of, paths)))
    cmap, order = font.getBestCmap(), font.getGlyphOrder()
    used = {cmap[ord(char)] for char in words if ord(char) in cmap}
    reorderGlyphs(font, sorted(order, key=lambda name: (name != ".notdef", name not in used)))


def rename(font: TTFont, family: str, style: str, notice: str) -> None:
    """Replace the name table; only copyright, version and licence stay."""
    old = font["name"]
    postscript = f"{family.replace(' ', '')}-{style}"
    names = {0: notice, 1: family, 2: style, 3: f"{postscript};1"}
    names |= {4: f"{family} {style}", 6: postscript, 16: family, 17: style}
    names |= {number: old.getDebugName(number) for number in (5, 13, 14)}
    font["name"] = table = newTable("name")
    table.names = []
    for number, text in sorted(names.items()):
        table.setName(text, number, 3, 1, 0x409)


def finish(font: TTFont, family: str, weight: int, notice: str) -> bytes:
    """Name the font, give it the shared metrics and return its bytes."""
    rename(font, family, STYLES[weight], notice)
    hhea, os2, head, post = (font[tag] for tag in ("hhea", "OS/2", "head", "post"))
    hhea.ascent, hhea.descent, hhea.lineGap = ASCENT, -DESCENT, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ASCENT, -DESCENT, 0
    os2.usWinAscent, os2.usWinDescent = ASCENT, DESCENT
    os2.version = max(os2.version, 4)  # the first to know USE_TYPO_METRICS
    os2.usWeightClass = weight
    os2.fsSelection = USE_TYPO_METRICS | (BOLD if weight == 700 else REGULAR)
    os2.recalcUnicodeRanges(font)
    os2.recalcCodePageRanges(font)
    head.macStyle = int(weight == 700)
    head.created = head.modified = MODIFIED
    post.underlinePosition, post.underlineThickness = UNDERLINE
    font["gasp"] = gasp = newTable("gasp")
    gasp.version, gasp.gaspRange = 1, {0xFFFF: 0x000F}  # smooth at every size
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def notice_of(data: bytes) -> str:
    """Return the copyright line of an upstream font."""
    return TTFont(io.BytesIO(data), lazy=True)["name"].getDebugName(0)


def build_weight(data: dict[str, bytes], weight: int) -> dict[str, bytes]:
    """Return the fonts of one weight by file name, from the upstream fonts."""
    files = {}
    notices = {language: notice_of(font) for language, font in data.items()}
    for language, face in FACES.items():
        font = cut(data[language], wanted_characters(face))
        repair(font, face.borrowed, cut(data["zh"], face.borrowed))
        gather(font, face.shown)
        national, cmap = double_bytes(face.codec), font.getBestCmap()
        missing = sum(ord(char) not in cmap for char in national)
        name = f"minato-{language}-{weight}.ttf"
        files[name] = finish(font, face.family, weight, notices[language])
        print(f"{name}: {len(files[name])} bytes, lacks {missing} of {len(national)} characters")
    return files


def build_names(data: dict[str, bytes]) -> bytes:
    """Return the font of the languages' own names, whose buttons have one weight, from the upstream fonts of it."""
    font = cut(data["ja"], FACES["ja"].names)
    for language in ("zh", "ko"):
        lender = cut(data[language], FACES[language].names)
        for char in FACES[language].names:
            copy_glyph(font, char, lender, char)
    notice = "\n".join(dict.fromkeys(notice_of(face) for face in data.values()))
    return finish(font, "Minato Names", 400, notice)


def build_more_names(folder: Path) -> dict[str, bytes]:
    """Return the fonts of further languages' own names and their licence by file name, from the archives in folder."""
    files: dict[str, bytes] = {}
    notices: list[str] = []
    for name, face in NAME_FACES.items():
        with tarfile.open(fetch(face, folder)) as tar:
            data = tar.extractfile(face.member(400)).read()
            rest = tar.extractfile("package/LICENSE_FONT").read().decode("utf-8").partition("\n")[2]
        notices.append(notice_of(data))
        font = cut(data, face.names, JOINING)
        files[f"minato-names-{name}-400.ttf"] = finish(font, face.family, 400, notices[-1])
    files[OFL_NAMES] = "\n".join([*notices, rest]).encode()
    return files


def build(folder: Path) -> dict[str, bytes]:
    """Return every output file by name, from the archives in folder."""
    files: dict[str, bytes] = {}
    fonts: dict[int, dict[str, bytes]] = {weight: {} for weight in STYLES}
    for language, face in FACES.items():
        with tarfile.open(fetch(face, folder)) as tar:
            for weight in STYLES:
                fonts[weight][language] = tar.extractfile(face.member(weight)).read()
            licence = tar.extractfile("package/LICENSE_FONT").read().decode("utf-8")
        # The package's copyright line may be a sister face's: use the font's own.
        notice, rest = notice_of(fonts[400][language]), licence.partition("\n")[2]
        files[face.licence] = f"{notice}\n{rest}".encode()
    for weight in STYLES:
        files |= build_weight(fonts[weight], weight)
    files["minato-names-400.ttf"] = build_names(fonts[400])
    return files | build_more_names(folder)


def main() -> int:
    """Build the fonts and the licence files; return the exit status."""
    parser = argparse.ArgumentParser(description="Build the bundled fonts.")
    parser.add_argument("--out", type=Path, default=HERE, help="output folder")
    parser.add_argument("--packages", type=Path, help="folder to keep npm archives in")
    arguments = parser.parse_args()
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            folder = arguments.packages or Path(scratch)
            folder.mkdir(parents=True, exist_ok=True)
            files = build(folder)
        arguments.out.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (arguments.out / name).write_bytes(data)
    except (FontFault, OSError) as error:
        print(f"fonts: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
