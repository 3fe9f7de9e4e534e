"""The program's settings: TOML files beside the program, of the machine and of the user, and a policy that wins.

Each key stands in `_READERS` with what it takes; docs/settings.md (and .ja.md) describes it for those who set it.
No file stops the program: what is wrong in one is left out and becomes a `Problem`, a sentence that names file and
line and says what is used instead.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, cast

from minato_viewer import paths
from minato_viewer.domain.messages import N_
from minato_viewer.language.tags import TAGS
from minato_viewer.language.wordings import Wording
from minato_viewer.services.settings_file import UNSEEN, Problem, SettingsFile, UnusableFileError, in_a_line, read

SETTINGS_FILE, POLICY_FILE, OFFICES_FILE = "settings.toml", "policy.toml", "offices.toml"
THEMES = ("system", "light", "dark", "contrast")
REFERENCE_TEXTS = ("show", "staff", "hide")
"""Who is shown our translations that the city has not approved: everyone, staff alone, nobody."""
TEXT_SIZES = (100, 125, 150, 175, 200)
PAPERS = ("A4", "A5")
"""On which pages can be printed."""
"""Per cent of the theme's own sizes."""
FURIGANA = ("easy", True, False)
"""In plain Japanese alone, in all Japanese texts, or nowhere."""
LONGEST_TEXT = 200
MOST_DAYS = 3650
MOST_PROBLEMS = 20
"""How many unknown keys of one file (or languages of one key) are reported: what is not ours may hold thousands."""


class Settings(NamedTuple):
    """What the files say, and the default of what they do not. Every field but the last is a key of the files."""

    languages: tuple[str, ...] = TAGS
    """The languages that are offered, in their order."""
    language: str = ""
    """The interface language at the start, one of `languages`; "" for that of the system (see `first_language`)."""
    start: str = ""
    """Code of the entry that is shown first; "" for the current edition."""
    theme: str = "system"
    text_size: int = 100
    furigana: str | bool = "easy"
    """One of FURIGANA."""
    office: Wording = Wording()
    notice: Wording = Wording()
    """What the footer says instead of "Evaluation version, not an official app of the city"."""
    terminal: str = ""
    reference_text: str = "show"
    city_page: str = "https://www.city.minato.tokyo.jp/kikaku/kuse/shisaku/kihonkoso/kekaku.html"
    """The city's own page about the plan, to which the QR code on paper leads; "" for no QR code."""
    remember: bool = True
    """Whether window, last entry, theme, text size and furigana are kept for the next start."""
    update_folder: str = ""
    """Where updates and the notice of the day are looked for; a relative one is below the program's folder."""
    update_due_days: int = 0
    """After so many days the content is called due for an update; 0 for never."""
    update_keys: tuple[str, ...] = ()
    """Public keys beside those that the program brings along, in hexadecimal; as the next two, a policy's alone."""
    update_revoked: tuple[str, ...] = ()
    update_signatures: int = 1
    fixed: frozenset[str] = frozenset()
    """The keys that the policy sets: nothing else may change them, and their controls are disabled."""

    def shows_references(self, *, staff: bool) -> bool:
        """Return whether a screen shows reference translations: one before staff (a counter), or one for visitors."""
        return self.reference_text == "show" or (staff and self.reference_text == "staff")

    def first_language(self, system: str) -> str:
        """Return the interface language at the start where the system's is `system`."""
        wanted = self.language or system
        return wanted if wanted in self.languages else self.languages[0]

    def with_wishes(self, **wishes: Any) -> "Settings":
        """Return these settings with what is remembered or asked for by key (None: no wish) in place of the files'.

        A wish has the form that a file would give it. What the policy fixed stays, and so does a key whose wish is
        no valid value, because what is remembered may be anything. KeyError for a name that is no key.
        """
        taken: dict[str, Any] = {}
        for key, wish in wishes.items():
            # None is no wish, and saying what is wrong with it would take a while.
            value = _READERS[key](wish)[0] if wish is not None else None
            if value is not None and key not in self.fixed:
                taken[key] = value
        wished = self._replace(**taken)
        if not _offers_its_language(wished):
            wished = wished._replace(language=self.language)
        return _agreeing(wished)[0]


class Places(NamedTuple):
    """The files that may exist. Of each kind, a later one wins key by key; a policy wins over all settings."""

    settings: tuple[Path, ...]
    policies: tuple[Path, ...] = ()


