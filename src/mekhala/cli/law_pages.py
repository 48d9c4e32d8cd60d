"""``python -m mekhala.cli.law_pages``: writes ``docs/law`` from the statutes and the casebook."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from mekhala.cli.casebook_page import casebook_page, in_order, shown
from mekhala.cli.fair_trial_pages import CASEBOOK, fair_trial_page, proceedings_page
from mekhala.core.casebook.judged import Judged
from mekhala.core.casebook.proceedings import proceeding_pages
from mekhala.core.casebook.shelf import judged_pages
from mekhala.core.law.library import countries, statutes, treaties
from mekhala.core.law.pages import Shown, ShownCase, Version, statute_page, version_of
from mekhala.core.law.statute import Article, Statute
from mekhala.core.wrong_input import WrongInput

REPOSITORY = Path(__file__).resolve().parents[3]


def main() -> int:
    """Write every page and return 0; 1 where the repository is not at hand, 2 for a wrong page."""
    folder = REPOSITORY / "docs" / "law"
    if not folder.is_dir():
        print("law_pages: docs/law is not here; run it from a clone: ./run docs", file=sys.stderr)
        return 1
    try:
        made = pages(REPOSITORY / "tests" / "casebook")
    except WrongInput as wrong:
        print(f"law_pages: {wrong}", file=sys.stderr)
        return 2
    for name, page in made.items():
        (folder / name).write_text(page, encoding="utf-8")
    return 0


def pages(casebook: Path) -> dict[str, str]:
    """Return every page of ``docs/law`` that is made, by its file name."""
    cases = judged_pages(casebook)
    kept = tuple(kept_statutes())
    made = {_file(s): statute_page(s, _shown(s, in_order(cases, kept))) for s in kept}
    tried = proceeding_pages(casebook / "fair_trial")
    return {
        **made,
        "casebook.md": casebook_page(cases, kept),
        "fair-trial.md": fair_trial_page(tried),
        CASEBOOK: proceedings_page(tried),
    }


def kept_statutes() -> Iterator[Statute]:
    """Return every text that is kept: treaties, then country by country."""
    yield from treaties().values()
    for country in countries():
        yield from statutes(country).values()


def _file(statute: Statute) -> str:
    return f"{statute.code.lower()}.md"


def _shown(statute: Statute, cases: Sequence[Judged]) -> Shown:
    """The cases that judge each article of ``statute``, beside the version of their time."""
    found: dict[Version, list[ShownCase]] = {}
    for case in cases:
        if case.page.statute == statute.code:
            found.setdefault(version_of(_version(statute, case)), []).append(shown(case))
    return found


def _version(statute: Statute, case: Judged) -> Article:
    """The version of the article in force at the conduct; the first if none was."""
    versions = [a for a in statute.articles if a.article == case.page.article]
    then = [a for a in versions if a.in_force.meets(case.page.case.conduct.span)]
    return (then or versions)[0]


if __name__ == "__main__":
    sys.exit(main())
