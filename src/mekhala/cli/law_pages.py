"""``python -m mekhala.cli.law_pages``: writes ``docs/law`` from the statutes and the casebook."""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from mekhala.core.law.library import countries, statutes, treaties
from mekhala.core.law.pages import MADE, Shown, statute_page
from mekhala.core.law.statute import Statute
from mekhala.core.vocabulary.facts import facts

REPOSITORY = Path(__file__).resolve().parents[3]
PALERMO = ("Palermo Protocol, Art. ", "PALERMO Art. ")  # as the casebook writes it, and its code
ANSWERS = {True: "yes", False: "no", None: "not known"}
type Case = Mapping[str, Any]


def main() -> int:
    """Write every page and return 0; 1 where the repository is not at hand."""
    folder = REPOSITORY / "docs" / "law"
    if not folder.is_dir():
        print("law_pages: docs/law is not here; run it from a clone: ./run docs", file=sys.stderr)
        return 1
    for name, page in pages(REPOSITORY / "tests" / "casebook").items():
        (folder / name).write_text(page, encoding="utf-8")
    return 0


def pages(casebook: Path) -> dict[str, str]:
    """Return every page of ``docs/law`` that is made, by its file name."""
    cases = {path.stem: _read(path) for path in sorted(casebook.glob("*.yaml"))}
    made = {_file(s): statute_page(s, _shown(s, cases)) for s in kept_statutes()}
    return {**made, "casebook.md": casebook_page(cases)}


def kept_statutes() -> Iterator[Statute]:
    """Return every text that is kept: treaties, then country by country."""
    yield from treaties().values()
    for country in countries():
        yield from statutes(country).values()


def casebook_page(cases: Mapping[str, Case]) -> str:
    """Return the page of every invented case: facts, outcome and why, by the article judged."""
    by_article = sorted(cases.items(), key=lambda each: (_cited(each[1]), each[0]))
    intro = "Invented cases, each judged as a test on every change. None is about anybody."
    lines = ["# Casebook", "", MADE, "", intro]
    for stem, case in by_article:
        lines += ["", *_case(stem, case)]
    return "\n".join(lines) + "\n"


def _read(path: Path) -> Case:
    written: Case = yaml.safe_load(path.read_text(encoding="utf-8"))
    return written


def _file(statute: Statute) -> str:
    return f"{statute.code.lower()}.md"


def _cited(case: Case) -> str:
    return str(case["article"]).replace(*PALERMO)


def _shown(statute: Statute, cases: Mapping[str, Case]) -> Shown:
    """The casebook pages that judge each article of ``statute``."""
    found: dict[str, list[tuple[str, str]]] = {}
    for case in cases.values():
        code, _, article = _cited(case).partition(" Art. ")
        if code == statute.code:
            found.setdefault(article, []).append((case["title"], f"casebook.md#{_anchor(case)}"))
    return found


def _anchor(case: Case) -> str:
    """The anchor that hosts of repositories give to the heading of a case."""
    return re.sub(r"[^\w\- ]", "", case["title"].lower()).strip().replace(" ", "-")


def _case(stem: str, case: Case) -> Iterator[str]:
    code, _, article = _cited(case).partition(" Art. ")
    yield f"## {case['title']}"
    yield ""
    yield f"- Judged under: [{code} Article {article}]({code.lower()}.md)"
    told = {**case, "facts": None, "outcome": None, "title": None, "article": None, "why": None}
    for key, value in told.items():
        if value is not None:
            yield f"- {_words(key)}: {_value(value)}"
    yield from _facts(case)
    yield f"- Outcome: {_value(case['outcome'])}"
    yield f"- Why: {case['why']}"
    yield f"- File: [{stem}.yaml](../../tests/casebook/{stem}.yaml)"


def _facts(case: Case) -> Iterator[str]:
    yield "- Facts:"
    for fact in case["facts"]:
        code, known = str(fact["fact"]), facts()
        meaning = known[code].meaning if code in known else code
        yield f"  - {meaning} (`{code}`): {ANSWERS[fact['made_out']]}. {fact.get('because', '')}"


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _value(value: object) -> str:
    """A value of the page as words: lists and mappings are told one after the other."""
    if isinstance(value, Mapping):
        return "; ".join(f"{_words(str(k)).lower()}: {_value(v)}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(_value(each) for each in value) or "none"
    if value is None or isinstance(value, bool):
        return ANSWERS[value]
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