class Loaded(NamedTuple):
    """The settings, what was wrong in the files in their order, and the file that each key came from."""

    settings: Settings
    problems: tuple[Problem, ...]
    origins: Mapping[str, SettingsFile]

    def unknown_start(self) -> Problem:
        """Return the problem of a `start` that is no entry of the plan, which only the plan can tell.

        KeyError where no file sets `start`.
        """
        message = N_("{file}, line {line}: there is no entry with the code {code}; the current edition is shown first.")
        return self.origins["start"].problem(message, "start", code=self.settings.start)


def usual_places() -> Places:
    """Return where the files are looked for; the user's folder holds no policy."""
    shared = (paths.program_folder(), paths.machine_folder())
    user = paths.user_settings_folder()
    return Places(
        tuple(folder / SETTINGS_FILE for folder in (*shared, *([user] if user else []))),
        tuple(folder / POLICY_FILE for folder in shared),
    )


def office_places() -> tuple[Path, ...]:
    """Return where the file of offices is looked for: beside the settings."""
    return tuple(path.with_name(OFFICES_FILE) for path in usual_places().settings)


def load(places: Places) -> Loaded:
    """Read the files that exist. Whatever is in them, the settings are valid and nothing is raised."""
    values: dict[str, Any] = {}
    origins: dict[str, SettingsFile] = {}
    fixed: set[str] = set()
    problems: list[Problem] = []
    mistakes: list[tuple[SettingsFile, _Mistake]] = []
    in_order = (*places.settings, *places.policies)
    for path in in_order:
        try:
            file = read(path)
        except UnusableFileError as error:
            problems.append(error.problem)
            continue
        if file is None:
            continue
        usable, wrong = _values(file.tables)
        if path not in places.policies:
            wrong = [mistake for mistake in wrong if mistake.key not in OF_POLICIES]
            wrong += [_Mistake(key, _POLICY_ALONE) for key in OF_POLICIES if key in file.tables]
            usable = {key: value for key, value in usable.items() if key not in OF_POLICIES}
        values |= usable
        origins |= dict.fromkeys(usable, file)
        mistakes += [(file, mistake) for mistake in wrong]
        if path in places.policies:
            fixed |= usable.keys()
    settings, disagreement = _agreeing(Settings(**values, fixed=frozenset(fixed)))
    if disagreement is not None:
        mistakes.append((origins[disagreement.key], disagreement))
    # Only now it is known what is used instead.
    problems += [_problem(file, mistake, settings) for file, mistake in mistakes]
    problems.sort(key=lambda problem: (in_order.index(problem.file), problem.line))
    return Loaded(settings, tuple(problems), origins)


# -- what a key takes ----------------------------------------------------------------------------


class _Mistake(NamedTuple):
    """Something wrong at `key`, or at `inside` in its table; `message` also gets file, line, key and {used}."""

    key: str
    message: str
    values: Mapping[str, Any] = {}
    inside: str = ""


_Reading = tuple[Any, list[_Mistake]]
"""The value, None where there is no usable one, and what is wrong."""

# Not compiled before a file needs them.
_CODE = r"[a-z0-9]+(?:[/-][a-z0-9]+)*"

# TRANSLATORS: {used} is a value as it stands in a settings file, such as "system" or 100.
_CHOICE = N_("{file}, line {line}: {key} must be one of {choices}; {used} is used.")
_TEXT = N_("{file}, line {line}: {key} must be a text in one line of at most {most} characters; {used} is used.")
_WORDING = N_("{file}, line {line}: {key} must be a text, or a table with a text for each language; {used} is used.")
_START = N_("{file}, line {line}: {key} must be the code of an entry, such as 2021/policy/4; {used} is used.")
_ADDRESS = N_("{file}, line {line}: {key} must be an address that begins with https:// or http://; {used} is used.")
_LIST = N_("{file}, line {line}: {key} must be a list of one or more of {choices}, each once; {used} is used.")
# TRANSLATORS: {used} is a value as it stands in a settings file, such as ["ja", "en"].
_LANGUAGE = N_("{file}, line {line}: the language {tag} is not known, choose from {choices}; {used} is used.")
_POLICY = N_("{file}, line {line}: {key} must hold {tag}, the language that the policy sets; {used} is used.")
_UNKNOWN = N_("{file}, line {line}: the key {key} is not known and is ignored.")
_NEAREST = N_("{file}, line {line}: the key {key} is not known and is ignored; perhaps {nearest} is meant.")
# TRANSLATORS: [{table}] is a line of the settings file; the keys below it belong to it.
_BELOW = N_("{file}, line {line}: {key} stands below [{table}] and is ignored; move it above the line [{table}].")


