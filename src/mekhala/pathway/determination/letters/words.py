"""The words of letters, as data: one file per language beside this module.

Each file says whether a native reader has checked it. Until then nobody is given a letter in
that language before somebody who reads it has read it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).with_name("words")


@dataclass(frozen=True, kw_only=True)
class Words:
    """The texts of one language. ``version`` names them for good: number and digest."""

    language: str
    version: str
    reviewed: bool
    said: Mapping[str, Any]


@cache
def words_in(language: str) -> Words:
    """Return the texts in ``language``: km, en, th or vi."""
    written = (FOLDER / f"{language}.yaml").read_bytes()
    said = yaml.safe_load(written)
    digest = hashlib.sha256(written).hexdigest()[:12]
    return Words(
        language=language, version=f"{said['version']}-{digest}", reviewed=said["reviewed"],
        said=said,
    )  # fmt: skip
