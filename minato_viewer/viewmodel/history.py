"""Back and forward: the entries that were opened, in order."""


class History:
    """A line of codes with a place in it."""

    def __init__(self) -> None:
        """Start with nothing opened."""
        self._codes: list[str] = []
        self._at = -1

    def visit(self, code: str) -> None:
        """Note that `code` was opened; what lay ahead is forgotten, and a repeated entry counts once."""
        if self._at >= 0 and self._codes[self._at] == code:
            return
        del self._codes[self._at + 1 :]
        self._codes.append(code)
        self._at += 1

    @property
    def can_go_back(self) -> bool:
        """Whether an entry lies behind."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether an entry lies ahead."""
        return self._at + 1 < len(self._codes)

    def back(self) -> str:
        """Go one back and return the code there; IndexError where nothing lies behind."""
        return self._go(-1)

    def forward(self) -> str:
        """Go one forward and return the code there; IndexError where nothing lies ahead."""
        return self._go(1)

    def last_in(self, edition: str) -> str:
        """Return the entry of `edition` that was opened last, or the edition itself."""
        for code in reversed(self._codes[: self._at + 1]):
            if code.partition("/")[0] == edition:
                return code
        return edition

    def _go(self, step: int) -> str:
        if not 0 <= self._at + step < len(self._codes):
            raise IndexError(step)
        self._at += step
        return self._codes[self._at]
