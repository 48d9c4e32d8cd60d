"""What a log may say: which error, where in the program, at which address. Never a value.

The words of an exception can hold what was typed: PostgreSQL names the whole failing row. So a
trace keeps the kinds of the errors and the places, and leaves their words out.
"""

import logging
import traceback
from types import TracebackType

type Caught = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class WithoutValues(logging.Formatter):
    """Writes traces without the words of the exceptions."""

    def formatException(self, ei: Caught) -> str:  # noqa: N802 - the name logging calls
        """Return the kinds of the errors, the first cause first, each with its places."""
        errors, error = [], ei[1]
        while error is not None and error not in errors:
            errors.append(error)
            error = error.__cause__ or error.__context__
        return "\n".join(line for one in reversed(errors) for line in _told(one))

    def formatStack(self, stack_info: str) -> str:  # noqa: ARG002, N802 - as above
        """Return nothing: a stack adds no place that the trace leaves out."""
        return ""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of ``record``; a kept text of a trace is made anew, without values."""
        record.exc_text = None
        return super().format(record)


def _told(error: BaseException) -> list[str]:
    places = traceback.extract_tb(error.__traceback__)
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return [kind, *(f"  {place.filename}:{place.lineno} {place.name}" for place in places)]
