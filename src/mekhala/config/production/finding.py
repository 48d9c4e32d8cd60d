"""One thing found: what is unsafe, why, and what mends it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What is unsafe, why that matters, and the setting or command that mends it.

    ``refuses``: the doors stay shut; else it is said and they open.
    """

    what: str
    why: str
    mend: str
    refuses: bool = True

    def told(self) -> str:
        """Return it as two lines."""
        return f"{self.what}: {self.why}\n     → {self.mend}"
