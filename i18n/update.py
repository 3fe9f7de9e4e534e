"""Brings the catalogues of the interface up to date (run by ``python3 dev.py i18n``).

Extracts the messages of the program and merges them into every viewer.po, in a copy first, so that --check only tells
what is lacking. Prints a line a language and ends with 1 where something is untranslated, fuzzy or out of date.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CATALOGUES = Path(__file__).resolve().parent
ROOT = CATALOGUES.parent
ENGLISH = "en"
FOLDERS = ("ja", "ja@easy", ENGLISH, "zh_Hans", "ko")
"""The messages are English, so of English there is only what this makes itself."""


def main(arguments: list[str]) -> int:
    """Write the catalogues that change, unless --check; return the exit code."""
    check, unfinished = "--check" in arguments, False
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(CATALOGUES, name, dirs_exist_ok=True)
        update(Path(name))
        for folder in FOLDERS:
            path = Path(folder, "LC_MESSAGES", "viewer.po")
            text, target = Path(name, path).read_bytes(), CATALOGUES / path
            changed = not target.exists() or target.read_bytes() != text
            fuzzy, empty = unfinished_messages(text.decode("utf-8"))
            empty *= folder != ENGLISH
            print(f"{folder}: {empty} untranslated, {fuzzy} fuzzy{', changed' if changed else ''}")
            unfinished |= bool(changed or fuzzy or empty)
            if changed and not check:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(text)
    return int(unfinished and check)


def update(folder: Path) -> None:
    """Extract the messages of the program and merge them into the catalogues under `folder`."""
    # Without the template's date, and with file names but no line numbers, a second run changes no byte.
    template = str(folder / "viewer.pot")
    extract = ["extract", "-F", "pyproject.toml", "--no-default-keywords", "-kgettext", "-kngettext:1,2", "-kN_"]
    extract += ["-c", "TRANSLATORS:", "--add-location=file", "--sort-by-file", "--no-wrap", "-o", template]
    extract += ["--header-comment=# The interface of minato-viewer.", "--msgid-bugs-address=-", "."]
    merge = ["update", "-i", template, "-d", str(folder), "-D", "viewer", "--no-wrap", "--init-missing"]
    merge += ["--ignore-obsolete", "--ignore-pot-creation-date"]
    for command in (extract, *([*merge, "-l", name, *["-N"] * (name == ENGLISH)] for name in FOLDERS)):
        subprocess.run([sys.executable, "-m", "babel.messages.frontend", "--quiet", *command], cwd=ROOT, check=True)
    # The source has straight apostrophes, as keyboards do; who reads English gets those of books.
    english = folder / ENGLISH / "LC_MESSAGES" / "viewer.po"
    straight = re.compile(r"""^(msgid (".*'.*")\nmsgstr ).*""", re.MULTILINE)
    curly = straight.sub(lambda found: found[1] + found[2].replace("'", "’"), english.read_text("utf-8"))
    english.write_text(curly, "utf-8", newline="\n")


def unfinished_messages(catalogue: str) -> tuple[int, int]:
    """Count the fuzzy and the untranslated messages in a catalogue's text."""
    fuzzy = len(re.findall("^#,.*fuzzy", catalogue, re.MULTILINE))
    empty = re.compile(r'^msgstr(\[\d\])? ""\n(?!")', re.MULTILINE)
    return fuzzy, sum(bool(empty.search(f"{message}\n")) for message in catalogue.split("\n\n"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
