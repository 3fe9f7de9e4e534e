"""The settings: what a key takes, which file wins, what a policy fixes, and what is said of a mistake."""

from pathlib import Path

import pytest

from minato_viewer.language.catalogues import messages
from minato_viewer.language.tags import TAGS
from minato_viewer.services.settings import KEYS, MOST_PROBLEMS, OF_POLICIES, Places, Settings, Wording, load
from tests.unit.setting import assert_valid, loaded, said, written

EVERY_TAG = '"ja", "ja-x-easy", "en", "zh-Hans", "ko"'


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Beside the program, of the machine and of the user; policies beside the program and of the machine."""
    folders = [tmp_path / name for name in ("beside", "machine", "user")]
    for folder in folders:
        folder.mkdir()
    return Places(
        tuple(folder / "settings.toml" for folder in folders), tuple(folder / "policy.toml" for folder in folders[:2])
    )


# -- what a key takes ----------------------------------------------------------------------------


def test_without_files_everything_has_its_default(places: Places) -> None:
    assert load(places) == (Settings(), (), {})
    assert Settings().languages == TAGS
    assert (Settings().theme, Settings().text_size, Settings().remember) == ("system", 100, True)
    assert_valid(Settings())


def test_every_key_is_a_field_and_every_field_but_what_is_fixed_a_key() -> None:
    assert (*KEYS, "fixed") == Settings._fields


PIN = "pbkdf2-sha256:600000:00112233445566778899aabbccddeeff:" + "0" * 64


def test_every_key_is_read(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        f"""
        languages = ["ko", "ja"]
        language = "ko"
        start = "2024/district/shibaura-konan"
        district = "shibaura-konan"
        theme = "contrast"
        text_size = 175
        furigana = false
        office = "港区　赤坂"
        terminal = ' Akasaka "3" '
        reference_text = "hide"
        city_page = "http://example.org/plan?lang=ja"
        remember = false
        update_folder = "/mnt/updates"
        update_due_days = 90
        kiosk_idle = 45
        kiosk_inches = 32
        kiosk_bottom = 700
        kiosk_pin = "{PIN}"
        kiosk_printer = "lobby"
        [notice]
        ja = "試行中"
        zh-Hans = "试行"
        """,
    )
    assert found.problems == ()
    assert found.settings == Settings(
        languages=("ko", "ja"),
        language="ko",
        start="2024/district/shibaura-konan",
        district="shibaura-konan",
        theme="contrast",
        text_size=175,
        furigana=False,
        office=Wording("港区　赤坂"),
        notice=Wording("", (("ja", "試行中"), ("zh-Hans", "试行"))),
        terminal='Akasaka "3"',
        reference_text="hide",
        city_page="http://example.org/plan?lang=ja",
        remember=False,
        update_folder="/mnt/updates",
        update_due_days=90,
        kiosk_idle=45,
        kiosk_inches=32.0,
        kiosk_bottom=700,
        kiosk_pin=PIN,
        kiosk_printer="lobby",
    )
    assert set(found.origins) == set(KEYS) - set(OF_POLICIES)


KEY, OTHER = "0123456789abcdef" * 4, "fedcba9876543210" * 4


def trusting(policy: str) -> str:
    return f"{policy}\nupdate_keys = ['{KEY.upper()}', '{KEY}']\nupdate_revoked = ['{OTHER}']\nupdate_signatures = 2"


def test_whose_updates_count_is_said_by_a_policy_alone(tmp_path: Path) -> None:
    policy = written(tmp_path / "policy.toml", trusting(""))
    by_policy = load(Places((), (policy,)))
    assert by_policy.problems == ()
    trusted = ((KEY,), (OTHER,), 2)
    assert by_policy.settings[-4:] == (*trusted, frozenset(OF_POLICIES))
    by_user = loaded(tmp_path, trusting("theme = 'dark'"))
    assert by_user.settings == Settings(theme="dark")
    assert said(by_user) == [
        f", line {line}: {key} counts in a policy.toml alone and is ignored here."
        for line, key in zip((2, 3, 4), OF_POLICIES, strict=True)
    ]
    both = load(Places((tmp_path / "settings.toml",), (written(tmp_path / "policy.toml", "update_signatures = 2"),)))
    assert both.settings == Settings(theme="dark", update_signatures=2, fixed=frozenset({"update_signatures"}))


@pytest.mark.parametrize("value", ["'x'", "[5]", f"['{KEY[:-1]}']", f"['{KEY}0']", f"['{KEY}', 'g']", f"['{KEY}\\n']"])
def test_what_is_no_key_is_named(tmp_path: Path, value: str) -> None:
    found = load(Places((), (written(tmp_path / "policy.toml", f"update_keys = {value}"),)))
    assert found.settings == Settings()
    assert said(found) == [
        ", line 1: update_keys must be a list of public keys of 64 hexadecimal digits each; [] is used."
    ]


@pytest.mark.parametrize("value", ["-1", "3651", "1.0", "true", "'30'"])
def test_days_are_a_whole_number(tmp_path: Path, value: str) -> None:
    found = loaded(tmp_path, f"update_due_days = {value}")
    assert found.settings == Settings()
    assert said(found) == [", line 1: update_due_days must be a whole number from 0 to 3650; 0 is used."]


@pytest.mark.parametrize(
    "value", ['"ftp://a.org"', '"www.a.org"', '"https://"', '"https://a b"', '"https://区"', "0", "[]"]
)
def test_what_is_no_address_is_said_and_the_usual_one_used(value: str, tmp_path: Path) -> None:
    found = loaded(tmp_path, f"city_page = {value}")
    assert found.settings.city_page == Settings().city_page
    (sentence,) = said(found)
    assert "https://" in sentence


def test_no_address_is_no_mistake(tmp_path: Path) -> None:
    found = loaded(tmp_path, 'city_page = ""')
    assert (found.settings.city_page, found.problems) == ("", ())


def test_words_are_said_in_the_language_then_in_japanese_for_easy_japanese() -> None:
    words = Wording("", (("ja", "区"), ("en", "City")))
    assert [words.said_in(tag) for tag in TAGS] == ["区", "区", "City", "", ""]
    assert Wording("", (("ja", "区"), ("ja-x-easy", "く"))).said_in("ja-x-easy") == "く"
    assert {Wording("City").said_in(tag) for tag in TAGS} == {"City"}
    assert {Wording().said_in(tag) for tag in TAGS} == {""}


@pytest.mark.parametrize("blank", ["''", "' '", "'　'", "{}", "{ja = ''}", "{ja = ' ', ja-x-easy = '　'}"])
def test_blank_words_do_not_hide_the_notice(tmp_path: Path, blank: str) -> None:
    found = loaded(tmp_path, f"notice = {blank}")
    assert found.problems == ()
    assert {found.settings.notice.said_in(tag) for tag in TAGS} == {""}


CHOICES = {
    "theme": '"system", "light", "dark", "contrast"; "system" is used.',
    "text_size": "100, 125, 150, 175, 200; 100 is used.",
    "furigana": '"easy", true, false; "easy" is used.',
    "remember": "true, false; true is used.",
    "reference_text": '"show", "staff", "hide"; "show" is used.',
    "language": '"", "ja", "ja-x-easy", "en", "zh-Hans", "ko"; "" is used.',
}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", '"Dark"'),
        ("theme", '""'),
        ("theme", "true"),
        ("theme", '["dark"]'),
        ("text_size", "130"),
        ("text_size", "0"),
        ("text_size", "-100"),
        ("text_size", "125.0"),
        ("text_size", '"125"'),
        ("text_size", "true"),
        ("text_size", "0x" + "f" * 1900),  # which Python does not write in decimal
        ("text_size", "inf"),
        ("reference_text", "true"),
        ("reference_text", '"Hide"'),
        ("furigana", "1"),
        ("furigana", '"true"'),
        ("furigana", '""'),
        ("remember", "1"),
        ("remember", '"no"'),
        ("language", '"fr"'),
        ("language", '"JA"'),
        ("language", "[]"),
        ("language", "1979-05-27"),
    ],
)
def test_a_value_that_is_none_of_the_choices_leaves_the_default_and_names_them(
    tmp_path: Path, key: str, value: str
) -> None:
    found = loaded(tmp_path, f"# one\n{key} = {value}\n")
    assert said(found) == [f", line 2: {key} must be one of {CHOICES[key]}"]
    assert found.settings == Settings()


@pytest.mark.parametrize("value", ["7", "true", '"x\\ny"', '"x\\u2028y"', '"\\u0000"', f'"{"x" * 201}"', "['x']"])
def test_a_text_is_one_line_of_at_most_200_characters(tmp_path: Path, value: str) -> None:
    found = loaded(tmp_path, f"terminal = {value}")
    assert said(found) == [', line 1: terminal must be a text in one line of at most 200 characters; "" is used.']
    assert found.settings == Settings()
    assert loaded(tmp_path, f'terminal = "{"x" * 200}"').settings.terminal == "x" * 200


@pytest.mark.parametrize("value", ['"2021/Policy/4"', '"/2021"', '"2021//4"', '" "', '"政策"', "2021", '"2021\\n"'])
def test_a_start_that_is_no_code_is_named(tmp_path: Path, value: str) -> None:
    found = loaded(tmp_path, f"start = {value}")
    expected = ', line 1: start must be the code of an entry, such as 2021/policy/4; "" is used.'
    assert said(found) == [expected]
    assert found.settings == Settings()


def test_a_start_that_the_plan_does_not_have_is_said_with_its_place(tmp_path: Path) -> None:
    found = loaded(tmp_path, "theme = 'dark'\nstart = '2024/policy/99'")
    assert found.unknown_start().said_in(messages("en")) == (
        f"{tmp_path / 'settings.toml'}, line 2: there is no entry with the code 2024/policy/99; "
        "the current edition is shown first."
    )


@pytest.mark.parametrize(
    ("value", "kept", "sentences"),
    [
        ("[]", TAGS, [f"must be a list of one or more of {EVERY_TAG}, each once; [{EVERY_TAG}] is used."]),
        ('"ja"', TAGS, [f"must be a list of one or more of {EVERY_TAG}, each once; [{EVERY_TAG}] is used."]),
        (
            '["en", "en", 7]',
            ("en",),
            [f'must be a list of one or more of {EVERY_TAG}, each once; ["en"] is used.'],
        ),
        (
            '["ko", "fr", "ja"]',
            ("ko", "ja"),
            [f'the language "fr" is not known, choose from {EVERY_TAG}; ["ko", "ja"] is used.'],
        ),
        ('["fr"]', TAGS, [f'the language "fr" is not known, choose from {EVERY_TAG}; [{EVERY_TAG}] is used.']),
    ],
)
def test_of_the_languages_the_known_ones_are_kept(
    tmp_path: Path, value: str, kept: tuple[str, ...], sentences: list[str]
) -> None:
    found = loaded(tmp_path, f"languages = {value}")
    assert found.settings.languages == kept
    assert [text.removeprefix(", line 1: ").removeprefix("languages ") for text in said(found)] == sentences


def test_a_wrong_text_of_a_table_leaves_the_others(tmp_path: Path) -> None:
    found = loaded(tmp_path, '[office]\nja = "麻布"\nen = 7\nfr = "Azabou"\n')
    assert found.settings.office == Wording("", (("ja", "麻布"),))
    assert said(found) == [
        ', line 3: office.en must be a text in one line of at most 200 characters; {ja = "麻布"} is used.',
        f', line 4: the language "fr" is not known, choose from {EVERY_TAG}; {{ja = "麻布"}} is used.',
    ]
    assert said(loaded(tmp_path, "office = 7")) == [
        ', line 1: office must be a text, or a table with a text for each language; "" is used.'
    ]
    assert said(loaded(tmp_path, '[[office]]\nja = "麻布"'))[0].startswith(
        ", line 1: office must be a text, or a table"
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("text-size = 125", "the key text-size is not known and is ignored; perhaps text_size is meant."),
        ("Theme = 'dark'", "the key Theme is not known and is ignored; perhaps theme is meant."),
        ("colour = 1", "the key colour is not known and is ignored."),
        ("[viewer]\ncolour = 1", "the key viewer is not known and is ignored."),
        ('"a\\nb" = 1', "the key a\ufffdb is not known and is ignored."),
        (f"{'k' * 300} = 1", f"the key {'k' * 60}… is not known and is ignored."),
        ("'' = 1", "the key  is not known and is ignored."),
    ],
)
def test_an_unknown_key_is_ignored_and_the_nearest_named(tmp_path: Path, content: str, sentence: str) -> None:
    found = loaded(tmp_path, content)
    assert said(found) == [f", line 1: {sentence}"]
    assert found.settings == Settings()


def test_a_key_that_stands_below_a_table_is_told_to_move_up(tmp_path: Path) -> None:
    found = loaded(tmp_path, '[office]\nja = "麻布"\ntheme = "dark"\n\n[viewer]\nremember = false\n')
    assert found.settings == Settings(office=Wording("", (("ja", "麻布"),)))
    assert said(found) == [
        ", line 3: theme stands below [office] and is ignored; move it above the line [office].",
        ", line 6: remember stands below [viewer] and is ignored; move it above the line [viewer].",
    ]


def test_of_a_file_that_is_not_ours_a_few_keys_are_named_and_ours_are_still_read(tmp_path: Path) -> None:
    lines = [f"key{number} = {number}" for number in range(3000)]
    found = loaded(tmp_path, "\n".join([*lines, "theme = 'dark'"]))
    assert [problem.line for problem in found.problems] == list(range(1, MOST_PROBLEMS + 1))
    assert found.settings.theme == "dark"
    tags = ", ".join(f"'x{number}'" for number in range(200))
    assert len(loaded(tmp_path, f"languages = [{tags}]").problems) == MOST_PROBLEMS
    table = "\n".join(f"x{number} = ''" for number in range(200))
    assert len(loaded(tmp_path, f"[notice]\n{table}").problems) == MOST_PROBLEMS


# -- where the start language is not offered -----------------------------------------------------


def test_a_start_language_that_is_not_offered_gives_way(places: Places) -> None:
    written(places.settings[1], 'languages = ["ja", "en"]')
    written(places.settings[2], '\nlanguage = "ko"')
    found = load(places)
    assert (found.settings.languages, found.settings.language) == (("ja", "en"), "")
    assert found.problems[0].file == places.settings[2]
    assert said(found) == [', line 2: language must be one of "", "ja", "en"; "" is used.']


def test_the_start_language_of_the_policy_does_not_give_way(places: Places) -> None:
    written(places.settings[2], '\nlanguages = ["ja", "en"]')
    written(places.policies[0], 'language = "ko"')
    found = load(places)
    assert (found.settings.languages, found.settings.language) == (TAGS, "ko")
    assert found.problems[0].file == places.settings[2]
    assert said(found) == [
        f', line 2: languages must hold "ko", the language that the policy sets; [{EVERY_TAG}] is used.'
    ]
    written(places.policies[1], 'languages = ["en"]')
    found = load(places)
    assert (found.settings.languages, found.settings.language) == (("en",), "")
    assert found.problems[0].file == places.policies[0]


def test_the_first_language_is_the_set_one_then_that_of_the_system_then_the_first() -> None:
    assert Settings().first_language("ko") == "ko"
    assert Settings(language="en").first_language("ko") == "en"
    assert Settings(languages=("zh-Hans", "ja")).first_language("ko") == "zh-Hans"
    assert Settings(languages=("zh-Hans", "ja")).first_language("ja") == "ja"


# -- which file wins -----------------------------------------------------------------------------


def test_the_user_wins_over_the_machine_and_the_machine_over_the_program_key_by_key(places: Places) -> None:
    for path, theme in zip(places.settings, ("light", "dark", "contrast"), strict=True):
        written(path, f'theme = "{theme}"\nterminal = "{path.parent.name}"')
    written(places.settings[0], 'theme = "light"\ntext_size = 125\nremember = false\noffice = {ja = "区", en = "City"}')
    written(places.settings[1], 'theme = "dark"\ntext_size = 150\noffice = {en = "Town"}')
    written(places.settings[2], 'theme = "contrast"')
    settings, problems, origins = load(places)
    assert problems == ()
    assert (settings.theme, settings.text_size, settings.remember) == ("contrast", 150, False)
    assert settings.office == Wording("", (("en", "Town"),))
    assert settings.fixed == frozenset()
    assert origins.keys() == {"theme", "text_size", "remember", "office"}


def test_a_wrong_value_leaves_that_of_the_file_before_and_says_what_is_used_in_the_end(places: Places) -> None:
    written(places.settings[0], "text_size = 125")
    written(places.settings[1], "text_size = 130")
    assert load(places).settings.text_size == 125
    assert said(load(places)) == [", line 1: text_size must be one of 100, 125, 150, 175, 200; 125 is used."]
    written(places.settings[2], "text_size = 200")
    assert said(load(places)) == [", line 1: text_size must be one of 100, 125, 150, 175, 200; 200 is used."]


def test_the_policy_wins_and_what_it_sets_is_fixed(places: Places) -> None:
    written(places.settings[2], 'theme = "dark"\ntext_size = 200')
    written(places.policies[0], 'theme = "light"\nremember = false')
    written(places.policies[1], 'theme = "contrast"\ntext_size = 99')
    settings, problems, _ = load(places)
    assert (settings.theme, settings.text_size, settings.remember) == ("contrast", 200, False)
    assert settings.fixed == {"theme", "remember"}
    assert [problem.file for problem in problems] == [places.policies[1]]


def test_a_wish_changes_what_the_policy_did_not_fix(places: Places) -> None:
    written(places.policies[0], 'theme = "light"\nlanguages = ["ja", "en"]')
    settings = load(places).settings
    wished = settings.with_wishes(theme="dark", text_size=150, start=None, language="en")
    assert (wished.theme, wished.text_size, wished.start, wished.language) == ("light", 150, "", "en")
    assert wished.fixed == settings.fixed
    assert wished.with_wishes(language="ko", text_size=133, remember="x", terminal=7, office=[]) == wished
    assert Settings().with_wishes(theme="dark").theme == "dark"
    assert Settings(language="ko").with_wishes(languages=["ja"]) == Settings(languages=("ja",))
    with pytest.raises(KeyError):
        settings.with_wishes(colour="red")
    with pytest.raises(KeyError):
        settings.with_wishes(fixed=frozenset())


def test_an_empty_table_takes_words_away_and_a_wrong_one_does_not(places: Places) -> None:
    written(places.settings[0], 'office = "区"\nnotice = "試行中"')
    written(places.settings[1], 'office = {}\nnotice = {fr = "essai"}')
    assert load(places).settings == Settings(notice=Wording("試行中"))


def test_the_file_that_won_is_the_one_whose_start_is_unknown(places: Places) -> None:
    written(places.settings[0], 'start = "2021"')
    written(places.settings[2], '\nstart = "2024"')
    problem = load(places).unknown_start()
    assert (problem.file, problem.line, problem.values["code"]) == (places.settings[2], 2, "2024")


def test_problems_come_in_the_order_of_the_files_and_their_lines(places: Places) -> None:
    for path in (*places.policies, *places.settings):
        written(path, "terminal = 7\nx = 1\ntheme = 7")
    written(places.settings[1], b"\xff")
    found = [(problem.file, problem.line) for problem in load(places).problems]
    expected = [(path, line) for path in (*places.settings, *places.policies) for line in (1, 2, 3)]
    assert found == [row for row in expected if row[0] != places.settings[1] or row[1] == 1]
