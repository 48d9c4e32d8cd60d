"""``mekhala link`` with one of its ideas taken out, in this process alone, to see what it is worth.

``keys``: words are known again by their letters, not by their sound. ``blocking``: records meet
where the whole name, a number or a date of birth agrees, never by a part with place or year.
``ages``: only dates and years count as births, ages, animals and "about" as unknown. ``order``: a
name is read in the order written, never turned round.

    python -m benchmarks.linkage.ablation keys|blocking|ages|order RECORDS.csv --out DIR …
"""

import re
import sys
from collections.abc import Callable, Mapping

from benchmarks.linkage.unguarded import GUARDS

YEAR = re.compile(r"\d{4}")  # in digits of any script


def without_keys() -> None:
    """Words are known again by their letters."""
    from mekhala.core.matching.linker import names

    names.word_keys = lambda word: (word,)
    names._met = lambda one, other: one + other


def without_blocking() -> None:
    """Records meet where a whole name, a number, a telephone or a date of birth agrees."""
    from mekhala.core.matching.linker import blocking

    exact = {("number",), ("phone",), ("whole",), ("born",)}
    blocking.RULES = tuple(rule for rule in blocking.RULES if rule.columns in exact)


def without_ages() -> None:
    """Only dates and plain years are births."""
    from mekhala.core.matching.linker import births

    read = births.birth_of_texts

    def dates_and_years(born: str, year: str, _age: str, _age_on: str) -> births.Birth:
        return read(born, year if YEAR.fullmatch(year.strip()) else "", "", "")

    births.birth_of_texts = dates_and_years


def without_order() -> None:
    """A name is read as it is written."""
    from mekhala.core.matching.linker import names

    names._turned = lambda words: words
    names._whole_keys = names._read_as_one


ABLATIONS: Mapping[str, Callable[[], None]] = {
    "keys": without_keys, "blocking": without_blocking, "ages": without_ages,
    "order": without_order,
}  # fmt: skip


def main(argv: list[str]) -> int:
    """Take one idea out, then do as ``mekhala link`` with the other words."""
    {**ABLATIONS, **GUARDS}[argv[0]]()
    from mekhala.cli import main as mekhala  # after: what it imports is as patched

    return mekhala(["link", *argv[1:]])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
