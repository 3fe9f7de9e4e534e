"""What a page says about its own words: whose they are, whether they still hold, what not to mistake."""

from collections.abc import Iterable
from datetime import date

from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import TITLE, Basis, Edition, Figure, Status, field_name, replaced_from
from minato_viewer.language.catalogues import Messages
from minato_viewer.pages import wording
from minato_viewer.pages.blocks import Notice, Tone, Words
from minato_viewer.planfile.reader import Node

OWN_WORDS = "action:own-words"
READERS_LANGUAGE = "action:readers-language"


def about_words(
    shown: list[Words], edition: Edition, messages: Messages, *, own_words: bool, references: bool = True
) -> Iterable[Notice]:
    """Say first whether these are the city's words or our translation, and lead to the city's own.

    The viewer's own words are nobody's translation of the city: a page of nothing else says neither. `references`
    is whether the reader is shown reference translations at all.
    """
    plan_words = [words for words in shown if words.status is not Status.EDITOR]
    if not edition.is_plan:
        yield from _about_own_page(shown, edition, messages)
        return
    if own_words:
        yield Notice(
            Tone.OWN,
            wording.own_words(edition.language, messages),
            READERS_LANGUAGE,
            messages.gettext("Back to my language"),
        )
        return
    yield from _about_translations(plan_words, edition, messages)
    if any(words.stale for words in plan_words):
        yield Notice(
            Tone.REFERENCE,
            messages.gettext("The city's text has changed since this translation was made."),
        )
    if any(words.stale for words in shown if words.status is Status.EDITOR):
        yield _older_than_ours(messages)
    # Japanese that stands in for easy Japanese is our translation, which was said, or a name that the city gave.
    foreign = [
        words
        for words in plan_words
        if words.lang != messages.tag and words.lang == edition.language and not _is_name(words, messages.tag)
    ]
    if foreign and not references:
        yield Notice(
            Tone.REFERENCE,
            # TRANSLATORS: Where the city has decided to show none of the translations that it has not approved.
            messages.gettext(
                "Reference translations are not shown here. Where there is no text of the city's in this language,"
                " you are reading its own words in another one."
            ),
        )
    elif foreign:
        yield Notice(
            Tone.REFERENCE,
            wording.stands_in(edition, messages, partly=len(foreign) < len(plan_words)),
        )
    elif plan_words and all(words.status in (Status.ORIGINAL, Status.OFFICIAL) for words in plan_words):
        language = edition.language if all(words.lang == edition.language for words in plan_words) else ""
        yield Notice(Tone.OWN, wording.own_words(language, messages))


def _about_translations(plan_words: list[Words], edition: Edition, messages: Messages) -> Iterable[Notice]:
    """Say whose translations these are: ours, or approved by which offices; the first leads to the city's words."""
    approvals = list(dict.fromkeys((words.approved_by, words.approved_on) for words in plan_words if _approved(words)))
    ours = any(words.status is Status.REFERENCE and not _approved(words) for words in plan_words)
    notices: list[Notice] = []
    if ours:
        # TRANSLATORS: Must say: a reference translation, and not the city's official text.
        whole = messages.gettext("Reference translation, not the city's official text.")
        # TRANSLATORS: The same of a page of which another part is approved or worded by the city.
        partly = messages.gettext("Partly a reference translation, not the city's official text.")
        own = any(_is_sentence_of_the_city(words, messages.tag) for words in plan_words)
        notices.append(Notice(Tone.REFERENCE, partly if approvals or own else whole))
    several = len(approvals) + ours > 1
    for office, day in approvals:
        sentence = wording.approved(office, day, messages, partly=several)
        notices.append(Notice(Tone.APPROVED, sentence, name=office))
    for number, notice in enumerate(notices):
        yield (
            notice
            if number
            else notice._replace(action=OWN_WORDS, action_text=wording.show_own_words(edition, messages))
        )


def beside(shown: list[Words], messages: Messages) -> dict[str, str]:
    """Return by field what is said beside the texts that are not whose most texts of the page are."""
    standings = {words.field: _standing(words, messages) for words in shown if words.status is not Status.EDITOR}
    counted = list(standings.values())
    # Where there are as many of one as of the other, the page is what its first notice says.
    usual = max(sorted(counted), key=counted.count, default=None)
    return {field: standing[1] for field, standing in standings.items() if standing != usual}


def _standing(words: Words, messages: Messages) -> tuple[int, str]:
    """Return whose words a text is, after a number by which the usual is told where two are as frequent."""
    if words.status is not Status.REFERENCE:
        return 3, wording.own_words(words.lang if words.status is Status.ORIGINAL else "", messages)
    if words.stale:
        # TRANSLATORS: Below a single paragraph that is out of date; the others of the page are not.
        return 2, messages.gettext("Reference translation; the city's text has changed since.")
    if _approved(words):
        return 1, wording.approved(words.approved_by, words.approved_on, messages)
    # TRANSLATORS: Below a single paragraph; most others of the page are the city's own words or approved.
    return 0, messages.gettext("Reference translation")


