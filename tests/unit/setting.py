"""Settings files that a test writes, and what must hold of all settings and all problems."""

import re
from pathlib import Path

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.services.settings import (
    FURIGANA,
    KEYS,
    REFERENCE_TEXTS,
    TEXT_SIZES,
    THEMES,
    Loaded,
    Places,
    Settings,
    load,
)
from minato_viewer.services.settings_file import Problem


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def loaded(folder: Path, content: str | bytes) -> Loaded:
    return load(Places((written(folder / "settings.toml", content),)))


def said(found: Loaded) -> list[str]:
    """What is said in English, without the path."""
    sentences = [problem.said_in(messages("en")) for problem in found.problems]
    for problem, sentence in zip(found.problems, sentences, strict=True):
        assert sentence.startswith(str(problem.file))
        assert sentence.endswith(".")
        assert "\n" not in sentence.removeprefix(str(problem.file))
    return [
        sentence.removeprefix(str(problem.file)) for problem, sentence in zip(found.problems, sentences, strict=True)
    ]


def assert_valid(settings: Settings) -> None:
    assert settings.languages
    assert set(settings.languages) <= set(TAGS)
    assert len(set(settings.languages)) == len(settings.languages)
    assert settings.language in ("", *settings.languages)
    assert settings.theme in THEMES
    assert type(settings.text_size) is int
    assert settings.text_size in TEXT_SIZES
    assert settings.reference_text in REFERENCE_TEXTS
    assert type(settings.remember) is bool
    assert type(settings.furigana) in (str, bool)
    assert settings.furigana in FURIGANA
    assert settings.start == "" or re.fullmatch(r"[a-z0-9/-]+", settings.start)
    assert re.fullmatch(r"|[a-z0-9]+(-[a-z0-9]+)*", settings.district)
    texts = [settings.terminal, *(words.said_in(tag) for words in (settings.office, settings.notice) for tag in TAGS)]
    assert all(text == text.strip() and len(text.splitlines()) <= 1 and len(text) <= 200 for text in texts)
    assert settings.fixed <= set(KEYS)


def assert_sayable(problem: Problem) -> None:
    for tag in TAGS:
        sentence = problem.said_in(messages(tag))
        assert str(problem.file) in sentence
        assert len(sentence) < 1000 + len(str(problem.file))
        if problem.line:
            assert str(problem.line) in sentence
