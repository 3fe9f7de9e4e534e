"""The languages of the product (BCP 47) and the chain along which a text is looked for."""

from typing import NamedTuple

from minato_viewer.domain.faults import ExitCode, RequestFault
from minato_viewer.domain.messages import N_


class Language(NamedTuple):
    """One language: its tag, gettext folder, name in its own script, Babel and Qt locale, speech of Qt's dialogs."""

    tag: str
    folder: str
    name: str
    locale: str
    qt_catalogue: str
    """Suffix of Qt's own catalogue (`qtbase_ja`), empty where the English source serves."""


LANGUAGES = (
    Language("ja", "ja", "日本語", "ja_JP", "ja"),
    Language("ja-x-easy", "ja@easy", "やさしい日本語", "ja_JP", "ja"),
    Language("en", "en", "English", "en_US", ""),
    Language("zh-Hans", "zh_Hans", "简体中文", "zh_Hans_CN", "zh_CN"),
    Language("ko", "ko", "한국어", "ko_KR", "ko"),
)
DEFAULT = "ja"
OWN_NAMES = "mul"
"""Stands for the language of a name in its own letters, where that is none of ours (BCP 47: several languages)."""
JAPANESE = ("ja", "ja-x-easy")
"""The languages that are written in Japanese, and may have furigana."""
_BY_TAG = {language.tag: language for language in LANGUAGES}
TAGS = tuple(_BY_TAG)


def language(tag: str) -> Language:
    """Return the language of `tag`; RequestFault (exit 2) where it is none of ours."""
    try:
        return _BY_TAG[tag]
    except KeyError:
        raise RequestFault(
            N_("The language {tag} is not known: choose one of {known}."),
            ExitCode.USAGE,
            tag=tag,
            known=", ".join(TAGS),
        ) from None


def chain(requested: str, own: str) -> tuple[str, ...]:
    """Return the tags in which a text is looked for: asked for, Japanese if it was easy Japanese, the edition's own."""
    wanted = (requested, "ja", own) if requested == "ja-x-easy" else (requested, own)
    return tuple(dict.fromkeys(wanted))


def of_locale(locale: str) -> str:
    """Return the tag that serves a system locale such as `zh_CN.UTF-8`; Japanese where none does."""
    prefix = locale.replace("-", "_").split("_")[0].lower()
    return {"en": "en", "zh": "zh-Hans", "ko": "ko"}.get(prefix, DEFAULT)
