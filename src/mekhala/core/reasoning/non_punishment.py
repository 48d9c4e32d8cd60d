"""Offences a person was compelled to commit, and the safeguard that applies to each.

A safeguard is told before any charge, and does not wait for a status: while the definition is
open the charge waits for it.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mekhala.core.reasoning.outcome import Finding
from mekhala.core.vocabulary.facts import FactGroup, codes_in_group, meaning_of

SAFEGUARDS_FILE = Path(__file__).with_name("non_punishment.yaml")

WEIGHT = {
    Finding.MET: "The definition of trafficking is met, so this safeguard applies.",
    Finding.UNDETERMINED: "Whether the person was trafficked is still open; until it is settled "
    "the safeguard applies and a charge should wait.",
    Finding.NOT_MET: "The definition of trafficking is not met; being compelled is still a "
    "defence of its own.",
}


@cache
def _safeguards() -> Mapping[str, Any]:
    read: Mapping[str, Any] = yaml.safe_load(SAFEGUARDS_FILE.read_text(encoding="utf-8"))
    return read


def non_punishment(
    facts: Mapping[str, bool | None], *, palermo: Finding
) -> list[dict[str, object]]:
    """Return, for each compelled offence found, the safeguard that applies and its source."""
    found = [c for c in codes_in_group(FactGroup.COMPELLED) if facts.get(c) is True]
    return [_entry(code, palermo) for code in found]


def _entry(code: str, palermo: Finding) -> dict[str, object]:
    kept = _safeguards()
    own = kept["offences"][code]
    rule = kept["constraint"] if palermo is Finding.NOT_MET else kept["general"]
    return {
        "code": code,
        "offence": meaning_of(code),
        "safeguard": " ".join(f"{rule['safeguard']} {own['safeguard']}".split()),
        "because": WEIGHT[palermo],
        "source": " ".join(f"{rule['source']}; {own['source']}".split()),
        "verified": bool(rule["verified"]),
    }
