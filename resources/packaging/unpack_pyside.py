"""Lets PySide6 take its own Python code from files with byte code; else it compiles it at every start (10 ms).

It holds that code in a library. Told so by a variable of its own, it writes it to the folder `files.dir` beside
shiboken6, and from then on takes it from there. Here that happens beside a copy, so that the folder is whole once it
stands in its place. Run by dev.py in .venv; the bundle takes the folder from there.
"""

import compileall
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

NAME = "files.dir"


def main() -> None:
    """Unpack it, where nobody else does so first; a start works without it, too."""
    found = find_spec("shiboken6")  # not imported, which would load all of PySide6's own code
    if found is None or found.origin is None:
        return
    shiboken = Path(found.origin).parent
    with TemporaryDirectory(dir=shiboken.parent) as folder:
        copy = Path(folder, shiboken.name)
        shutil.copytree(shiboken, copy)
        environment = {**os.environ, "SBK_EMBED": "0", "PYTHONPATH": folder}
        subprocess.run([sys.executable, "-c", "import PySide6.QtCore"], env=environment, check=False)
        with suppress(OSError):
            (copy / NAME).rename(shiboken / NAME)
            compileall.compile_dir(shiboken / NAME, quiet=2)


if __name__ == "__main__":
    main()
