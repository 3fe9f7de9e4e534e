"""What the bundle leaves out is nothing that its programs ask for, at their start or later."""

import json
import re
import subprocess
import sys

from minato_viewer.paths import ROOT

_SAY = """
import json, sys
sys.path.insert(0, "resources/packaging")
from contents import EXCLUDED, HIDDEN
print(json.dumps([EXCLUDED, HIDDEN]))
"""
_IMPORT = """
import importlib, json, sys, types
excluded, names = json.load(sys.stdin)

class Bundle:
    def find_spec(self, name, path=None, target=None):
        if any(name == out or name.startswith(out + ".") for out in excluded):
            raise ModuleNotFoundError(name, name=name)

sys.meta_path.insert(0, Bundle())
sys.modules["urllib.request"] = types.ModuleType("urllib.request")  # as resources/packaging/start_hook.py does
lacking = {}
for name in names:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        lacking[name] = error.name
print(json.dumps(lacking))
"""
_ON_DEMAND = re.compile(r"^ +(?:from (\S+) import|import (\S+))", re.MULTILINE)
_NEED_THE_SOURCES = ("minato_viewer.authoring", "minato_viewer.planfile.build", "minato_viewer.planfile.schema")


def python(code: str, said: str = "") -> str:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, input=said, capture_output=True, encoding="utf-8", check=True
    ).stdout


def test_only_what_needs_the_sources_lacks_anything() -> None:
    excluded, hidden = json.loads(python(_SAY))
    ours = [path for path in (ROOT / "minato_viewer").rglob("*.py") if "authoring" not in path.parts]
    found = [_ON_DEMAND.findall(path.read_text(encoding="utf-8")) for path in ours]
    names = {*hidden, *(first or second for imports in found for first, second in imports)}
    assert {"segno", "nacl.signing"} <= names
    lacking = json.loads(python(_IMPORT, json.dumps([excluded, sorted(names)])))
    assert lacking.pop("minato_viewer.planfile.build"), "it sees what is left out"
    wrong = {
        name: lacks
        for name, lacks in lacking.items()
        if not name.startswith(_NEED_THE_SOURCES) and not lacks.startswith((*_NEED_THE_SOURCES, "sqlalchemy"))
    }
    assert wrong == {}
