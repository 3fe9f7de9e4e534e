"""The viewer's own sentences about editions, kinds and languages, used wherever a page, tree or list needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minato_viewer.domain.messages import N_
from minato_viewer.domain.plan import Basis, Edition, Status

if TYPE_CHECKING:
    from minato_viewer.language.catalogues import Messages
    from minato_viewer.language.wordings import Wording
    from minato_viewer.planfile.reader import Heading
    from minato_viewer.planfile.search import Hit

# TRANSLATORS: Kinds of entries with their number, as a small line above a title: "Policy 4".
_NUMBERED = {
    "issue": N_("Priority issue {number}"),
    "field": N_("Field {number}"),
    "policy": N_("Policy {number}"),
    "measure": N_("Main effort {number}"),
    "section": N_("Section {number}"),
    "vision": N_("Section {number}"),
}

# TRANSLATORS: Kinds of entries, as a small line above a title.
_KINDS = {
    "edition": N_("Edition"),
    "section": N_("Section"),
    "vision": N_("Vision of the city"),
    "slogan": N_("Slogan"),
    "issue": N_("Priority issue"),
    "field": N_("Field"),
    "policy": N_("Policy"),
    "measure": N_("Main effort"),
    "project": N_("Project"),
    "district": N_("District"),
    "participation": N_("Participation of residents"),
    "wish": N_("Wish of the children"),
    "figure": N_("Figure"),
    "topic": N_("Topic"),
    "guide": N_("Guide"),
}

_BASES = {
    Basis.ACTUAL: N_("Counted"),
    # TRANSLATORS: Said of a sum of money or a number that the plan sets.
    Basis.PLAN: N_("Planned"),
    Basis.FORECAST: N_("Forecast"),
}

# TRANSLATORS: What became of an entry in the later edition, in a narrow column and after a linked title.
_OUTCOMES = {
    "kept": N_("Kept"),
    # TRANSLATORS: Its aim goes on, under another issue or in another shape.
    "recast": N_("Recast"),
    "added": N_("New"),
    "ended": N_("Ended"),
    # TRANSLATORS: Two numbers stand side by side but count different things.
    "unlike": N_("Not the same"),
}
# TRANSLATORS: Said of a number that only one of the two editions' documents gives.
_ONE_SIDED = {"added": N_("Only in the later one"), "ended": N_("Only in the earlier one")}

# TRANSLATORS: The words of 2024 are the city's Chinese edition; never call them "the original".
_OWN_WORDS = {
    "ja": N_("The city's own words (Japanese)"),
    "zh-Hans": N_("The city's own words (its Chinese edition)"),
}
_SHOW_OWN_WORDS = {
    "ja": N_("Show the city's own words in Japanese"),
    "zh-Hans": N_("Show the city's Chinese edition"),
}
_STANDS_IN = {
    "ja": N_("Not yet available in this language. You are reading the city's own words in Japanese."),
    "zh-Hans": N_("Not yet available in this language. You are reading the city's Chinese edition."),
}
_PARTLY_STANDS_IN = {
    "ja": N_("Some of this is not yet available in this language and is shown in the city's own words in Japanese."),
    "zh-Hans": N_("Some of this is not yet available in this language and is shown from the city's Chinese edition."),
}
_SOURCE = {
    "ja": N_("Source: the supplied Japanese document ({file}), lines {lines}"),
    "zh-Hans": N_("Source: the city's Chinese edition ({file}), lines {lines}"),
}
# TRANSLATORS: A very short mark on a title in a list: this is a reference translation. Japanese: 参考訳
_REFERENCE_MARK = N_("ref. transl.")
# TRANSLATORS: The same of a reference translation that is out of date: the city has changed its text since.
_STALE_MARK = N_("old ref. transl.")
# TRANSLATORS: {office} is an office of the city, as it writes its own name in Japanese.
_APPROVED = N_("Translation approved by {office} on {day}.")
# TRANSLATORS: Of a page of which another part is not approved, or is approved by another office or on another day.
_APPROVED_PARTLY = N_("Partly a translation approved by {office} on {day}.")
_OTHER_OWN_WORDS = N_("The city's own words")
_OTHER_SHOW_OWN_WORDS = N_("Show the city's own words")
_OTHER_STANDS_IN = N_("Not yet available in this language. You are reading the city's own words.")
_OTHER_PARTLY_STANDS_IN = N_("Some of this is not yet available in this language and is shown in the city's own words.")
# TRANSLATORS: On a page of the help, which this viewer wrote itself.
_OWN_PAGE_STANDS_IN = N_("This page is not yet available in this language.")
_OWN_PAGE_PARTLY_STANDS_IN = N_("Some of this page is not yet available in this language.")
_OTHER_SOURCE = N_("Source: the supplied document ({file}), lines {lines}")


def not_official(messages: Messages) -> str:
    """Return what this program says it is until the commissioning city says otherwise (the setting `notice`)."""
    # TRANSLATORS: Must say both: an evaluation version, and not an official app of the city.
    return messages.gettext("Evaluation version, not an official app of the city")


def notice(own: Wording, messages: Messages) -> str:
    """Return what this program says it is: what the commissioning city says, its `own` words, or else the usual."""
    return own.said_in(messages.tag) or not_official(messages)


def edition_name(edition: Edition, editions: dict[str, Edition], messages: Messages) -> str:
    """Return what an edition is called: "2021 edition", "2024 revision"; the viewer's own pages: what they are for.

    A new plan that supersedes an old one is an edition of its own and no revision.
    """
    if not edition.is_plan:
        # TRANSLATORS: The name of this viewer's own pages, on the button beside those of the plan's editions.
        return messages.gettext("Topics and help")
    year = edition.published[:4]
    if any(other.superseded_by == edition.code and edition.revises(other) for other in editions.values()):
        return messages.gettext("{year} revision", year=year)
    return messages.gettext("{year} edition", year=year)


def kind_name(kind: str, number: str, messages: Messages) -> str:
    """Return the kind of an entry, with its number where it has one."""
    if number and kind in _NUMBERED:
        return messages.gettext(_NUMBERED[kind], number=number)
    return messages.gettext(_KINDS[kind]) if kind in _KINDS else kind


def missing_title(kind: str, number: str, messages: Messages) -> str:
    """Return what stands for a title that the supplied document does not have."""
    name = kind_name(kind, number, messages)
    return messages.gettext("{entry} (not in the supplied document)", entry=name)


def title_mark(title: Heading | Hit, messages: Messages) -> str:
    """Return the very short mark of a title that is our translation and not approved; else an empty string."""
    if title.status != Status.REFERENCE or title.approved:
        return ""
    return messages.gettext(_STALE_MARK if title.stale else _REFERENCE_MARK)


def approved(office: str, day: str, messages: Messages, *, partly: bool = False) -> str:
    """Return the sentence that says which office approved a translation, or a part of it, on which day (ISO)."""
    # Few pages show an approval, and Babel, which writes the day, is slow to import.
    from minato_viewer.language import formats  # noqa: PLC0415

    return messages.gettext(
        _APPROVED_PARTLY if partly else _APPROVED, office=office, day=formats.day(day, messages.tag)
    )


def basis_name(basis: Basis, messages: Messages) -> str:
    """Return whether a number was counted, planned or forecast."""
    return messages.gettext(_BASES[basis])


def outcome_name(relation: str, kind: str, messages: Messages) -> str:
    """Return what became of an entry of `kind`; that a document gives no such number does not mean that it is new."""
    one_sided = kind == "figure" and relation in _ONE_SIDED
    return messages.gettext(_ONE_SIDED[relation] if one_sided else _OUTCOMES[relation])


def own_words(language: str, messages: Messages) -> str:
    """Return that the words are the city's, as written in `language`; empty: in more than one, or somewhere else."""
    return messages.gettext(_OWN_WORDS.get(language, _OTHER_OWN_WORDS))


def show_own_words(edition: Edition, messages: Messages) -> str:
    """Return the action that shows the edition's own words."""
    return messages.gettext(_SHOW_OWN_WORDS.get(edition.language, _OTHER_SHOW_OWN_WORDS))


def stands_in(edition: Edition, messages: Messages, *, partly: bool) -> str:
    """Return the sentence that says that the edition's own words stand in for the reader's language."""
    if not edition.is_plan:
        return messages.gettext(_OWN_PAGE_PARTLY_STANDS_IN if partly else _OWN_PAGE_STANDS_IN)
    if partly:
        return messages.gettext(_PARTLY_STANDS_IN.get(edition.language, _OTHER_PARTLY_STANDS_IN))
    return messages.gettext(_STANDS_IN.get(edition.language, _OTHER_STANDS_IN))


def source_line(edition: Edition, lines: str, messages: Messages) -> str:
    """Return the sentence that names the document and its lines."""
    return messages.gettext(_SOURCE.get(edition.language, _OTHER_SOURCE), file=edition.document, lines=lines)