def _is_sentence_of_the_city(words: Words, tag: str) -> bool:
    """Whether a text is a sentence of the city's: a page with only a name of its own is a translation."""
    return words.status is not Status.REFERENCE and words.lang == tag and field_name(words.field) in ("lead", "body")


def _approved(words: Words) -> bool:
    return bool(words.approved_on) and not words.stale


def _about_own_page(shown: list[Words], edition: Edition, messages: Messages) -> Iterable[Notice]:
    """Say of a page that the viewer wrote itself only where it is out of date or not in the reader's language."""
    if any(words.stale for words in shown):
        yield _older_than_ours(messages)
    foreign = [words for words in shown if words.lang != messages.tag]
    if foreign:
        yield Notice(Tone.REFERENCE, wording.stands_in(edition, messages, partly=len(foreign) < len(shown)))


def _older_than_ours(messages: Messages) -> Notice:
    # TRANSLATORS: Said of a note or a page of the help, which the viewer wrote and later changed in its own language.
    return Notice(Tone.REFERENCE, messages.gettext("The viewer's own words have changed since they were translated."))


def _is_name(words: Words, tag: str) -> bool:
    """Whether a text is the city's own Japanese name of something, which easy Japanese keeps."""
    return tag == "ja-x-easy" and words.status is Status.OFFICIAL


def about_validity(
    lineage: list[Node], edition: Edition, editions: dict[str, Edition], messages: Messages, today: date
) -> Iterable[Notice]:
    """Say what replaced the edition and which periods are over on `today`; nothing of the viewer's own pages."""
    if not edition.is_plan:
        return
    yield from _about_successor(edition, editions, messages, today)
    ends = [node.until for node in lineage if node.until]
    if ends and today > date.fromisoformat(ends[-1]):
        yield Notice(
            Tone.OVER,
            messages.gettext("The period of this part ended on {day}.", day=_day(ends[-1], messages)),
        )
    if today > date.fromisoformat(edition.period_end):
        yield Notice(
            Tone.OVER,
            messages.gettext("The period of this plan ended on {day}.", day=_day(edition.period_end, messages)),
        )


def _about_successor(
    edition: Edition, editions: dict[str, Edition], messages: Messages, today: date
) -> Iterable[Notice]:
    successor = editions.get(edition.superseded_by)
    if successor is None:
        return
    published, day = _day(successor.published, messages), replaced_from(edition, editions)
    if successor.revises(edition):
        said = messages.gettext("This edition was superseded by the revision of {published}.", published=published)
        action = messages.gettext("Open the revision")
    else:
        # TRANSLATORS: {published} is the day or month on which the next plan was published.
        over, coming = (
            N_("This edition was superseded by the plan of {published}."),
            N_("From {day}, the plan of {published} takes the place of this one."),
        )
        said = messages.gettext(
            over if day <= today.isoformat() else coming, published=published, day=_day(day, messages)
        )
        action = messages.gettext("Open the new plan")
    yield Notice(Tone.OVER, said, f"entry:{successor.code}", action)


def about_kind(node: Node, figure: Figure | None, shown: list[Words], messages: Messages) -> Iterable[Notice]:
    """Say what must not be mistaken: forecasts, wishes, and what the document does not hold."""
    if not any(words.field == TITLE for words in shown):
        yield Notice(Tone.MISSING, messages.gettext("The supplied document does not hold the text of this entry."))
    if figure is not None and figure.basis is Basis.FORECAST:
        yield Notice(Tone.CAUTION, messages.gettext("This number is a forecast, not a count."))
    if node.kind == "wish":
        yield Notice(Tone.CAUTION, messages.gettext("This is a wish of children, not a commitment of the city."))


def about_outcome(node: Node, relation: str, other: str, editions: dict[str, Edition], messages: Messages) -> Notice:
    """Say of an entry that was added or ended that the document of the edition `other` has nothing like it."""
    sentences = _ADDED if relation == "added" else _ENDED
    here, there = (wording.edition_name(editions[code], editions, messages) for code in (node.edition, other))
    return Notice(Tone.COMPARED, messages.gettext(sentences.get(node.kind, sentences[""]), edition=here, other=there))


# TRANSLATORS: The last sentence of each says whose finding it is, and on what it rests.
_ADDED = {
    "issue": N_(
        "New in the {edition}: the document of the {other} has no such priority issue."
        " This viewer found it by comparing the two supplied documents."
    ),
    "figure": N_(
        "The document of the {other} gives no such number."
        " This viewer found it by comparing the two supplied documents."
    ),
    "": N_(
        "New in the {edition}: the document of the {other} has nothing like it."
        " This viewer found it by comparing the two supplied documents."
    ),
}
_ENDED = {
    "issue": N_(
        "This priority issue is not continued in the document of the {other}."
        " This viewer found it by comparing the two supplied documents."
    ),
    "figure": _ADDED["figure"],
    "": N_(
        "The document of the {other} has nothing like it. This viewer found it by comparing the two supplied documents."
    ),
}


def _day(iso: str, messages: Messages) -> str:
    # Babel is slow to import; the first page need not wait for it unless it shows a date.
    from minato_viewer.language.formats import day  # noqa: PLC0415

    return day(iso, messages.tag)
