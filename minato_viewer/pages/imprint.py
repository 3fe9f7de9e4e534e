"""The foot of a page: from which lines of which document it comes, which edition it is, and for how long."""

from minato_viewer.domain.plan import Edition, Status
from minato_viewer.language.catalogues import Messages
from minato_viewer.language.fiscal import fiscal_years
from minato_viewer.pages import wording
from minato_viewer.pages.blocks import Imprint, Words
from minato_viewer.planfile.reader import Plan, TextRow


def imprint(
    edition: Edition, editions: dict[str, Edition], rows: list[TextRow], figures: list[str], messages: Messages
) -> Imprint:
    """Return the foot of a page that holds the texts `rows` and numbers with the sources `figures`."""
    if not edition.is_plan:
        return Imprint((messages.gettext("Written by this viewer, not by the city."),))
    cited = [row.source for row in rows if row.status is Status.ORIGINAL]
    cited += figures
    lines: list[str] = []
    if cited:
        lines.append(wording.source_line(edition, line_list(cited), messages))
    lines += [
        messages.gettext("The city's own wording, from {address}", address=address)
        for address in dict.fromkeys(row.source for row in rows if row.status is Status.OFFICIAL)
    ]
    if any(row.status is Status.EDITOR for row in rows):
        lines.append(messages.gettext("Notes and labels without a source are by the editors of this viewer."))
    lines.append(
        messages.gettext(
            "{edition}. Period of the plan: {period}.",
            edition=wording.edition_name(edition, editions, messages),
            period=plan_period(edition, messages),
        )
    )
    return Imprint(tuple(lines))


def lines_beside(shown: list[Words], messages: Messages) -> dict[str, str]:
    """Return by field where each of the edition's own words stand: lines of its document, or an address."""
    said: dict[str, str] = {}
    for words in shown:
        if words.status is Status.ORIGINAL:
            lines = line_list([words.source])
            # TRANSLATORS: Below a paragraph of the city's own words: its lines in the supplied document.
            said[words.field] = messages.ngettext(
                "Line {lines}", "Lines {lines}", 1 if lines.isdigit() else 2, lines=lines
            )
        elif words.status is Status.OFFICIAL:
            said[words.field] = messages.gettext("The city's own wording, from {address}", address=words.source)
    return said


def plan_period(edition: Edition, messages: Messages) -> str:
    """Return the period of an edition's plan: fiscal years, or from day to day where it is no such period.

    Empty for the viewer's own pages, which are no plan.
    """
    if not edition.is_plan:
        return ""
    years = fiscal_years(edition.period_start, edition.period_end, messages.tag)
    return years or f"{edition.period_start} – {edition.period_end}"


def content_line(plan: Plan, messages: Messages) -> str:
    """Return which update of the content a plan file holds; empty where it does not say."""
    if not (plan.serial and plan.as_of):
        return ""
    # TRANSLATORS: {day} is an ISO date. "Content" is all that the plan file holds; an update brings a larger number.
    return messages.gettext("Content no. {serial}, as of {day}", serial=plan.serial, day=plan.as_of)


def line_list(sources: list[str]) -> str:
    """Return the lines of several sources as one sorted list of runs: `47, 49–51`."""
    lines: set[int] = set()
    for source in sources:
        for run in source.rpartition(":")[2].split(","):
            first, _, last = run.partition("-")
            lines.update(range(int(first), int(last or first) + 1))
    runs: list[list[int]] = []
    for line in sorted(lines):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
