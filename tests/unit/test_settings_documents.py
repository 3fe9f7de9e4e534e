"""docs/settings.md and .ja.md: they describe every key and no other, and every key is used."""

import ast
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.paths import ROOT
from minato_viewer.services import settings as module
from minato_viewer.services.setting_values import LONGEST_TEXT
from minato_viewer.services.settings import (
    KEYS,
    MOST_DAYS,
    MOST_PROBLEMS,
    OF_POLICIES,
    TEXT_SIZES,
    THEMES,
    Places,
    Settings,
    load,
)
from minato_viewer.services.settings_file import LARGEST_FILE, LONGEST_LINE
from tests.unit.setting import loaded, said, written

DOCUMENTS = {"en": ROOT / "docs" / "settings.md", "ja": ROOT / "docs" / "settings.ja.md"}

# -- documents -----------------------------------------------------------------------------------


def sections(document: str) -> dict[str, str]:
    """The text of each key's section."""
    return dict(re.findall(r"^### `(.*?)`\n(.*?)(?=^##|\Z)", document, re.MULTILINE | re.DOTALL))


def fences(text: str, kind: str) -> list[str]:
    return [
        body for fence, body in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL) if fence == kind
    ]


@pytest.fixture(params=DOCUMENTS)
def tag(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def document(tag: str) -> str:
    return DOCUMENTS[tag].read_text("utf-8")


def test_a_document_describes_every_key_and_no_other(document: str) -> None:
    assert tuple(sections(document)) == KEYS
    assert re.findall(r"^#{2,} .*`", document, re.MULTILINE) == re.findall(r"^### `\w+`", document, re.MULTILINE)


def test_a_document_names_no_key_that_does_not_exist(document: str) -> None:
    without_fences = re.sub(r"^```.*?^```$", "", document, flags=re.MULTILINE | re.DOTALL)
    names = set(re.findall(r"`([a-z]+(?:_[a-z]+)*)`", without_fences))
    assert names == {*KEYS, "true", "false"}


def test_a_document_names_the_default_and_every_value(document: str) -> None:
    for key, text in sections(document).items():
        (default,) = re.findall(r"^- (?:Default: |既定値：)`(.*?)`", text, re.MULTILINE)
        value, mistakes = module._READERS[key](tomllib.loads(f"x = {default}")["x"])
        assert (value, mistakes) == (getattr(Settings(), key), [])
    described = sections(document)
    values = {"languages": TAGS, "language": TAGS, "theme": THEMES}
    for key, choices in values.items():
        assert [choice for choice in choices if f'`"{choice}"`' not in described[key]] == []
    assert re.findall(r"`(\d+)`", described["text_size"].partition("```")[0]) == [*map(str, TEXT_SIZES), "100"]
    assert re.findall(r"`(\d+)`", described["update_due_days"])[:2] == ["0", str(MOST_DAYS)]
    for key in ("remember", "furigana"):
        assert {"`true`", "`false`"} <= set(re.findall(r"`\w+`", described[key]))
    limits = re.findall(r"\d+", "".join(document.splitlines()[-2:]).replace("UTF-8", ""))
    assert limits == [str(LARGEST_FILE // 1024), str(LONGEST_LINE), str(MOST_PROBLEMS)]
    assert re.search(rf"(?<!\d){LONGEST_TEXT}(?: characters|文字)", document)


def test_every_example_of_a_document_is_right_and_each_key_has_one(document: str, tmp_path: Path) -> None:
    examples = fences(document, "toml")
    assert len(examples) == len(KEYS) + 2
    for example in examples:
        of_policies = any(example.startswith(key) for key in OF_POLICIES)
        sentences = said(loaded(tmp_path, example))
        assert [sentence for sentence in sentences if "counts in a policy.toml alone" not in sentence] == []
        assert len(sentences) == of_policies
    for key, text in sections(document).items():
        (example,) = fences(text, "toml")
        found = load(Places((), (written(tmp_path / "policy.toml", example),))).settings._replace(fixed=frozenset())
        assert found != Settings()
        assert found._replace(**{key: getattr(Settings(), key)}) == Settings()


def test_the_example_for_forty_terminals_has_ten_lines(document: str) -> None:
    assert len(fences(document, "toml")[0].splitlines()) == 10


def test_the_documents_say_the_same() -> None:
    english, japanese = (DOCUMENTS[tag].read_text("utf-8") for tag in ("en", "ja"))
    assert [tomllib.loads(text) for text in fences(english, "toml")] == [
        tomllib.loads(text) for text in fences(japanese, "toml")
    ]
    assert fences(english, "")[0] == fences(japanese, "")[0]
    files = r"`([^`\n]*(?:\.toml|%|\$)[^`\n]*)`"
    assert set(re.findall(files, english)) == set(re.findall(files, japanese))


def test_the_mistakes_of_a_document_are_said_as_it_tells(tag: str, document: str, tmp_path: Path) -> None:
    wrong, told = fences(document, "")
    found = loaded(tmp_path, wrong)
    sentences = [problem.said_in(messages(tag)) for problem in found.problems]
    shown = "/etc/minato-viewer/settings.toml"
    assert [text.replace(str(tmp_path / "settings.toml"), shown) for text in sentences] == told.splitlines()


# -- that each key is used -----------------------------------------------------------------------


def read_of(tree: ast.AST, holders: Iterable[str]) -> set[str]:
    """The attributes that are read of something called one of `holders`, such as `context.settings.theme`."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and (getattr(node.value, "id", None) in holders or getattr(node.value, "attr", None) in holders)
    }


def used(sources: Iterable[str]) -> set[str]:
    """The keys that the program reads: as `settings.<key>`, or by a method of `Settings` that reads them."""
    names = {name for text in sources for name in read_of(ast.parse(text), {"settings", "_settings"})}
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    (own,) = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Settings"]
    by_method = {node.name: read_of(node, {"self"}) for node in own.body if isinstance(node, ast.FunctionDef)}
    del by_method["with_wishes"]  # which reads every key for nobody
    return (names | {key for name in names for key in by_method.get(name, set())}) & set(KEYS)


def test_a_key_is_used_where_it_is_read() -> None:
    assert used(["x = settings.theme\nself._settings.office.said_in(tag)\ncontext.settings.remember"]) == {
        "theme",
        "office",
        "remember",
    }
    assert used(["settings.first_language(system)"]) == {"language", "languages"}
    assert used(["options.theme", "settings.with_wishes(theme='dark')", "theme = 1", "settings.fixed"]) == set()


def test_the_program_uses_every_key() -> None:
    sources = [path for path in (ROOT / "minato_viewer").rglob("*.py") if path != Path(module.__file__)]
    assert set(KEYS) - used(path.read_text("utf-8") for path in sources) == set()
