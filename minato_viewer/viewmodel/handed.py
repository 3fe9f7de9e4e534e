"""What somebody typed who was given a hand-over code: the entry and the language that it opens."""

from typing import NamedTuple

from minato_viewer.domain.faults import RequestFault
from minato_viewer.domain.handover import looks_like_one, read
from minato_viewer.domain.messages import N_
from minato_viewer.planfile.reader import Plan


class Handed(NamedTuple):
    """What a code opens."""

    code: str
    """Of the entry."""
    lang: str


def handed(text: str, plan: Plan) -> Handed | None:
    """Return what the hand-over code `text` opens; None where it is none.

    RequestFault where it was meant as one (it has a code's form) and opens nothing: it is mistyped, or of another plan.
    """
    said = read(text)
    node = plan.node_of_short(said.short) if said is not None else None
    if said is not None and node is not None:
        return Handed(node.code, said.lang)
    if not looks_like_one(text):
        return None
    if said is not None:
        raise RequestFault(
            N_("The code {code} is right, but this plan has no such entry: it may be of another edition."),
            code=text.strip(),
        )
    raise RequestFault(
        N_("No page has the code {code}: check each character. The letters A B D G I L O Q S U Z are not used."),
        code=text.strip(),
    )
