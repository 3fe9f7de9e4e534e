"""Proves that every translation has the numbers of its original, by value and unit, and its names in braces."""

import re
from collections.abc import Iterator

from minato_viewer.authoring.quantities import Quantity, quantities
from minato_viewer.authoring.quantity_words import LABEL, PLAIN, STRICT
from minato_viewer.domain.plan import Status
from minato_viewer.domain.plan_data import PlanData, Text

_PLACEHOLDER = re.compile(r"\{\w*\}")


def mismatches(data: PlanData) -> Iterator[str]:
    """Yield a line for every text whose numbers or names in braces differ from those of its original.

    A stale translation is left alone: its original has changed, and readers are told so.
    """
    languages = {edition.code: edition.language for edition in data.editions}
    originals = {
        (row.code, row.field): row for row in data.texts if row.lang == languages.get(row.code.partition("/")[0])
    }
    for row in data.texts:
        original = originals.get((row.code, row.field))
        if original is not None and original.lang != row.lang and not row.stale:
            yield from mismatch(original, row)
            if set(_PLACEHOLDER.findall(original.text)) != set(_PLACEHOLDER.findall(row.text)):
                yield f"{row.code}#{row.field} ({row.lang}): it has other {{names}} in braces than its original"


def numbers(row: Text) -> list[Quantity]:
    """Return the numbers of a text that are worth something; a label such as 5G is not."""
    return [quantity for quantity in quantities(row.text, row.lang) if quantity.unit != LABEL]


def mismatch(original: Text, translation: Text) -> Iterator[str]:
    """Yield one line where the numbers of two texts differ."""
    lacking, added = differences(
        quantities(original.text, original.lang), quantities(translation.text, translation.lang)
    )
    if lacking or added:
        name = f"{translation.code}#{translation.field} ({translation.lang})"
        has = ", ".join(map(str, added)) or "nothing in its place"
        if lacking:
            yield f"{name}: the original ({original.lang}) has {', '.join(map(str, lacking))}, this text has {has}"
        else:
            yield f"{name}: this text has {has}, of which the original ({original.lang}) has nothing"


def differences(original: list[Quantity], translation: list[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """Return what the translation lacks and what it adds; to say a number of the original twice adds nothing."""
    # What is surely a number finds its partner before what may be none.
    lacking, added = (sorted(side, key=lambda quantity: quantity.vague) for side in (original, translation))
    for fits in (_same, _compatible):
        for quantity in list(lacking):
            partner = next((other for other in added if fits(quantity, other)), None)
            if partner is not None:
                lacking.remove(quantity)
                added.remove(partner)
    return [row for row in lacking if not row.vague], [
        row for row in added if not row.vague and not any(_same(row, known) for known in original)
    ]


def _same(one: Quantity, other: Quantity) -> bool:
    return (one.value, one.unit) == (other.value, other.unit)


def _compatible(one: Quantity, other: Quantity) -> bool:
    return one.value == other.value and same_kind(one.unit, other.unit)


def same_kind(one: str, other: str) -> bool:
    """Tell whether two units are the same, or one side does not say what it counts: 9分野, 9つのテーマ."""
    return one == other or (PLAIN in (one, other) and not {one, other} & STRICT)


def listing(data: PlanData) -> Iterator[str]:
    """Yield a line for every number of the plan's own texts: its value, its unit, and whether it is a figure.

    A figure is an entry of kind figure, whose number the viewer can draw and compare. Years, the numbers of entries
    and numbers in running text are data by being read (`quantities`), and stay words on the screen.
    """
    figures = {(figure.value, figure.code.partition("/")[0]) for figure in data.figures}
    for row in data.texts:
        if row.status is Status.ORIGINAL:
            for quantity in numbers(row):
                if not quantity.vague:
                    edition = row.code.partition("/")[0]
                    held = "figure" if (quantity.value, edition) in figures else "text"
                    yield f"{row.code}#{row.field}: {quantity}: {held}"
