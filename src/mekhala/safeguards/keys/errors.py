"""Why the key service gives no key. Codes for programs; the vault has the words for officers."""


class Refused(Exception):  # noqa: N818 - a refusal, not an error
    """A request is refused; ``why`` is a code: quota, shredded, damaged, malformed."""

    def __init__(self, why: str) -> None:
        """Keep the code."""
        super().__init__(why)
        self.why = why


class KeyServiceDown(Exception):  # noqa: N818 - its state
    """The key service does not answer, or not in time, or not to this account."""
