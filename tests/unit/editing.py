"""A copy of the plan's sources, and the small changes that tests make to it."""

from dataclasses import dataclass
from pathlib import Path

from minato_viewer.authoring.check import findings
from minato_viewer.authoring.sources import load


@dataclass(frozen=True)
class Db:
    """A folder laid out like db/."""

    folder: Path

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace `old`, which must stand exactly once in the file, so that a test spoils what it means to."""
        path = self.folder / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), "utf-8")

    def append(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(f"{path.read_text('utf-8')}\n{text}\n", "utf-8")

    def remove(self, code: str, field: str = "", table: str = "text") -> None:
        """Remove the one table of `code` (and `field`) from whichever file holds it."""
        wanted = [f"[[{table}]]", f'code = "{code}"', *([f'field = "{field}"'] if field else [])]
        removed = 0
        for path in self.folder.glob("*/*.toml"):
            blocks = path.read_text("utf-8").split("\n\n")
            kept = [block for block in blocks if not all(line in block.splitlines() for line in wanted)]
            removed += len(blocks) - len(kept)
            path.write_text("\n\n".join(kept) + "\n", "utf-8")
        assert removed == 1, f"{wanted} stand {removed} times"

    def findings(self) -> list[str]:
        """Return what the check finds; SourceFault where it cannot read the sources at all."""
        return findings(load(self.folder, self.folder.parent / "no-catalogues"))