_NUMBER = N_("{file}, line {line}: {key} must be a whole number from 0 to {most}; {used} is used.")
_HEX = N_("{file}, line {line}: {key} must be a list of public keys of 64 hexadecimal digits each; {used} is used.")
_POLICY_ALONE = N_("{file}, line {line}: {key} counts in a policy.toml alone and is ignored here.")


def _one_of(key: str, *choices: str | int) -> Callable[[Any], _Reading]:
    def reader(value: Any) -> _Reading:
        # The type too, because true equals 1 and 100.0 equals 100.
        if any(type(value) is type(choice) and value == choice for choice in choices):
            return value, []
        return None, [_Mistake(key, _CHOICE, {"choices": _listed(choices)})]

    return reader


def _text(key: str, inside: str = "") -> Callable[[Any], _Reading]:
    def reader(value: Any) -> _Reading:
        if isinstance(value, str) and len(value) <= LONGEST_TEXT and not re.search(UNSEEN, value):
            # Blank words are none: they must not hide the notice.
            return value.strip(), []
        return None, [_Mistake(key, _TEXT, {"most": LONGEST_TEXT}, inside)]

    return reader


def _start(value: Any) -> _Reading:
    if isinstance(value, str) and (not value or (len(value) <= LONGEST_TEXT and re.fullmatch(_CODE, value))):
        return value, []
    return None, [_Mistake("start", _START)]


def _address(key: str) -> Callable[[Any], _Reading]:
    def reader(value: Any) -> _Reading:
        wanted = r"https?://[!-~]+" if value else ""
        if isinstance(value, str) and len(value) <= LONGEST_TEXT and re.fullmatch(wanted, value):
            return value, []
        return None, [_Mistake(key, _ADDRESS)]

    return reader


def _languages(value: Any) -> _Reading:
    listed = cast("list[Any]", value) if isinstance(value, list) else []
    tags = list(dict.fromkeys(tag for tag in listed if isinstance(tag, str)))
    known = tuple(tag for tag in tags if tag in TAGS)
    wrong = [_Mistake("languages", _LANGUAGE, _unknown_tag(tag)) for tag in tags if tag not in TAGS][:MOST_PROBLEMS]
    if not listed or len(tags) < len(listed):
        wrong.append(_Mistake("languages", _LIST, {"choices": _listed(TAGS)}))
    return known or None, wrong


def _wording(key: str) -> Callable[[Any], _Reading]:
    def reader(value: Any) -> _Reading:
        if isinstance(value, str):
            plain, wrong = _text(key)(value)
            return None if plain is None else Wording(plain), wrong
        if not isinstance(value, dict):
            return None, [_Mistake(key, _WORDING)]
        texts: dict[str, str] = {}
        wrong: list[_Mistake] = []
        for tag, text in cast("dict[str, Any]", value).items():
            if tag in TAGS:
                texts[tag], mistakes = _text(key, tag)(text)
                wrong += mistakes
            elif tag in KEYS:
                wrong.append(_Mistake(key, _BELOW, {"table": key}, tag))
            else:
                wrong.append(_Mistake(key, _LANGUAGE, _unknown_tag(tag), tag))
        said = tuple((tag, text) for tag, text in texts.items() if text)
        return Wording("", said) if said or not wrong else None, wrong[:MOST_PROBLEMS]

    return reader


def _whole_number(key: str, most: int) -> Callable[[Any], _Reading]:
    def reader(value: Any) -> _Reading:
        # The type itself, because true is a number, too.
        if type(value) is int and 0 <= value <= most:
            return value, []
        return None, [_Mistake(key, _NUMBER, {"most": most})]

    return reader


def _public_keys(key: str) -> Callable[[Any], _Reading]:
    def reader(value: Any) -> _Reading:
        listed = cast("list[Any]", value) if isinstance(value, list) else [None]
        keys = [row.lower() for row in listed if isinstance(row, str) and re.fullmatch("[0-9a-fA-F]{64}", row)]
        return (tuple(dict.fromkeys(keys)), []) if len(keys) == len(listed) else (None, [_Mistake(key, _HEX)])

    return reader


