"""The program's settings: TOML files beside the program, of the machine and of the user, and a policy that wins.

Each key stands in `_READERS` with what it takes; docs/settings.md (and .ja.md) describes it for those who set it.
No file stops the program: what is wrong in one is left out and becomes a `Problem`, a sentence that names file and
line and says what is used instead.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from minato_viewer import paths
from minato_viewer.domain.messages import N_
from minato_viewer.language.tags import TAGS
from minato_viewer.language.wordings import Wording
from minato_viewer.services import setting_values as values
from minato_viewer.services.setting_values import MOST_PROBLEMS, Mistake, Reading, listed, shown
from minato_viewer.services.settings_file import Problem, SettingsFile, UnusableFileError, in_a_line, read

if TYPE_CHECKING:
    from minato_viewer.planfile.reader import Plan

SETTINGS_FILE, POLICY_FILE, OFFICES_FILE = "settings.toml", "policy.toml", "offices.toml"
THEMES = ("system", "light", "dark", "contrast")
REFERENCE_TEXTS = ("show", "staff", "hide")
"""Who is shown our translations that the city has not approved: everyone, staff alone, nobody."""
TEXT_SIZES = (100, 125, 150, 175, 200)
"""Per cent of the theme's own sizes."""
PAPERS = ("A4", "A5")
"""On which pages can be printed."""
FURIGANA = ("easy", True, False)
"""In plain Japanese alone, in all Japanese texts, or nowhere."""
MOST_DAYS = 3650
IDLE = (30, 600)
"""Seconds without use after which a kiosk may ask whether anybody is there: the least and the most."""
INCHES = (15.6, 100.0)
HIGHEST = 2_000
"""Millimetres."""
PIN_HASH = r"pbkdf2-sha256:[0-9]{6,7}:[0-9a-f]{32}:[0-9a-f]{64}"


class Settings(NamedTuple):
    """What the files say, and the default of what they do not. Every field but the last is a key of the files."""

    languages: tuple[str, ...] = TAGS
    """The languages that are offered, in their order."""
    language: str = ""
    """The interface language at the start, one of `languages`; "" for that of the system (see `first_language`)."""
    start: str = ""
    """Code of the entry that is shown first; "" for the current edition."""
    district: str = ""
    """Last part of the code of the district that this office serves, which comes first in lists; "" for none."""
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
    kiosk_idle: int = 90
    """Seconds without use, after which a kiosk asks whether anybody is there."""
    kiosk_inches: float = 21.5
    """Of the kiosk's screen, from corner to corner."""
    kiosk_bottom: int = 900
    """Millimetres from the floor to the lower edge of the kiosk's screen."""
    kiosk_pin: str = ""
    """The slow hash of the PIN with which staff leave the kiosk (`minato-viewer --kiosk-pin`); "" for no way out."""
    kiosk_printer: str = ""
    """The name of the printer on which visitors of a kiosk print; "" for none."""
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

    def unknown_district(self, plan: "Plan") -> tuple[Problem, ...]:
        """Return the problem of a `district` that `plan` does not have, if so."""
        name = self.settings.district
        if not name:
            return ()
        from minato_viewer.planfile.search_choices import has_district  # noqa: PLC0415 - for offices of a district

        if has_district(plan.path, name):
            return ()
        return (self.origins["district"].problem(values.UNKNOWN_DISTRICT, "district", name=name),)


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
    found: dict[str, Any] = {}
    origins: dict[str, SettingsFile] = {}
    fixed: set[str] = set()
    problems: list[Problem] = []
    mistakes: list[tuple[SettingsFile, Mistake]] = []
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
            wrong += [Mistake(key, _POLICY_ALONE) for key in OF_POLICIES if key in file.tables]
            usable = {key: value for key, value in usable.items() if key not in OF_POLICIES}
        found |= usable
        origins |= dict.fromkeys(usable, file)
        mistakes += [(file, mistake) for mistake in wrong]
        if path in places.policies:
            fixed |= usable.keys()
    settings, disagreement = _agreeing(Settings(**found, fixed=frozenset(fixed)))
    if disagreement is not None:
        mistakes.append((origins[disagreement.key], disagreement))
    # Only now it is known what is used instead.
    problems += [_problem(file, mistake, settings) for file, mistake in mistakes]
    problems.sort(key=lambda problem: (in_order.index(problem.file), problem.line))
    return Loaded(settings, tuple(problems), origins)


# -- what a key takes ----------------------------------------------------------------------------

