"""What is answered about names, as plain documents: for the command line and other programs.

The form of the answers is ours; what they rest on, ``compare`` and ``sound_key`` say.
"""

from typing import Any

from mekhala.core.names.compare import compare
from mekhala.core.names.normal import normal_text
from mekhala.core.names.parts import parts_of
from mekhala.core.names.sound_key import keys_of_name, romanised


def compared(left: str, right: str) -> dict[str, Any]:
    """Return two names compared: ``left, right, keys, level, same, because, parts``.

    ``keys`` holds the sound-alike keys of each; ``same`` is None where a name is not known.

    >>> answer = compared("Sokha", "Sokkha")
    >>> answer["level"], answer["same"], answer["keys"]
    ('same_key', True, [['SoKa'], ['SoKa']])
    """
    found = compare(left, right)
    return {
        "left": left,
        "right": right,
        "keys": [list(keys) for keys in found.keys],
        "level": found.level.value,
        "same": found.same,
        "because": found.because,
        "parts": [
            {"left": p.left, "right": p.right, "level": p.level.value, "because": p.because}
            for p in found.parts
        ],
    }


def taken_apart(name: str) -> dict[str, Any]:
    """Return how one name is read: ``name, normal, romanised, keys, parts``.

    >>> taken_apart("លោក សុខ ដារា")["romanised"]
    'sokh dara'
    """
    parts = parts_of(name)
    return {
        "name": name,
        "normal": normal_text(name),
        "romanised": romanised(name),
        "keys": list(keys_of_name(name)),
        "parts": {
            "titles": list(parts.titles),
            "kin": list(parts.kin),
            "words": list(parts.words),
            "also": [list(words) for words in parts.also],
        },
    }
