"""The point-at board: phrases of a counter that two people without a common language point at, and names of languages.

The phrases are the viewer's own words and name no fact about the city. Which further languages there are to point at
is what a history of the city says, and the board says so.
"""

from typing import NamedTuple

from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import Status
from minato_viewer.language.catalogues import Messages
from minato_viewer.language.tags import OWN_NAMES
from minato_viewer.pages.blocks import Block, Imprint, Page, Paragraph, Role, Words
from minato_viewer.pages.paper import Leaflet


class Speaking(NamedTuple):
    """Who says what: the heading and the phrases, as English messages."""

    heading: str
    phrases: tuple[str, ...]


class OwnName(NamedTuple):
    """A language that the board can only name."""

    tag: str
    """BCP 47."""
    name: str
    """In its own letters."""
    message: str
    """Its name as an English message."""


TITLE = N_("Point-at board")
NOT_HERE = N_("My language is not here")
STAFF = Speaking(
    N_("What staff say"),
    (
        N_("Please point at what you want to say."),
        N_("Do you need an interpreter?"),
        N_("We will telephone an interpreter."),
        N_("Please wait a moment."),
        N_("Please sit down."),
        N_("Please take a number."),
        N_("Which section are you looking for?"),
        N_("This is the right window."),
        N_("It is at another window."),
        N_("It is on another floor."),
        N_("Please come with me."),
        N_("How many of you are there?"),
        N_("Please show me."),
        N_("Please write it here."),
        N_("Can you read this?"),
        N_("Do you want a copy on paper?"),
        N_("There is no charge."),
        N_("Please take your time."),
        N_("Please come back later."),
    ),
)
VISITOR = Speaking(
    N_("What visitors say"),
    (
        N_("Yes."),
        N_("No."),
        N_("I do not understand."),
        N_("I need an interpreter."),
        N_("I am looking for this."),
        N_("Which window is the right one?"),
        N_("Where are the toilets?"),
        N_("Please speak slowly."),
        N_("Please write it down."),
        N_("Please show me the way."),
        N_("I want a copy on paper."),
        N_("How long does it take?"),
        N_("How much does it cost?"),
        N_("I will come back later."),
        N_("Thank you."),
    ),
)
SPEAKING = (STAFF, VISITOR)

SOURCE = "https://adeac.jp/minato-city/texthtml/d110080/mp100010-110080/ht001520"
"""The page of the city's history that names the languages of its interpreter service."""
LANGUAGES = (
    OwnName("en", "English", N_("English")),
    OwnName("ko", "한국어", N_("Korean")),
    OwnName("zh", "中文", N_("Chinese")),
    OwnName("id", "Bahasa Indonesia", N_("Indonesian")),
    OwnName("es", "Español", N_("Spanish")),
    OwnName("th", "ไทย", N_("Thai")),
    OwnName("tl", "Tagalog", N_("Tagalog")),
    OwnName("ne", "नेपाली", N_("Nepali")),
    OwnName("hi", "हिन्दी", N_("Hindi")),
    OwnName("fr", "Français", N_("French")),
    OwnName("vi", "Tiếng Việt", N_("Vietnamese")),
    OwnName("pt", "Português", N_("Portuguese")),
    OwnName("ru", "Русский", N_("Russian")),
)


def source_line(messages: Messages) -> str:
    """Return where the names are from, and who knows more."""
    return messages.gettext(
        "The languages of the city's interpreter service as the city's history names them: {address}. "
        "The offices of the city know which are offered today.",
        address=SOURCE,
    )


def page(messages: Messages) -> Page:
    """Return the board as a page for paper, in one language; two of them stand side by side field by field."""
    blocks: list[Block] = []
    for number, speaking in enumerate(SPEAKING, 1):
        blocks.append(_said(f"heading.{number}", Role.HEADING, speaking.heading, messages))
        blocks += [
            _said(f"phrase.{number}.{place}", Role.VALUE, phrase, messages)
            for place, phrase in enumerate(speaking.phrases, 1)
        ]
    heading = _said("names", Role.HEADING, NOT_HERE, messages)
    blocks.append(heading._replace(remark=source_line(messages)))
    for place, language in enumerate(LANGUAGES, 1):
        name = Words(f"name.{place}", OWN_NAMES, language.name, Status.EDITOR, stale=False, source="")
        blocks.append(Paragraph(Role.VALUE, name, remark=messages.gettext(language.message)))
    blocks.append(Imprint((messages.gettext("Written by this viewer, not by the city."),)))
    title, plan = messages.gettext(TITLE), messages.gettext("Minato City Basic Plan")
    return Page(
        "", 0, messages.tag, plan, None, title, (), tuple(blocks), None, None, own_words=False, own_words_differ=False
    )


def _said(field: str, role: Role, message: str, messages: Messages) -> Paragraph:
    return Paragraph(role, Words(field, messages.tag, messages.gettext(message), Status.EDITOR, stale=False, source=""))


LEAFLET = Leaflet("board", page)