_POLICY = N_("{file}, line {line}: {key} must hold {tag}, the language that the policy sets; {used} is used.")
_UNKNOWN = N_("{file}, line {line}: the key {key} is not known and is ignored.")
_PIN = N_("{file}, line {line}: {key} must be what minato-viewer --kiosk-pin prints; {used} is used.")
_NEAREST = N_("{file}, line {line}: the key {key} is not known and is ignored; perhaps {nearest} is meant.")
_POLICY_ALONE = N_("{file}, line {line}: {key} counts in a policy.toml alone and is ignored here.")

KEYS = Settings._fields[:-1]
_READERS: dict[str, Callable[[Any], Reading]] = {
    "languages": values.languages,
    "language": values.one_of("language", "", *TAGS),
    "start": values.matching("start", values.CODE, values.NO_CODE),
    "district": values.matching("district", values.DISTRICT, values.NO_DISTRICT),
    "theme": values.one_of("theme", *THEMES),
    "text_size": values.one_of("text_size", *TEXT_SIZES),
    "furigana": values.one_of("furigana", *FURIGANA),
    "office": values.wording("office", KEYS),
    "notice": values.wording("notice", KEYS),
    "terminal": values.line("terminal"),
    "reference_text": values.one_of("reference_text", *REFERENCE_TEXTS),
    "city_page": values.matching("city_page", values.ADDRESS, values.NO_ADDRESS),
    "remember": values.one_of("remember", True, False),
    "update_folder": values.line("update_folder"),
    "update_due_days": values.whole_number("update_due_days", 0, MOST_DAYS),
    "kiosk_idle": values.whole_number("kiosk_idle", *IDLE),
    "kiosk_inches": values.number("kiosk_inches", *INCHES),
    "kiosk_bottom": values.whole_number("kiosk_bottom", 0, HIGHEST),
    "kiosk_pin": values.matching("kiosk_pin", PIN_HASH, _PIN),
    "kiosk_printer": values.line("kiosk_printer"),
    "update_keys": values.public_keys("update_keys"),
    "update_revoked": values.public_keys("update_revoked"),
    "update_signatures": values.one_of("update_signatures", 1, 2),
}
OF_POLICIES = ("update_keys", "update_revoked", "update_signatures")
"""Whose updates are believed: whoever may write a user's settings may not decide that."""


def _values(tables: Mapping[str, Any]) -> Reading:
    usable: dict[str, Any] = {}
    wrong: list[Mistake] = []
    for key in tables:
        if key in _READERS:
            value, mistakes = _READERS[key](tables[key])
            wrong += mistakes
            if value is not None:
                usable[key] = value
    unknown = (mistake for key in tables if key not in _READERS for mistake in _unknown(key, tables[key]))
    return usable, [*wrong, *islice(unknown, MOST_PROBLEMS)]


def _unknown(key: str, value: Any) -> Iterator[Mistake]:
    """Yield the mistakes of a key or table that is not known: what is ours in such a table only stands too low."""
    ours = [name for name in cast("dict[str, Any]", value) if name in KEYS] if isinstance(value, dict) else []
    for name in ours:
        yield Mistake(key, values.BELOW, {"table": in_a_line(key)}, name)
    if not ours:
        # Only after a mistake.
        from difflib import get_close_matches  # noqa: PLC0415

        nearest = get_close_matches(key[:40].lower().replace("-", "_"), KEYS, 1)
        yield Mistake(key, _NEAREST, {"nearest": nearest[0]}) if nearest else Mistake(key, _UNKNOWN)


def _offers_its_language(settings: Settings) -> bool:
    return not settings.language or settings.language in settings.languages


def _agreeing(settings: Settings) -> tuple[Settings, Mistake | None]:
    """Return the settings with a start language that is offered; where it is not, what gives way is a mistake."""
    if _offers_its_language(settings):
        return settings, None
    if "language" in settings.fixed and "languages" not in settings.fixed:
        mistake = Mistake("languages", _POLICY, {"tag": shown(settings.language)})
        return settings._replace(languages=TAGS), mistake
    mistake = Mistake("language", values.CHOICE, {"choices": listed(("", *settings.languages))})
    return settings._replace(language=""), mistake


# -- how a mistake is said -----------------------------------------------------------------------


def _problem(file: SettingsFile, mistake: Mistake, settings: Settings) -> Problem:
    place = (mistake.key, mistake.inside) if mistake.inside else (mistake.key,)
    name = mistake.inside if mistake.message == values.BELOW else ".".join(place)
    said = {"key": in_a_line(name), **mistake.values}
    if mistake.key in KEYS:
        said["used"] = shown(getattr(settings, mistake.key))
    return file.problem(mistake.message, *place, **said)
