"""Languages: tags, gettext folders, chains."""

import pytest
from babel.core import Locale

from minato_viewer.domain.faults import ExitCode, RequestFault
from minato_viewer.language.tags import DEFAULT, LANGUAGES, TAGS, chain, language, of_locale


def test_the_five_languages_and_their_gettext_folders_are_those_of_the_contract() -> None:
    assert {row.tag: row.folder for row in LANGUAGES} == {
        "ja": "ja",
        "ja-x-easy": "ja@easy",
        "en": "en",
        "zh-Hans": "zh_Hans",
        "ko": "ko",
    }
    assert TAGS == ("ja", "ja-x-easy", "en", "zh-Hans", "ko")
    assert DEFAULT in TAGS


@pytest.mark.parametrize("tag", TAGS)
def test_babel_knows_the_folder_and_the_locale_of_every_language(tag: str) -> None:
    spoken = {Locale.parse(language(tag).folder).language, Locale.parse(language(tag).locale).language}
    assert spoken == {tag.partition("-")[0]}


@pytest.mark.parametrize(
    ("requested", "own", "expected"),
    [
        ("ja", "ja", ("ja",)),
        ("ja", "zh-Hans", ("ja", "zh-Hans")),
        ("ja-x-easy", "ja", ("ja-x-easy", "ja")),
        ("ja-x-easy", "zh-Hans", ("ja-x-easy", "ja", "zh-Hans")),
        ("en", "ja", ("en", "ja")),
        ("en", "zh-Hans", ("en", "zh-Hans")),
        ("zh-Hans", "zh-Hans", ("zh-Hans",)),
        ("zh-Hans", "ja", ("zh-Hans", "ja")),
        ("ko", "zh-Hans", ("ko", "zh-Hans")),
    ],
)
def test_a_chain_is_the_request_then_japanese_after_easy_japanese_then_the_edition(
    requested: str, own: str, expected: tuple[str, ...]
) -> None:
    assert chain(requested, own) == expected


@pytest.mark.parametrize("tag", ["", "fr", "JA", "zh", "zh_Hans", "ja@easy", "en-US"])
def test_an_unknown_tag_is_a_usage_fault_that_names_the_known_ones(tag: str) -> None:
    with pytest.raises(RequestFault) as caught:
        language(tag)
    assert caught.value.exit_code == ExitCode.USAGE
    assert all(known in str(caught.value) for known in TAGS)


@pytest.mark.parametrize(
    ("locale", "tag"),
    [
        ("ja_JP.UTF-8", "ja"),
        ("en_GB", "en"),
        ("en-US", "en"),
        ("zh_CN.UTF-8", "zh-Hans"),
        ("zh_TW", "zh-Hans"),
        ("ko_KR.eucKR", "ko"),
        ("KO", "ko"),
        ("C.UTF-8", "ja"),
        ("POSIX", "ja"),
        ("fr_FR", "ja"),
        ("", "ja"),
    ],
)
def test_a_system_locale_is_served_by_the_nearest_language(locale: str, tag: str) -> None:
    assert of_locale(locale) == tag
