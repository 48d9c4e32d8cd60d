"""A value as JSON text, Khmer left readable."""

import json


def json_text(value: object) -> str:
    """Return ``value`` (what an answer is made of) as JSON on one line."""
    return json.dumps(value, ensure_ascii=False)