_READERS: dict[str, Callable[[Any], _Reading]] = {
    "languages": _languages,
    "language": _one_of("language", "", *TAGS),
    "start": _start,
    "theme": _one_of("theme", *THEMES),
    "text_size": _one_of("text_size", *TEXT_SIZES),
    "furigana": _one_of("furigana", *FURIGANA),
    "office": _wording("office"),
    "notice": _wording("notice"),
    "terminal": _text("terminal"),
    "reference_text": _one_of("reference_text", *REFERENCE_TEXTS),
    "city_page": _address("city_page"),
    "remember": _one_of("remember", True, False),
    "update_folder": _text("update_folder"),
    "update_due_days": _whole_number("update_due_days", MOST_DAYS),
    "update_keys": _public_keys("update_keys"),
    "update_revoked": _public_keys("update_revoked"),
    "update_signatures": _one_of("update_signatures", 1, 2),
}
KEYS = tuple(_READERS)
OF_POLICIES = ("update_keys", "update_revoked", "update_signatures")
"""Whose updates are believed: whoever may write a user's settings may not decide that."""


def _values(tables: Mapping[str, Any]) -> _Reading:
    usable: dict[str, Any] = {}
    wrong: list[_Mistake] = []
    for key in tables:
        if key in _READERS:
            value, mistakes = _READERS[key](tables[key])
            wrong += mistakes
            if value is not None:
                usable[key] = value
    unknown = (mistake for key in tables if key not in _READERS for mistake in _unknown(key, tables[key]))
    return usable, [*wrong, *islice(unknown, MOST_PROBLEMS)]


def _unknown(key: str, value: Any) -> Iterator[_Mistake]:
    """Yield the mistakes of a key or table that is not known: what is ours in such a table only stands too low."""
    ours = [name for name in cast("dict[str, Any]", value) if name in KEYS] if isinstance(value, dict) else []
    for name in ours:
        yield _Mistake(key, _BELOW, {"table": in_a_line(key)}, name)
    if not ours:
        # Only after a mistake.
        from difflib import get_close_matches  # noqa: PLC0415

        nearest = get_close_matches(key[:40].lower().replace("-", "_"), KEYS, 1)
        yield _Mistake(key, _NEAREST, {"nearest": nearest[0]}) if nearest else _Mistake(key, _UNKNOWN)


def _offers_its_language(settings: Settings) -> bool:
    return not settings.language or settings.language in settings.languages


def _agreeing(settings: Settings) -> tuple[Settings, _Mistake | None]:
    """Return the settings with a start language that is offered; where it is not, what gives way is a mistake."""
    if _offers_its_language(settings):
        return settings, None
    if "language" in settings.fixed and "languages" not in settings.fixed:
        mistake = _Mistake("languages", _POLICY, {"tag": _shown(settings.language)})
        return settings._replace(languages=TAGS), mistake
    mistake = _Mistake("language", _CHOICE, {"choices": _listed(("", *settings.languages))})
    return settings._replace(language=""), mistake


# -- how a mistake is said -----------------------------------------------------------------------


def _problem(file: SettingsFile, mistake: _Mistake, settings: Settings) -> Problem:
    place = (mistake.key, mistake.inside) if mistake.inside else (mistake.key,)
    name = mistake.inside if mistake.message == _BELOW else ".".join(place)
    values = {"key": in_a_line(name), **mistake.values}
    if mistake.key in KEYS:
        values["used"] = _shown(getattr(settings, mistake.key))
    return file.problem(mistake.message, *place, **values)


def _shown(value: Any) -> str:
    """Return a value of `Settings` as a file has it, in one short line."""
    if isinstance(value, Wording):
        pairs = ", ".join(f"{tag} = {_shown(text)}" for tag, text in value.by_language)
        return f"{{{pairs}}}" if pairs else _shown(value.plain)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{_listed(cast('tuple[str, ...]', value))}]"
    if isinstance(value, str):
        return '"{}"'.format(in_a_line(value).replace("\\", "\\\\").replace('"', '\\"'))
    return str(value)


def _listed(values: Iterable[str | int]) -> str:
    return ", ".join(map(_shown, values))


def _unknown_tag(tag: str) -> dict[str, str]:
    return {"tag": _shown(tag), "choices": _listed(TAGS)}
