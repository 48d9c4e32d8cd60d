"""Reads the worked examples of the public contract, where they lie beside the repository.

How an expectation is read: expected keys must hold, extra keys are welcome. Each expected object
of a list must be found among the answers, in any order; a list of words must be the same words
in any order. ``KEY~codes`` exactly these codes, ``KEY~not`` none, ``KEY~has`` at least,
``KEY~any`` one of these.
"""

import json
from collections import Counter
from pathlib import Path

SHARED = Path(__file__).resolve().parents[3] / "shared" / "contract"


def vignettes(kind):
    """Return the vignette files of one kind, none where the contract is not at hand."""
    return sorted((SHARED / "vignettes" / kind).glob("*.json"))


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def misses(expected, answer, at="answer"):
    """Return what does not hold, one sentence each; empty when all holds."""
    if isinstance(expected, dict):
        return _object_misses(expected, answer, at)
    if isinstance(expected, list):
        return _list_misses(expected, answer, at)
    return [] if expected == answer else [f"{at}: expected {expected!r}, found {answer!r}"]


def _object_misses(expected, answer, at):
    if not isinstance(answer, dict):
        return [f"{at}: expected an object, found {answer!r}"]
    found = []
    for key, value in expected.items():
        name, _, rule = key.partition("~")
        if name not in answer:
            found.append(f"{at}.{name}: missing")
        elif rule:
            found += _code_misses(rule, value, answer[name], f"{at}.{key}")
        else:
            found += misses(value, answer[name], f"{at}.{name}")
    return found


def _list_misses(expected, answer, at):
    if any(isinstance(e, dict) for e in expected):
        return [
            f"{at}: found nothing like {e!r}"
            for e in expected
            if not any(not misses(e, a) for a in answer)
        ]
    same = Counter(map(str, expected)) == Counter(map(str, answer))
    return [] if same else [f"{at}: expected {expected!r}, found {answer!r}"]


def _code_misses(rule, expected, answer, at):
    codes = {a["code"] if isinstance(a, dict) else a for a in answer}
    holds = {
        "codes": codes == set(expected),
        "not": not codes & set(expected),
        "has": codes >= set(expected),
        "any": bool(codes & set(expected)),
    }[rule]
    return [] if holds else [f"{at}: expected {expected!r}, found {sorted(codes)!r}"]
