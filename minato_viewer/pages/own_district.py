"""Lists of links with the district of this office first among the districts, for offices that name one."""

from collections.abc import Iterable, Iterator

from minato_viewer.domain.districts import KIND, own_first
from minato_viewer.pages.blocks import Block, Links
from minato_viewer.planfile.reader import Node, Plan


def arranged(blocks: Iterable[Block], plan: Plan, district: str) -> Iterator[Block]:
    """Yield `blocks` with every list of links in this office's order.

    The drawing of the districts keeps its places, because it shows how they lie in the city, and a comparison its
    rows, because they follow the earlier edition.
    """
    places = _Places(plan)
    for block in blocks:
        if isinstance(block, Links):
            districts = [places.district_of(link.code) for link in block.links]
            yield block._replace(links=tuple(own_first(block.links, districts, district)))
        else:
            yield block


class _Places:
    """In which district entries stand. What was looked up is kept for a page: its links stand side by side."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: dict[int, str] = {}

    def district_of(self, code: str) -> str:
        """Return the code of the district that an entry is or stands below; "" for none."""
        node = self._plan.node(code)
        return "" if node is None else self._of(node)

    def _of(self, node: Node) -> str:
        passed: list[int] = []
        while node.kind != KIND and node.parent_id is not None and node.id not in self._known:
            passed.append(node.id)
            node = self._plan.node_by_id(node.parent_id)
        found = self._known.get(node.id, node.code if node.kind == KIND else "")
        self._known |= dict.fromkeys((*passed, node.id), found)
        return found
