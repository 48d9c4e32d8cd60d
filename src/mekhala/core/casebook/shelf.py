"""Every page of a casebook at once."""

from pathlib import Path

from mekhala.core.casebook.judged import Judged, judge
from mekhala.core.casebook.page import read_page
from mekhala.core.wrong_input import WrongInput


def judged_pages(folder: Path) -> tuple[Judged, ...]:
    """Return every page kept in ``folder`` (``*.yaml``) as the rules judge it, by file name.

    Raises ``WrongInput`` for a page that cannot be read, and where two have the same title:
    links lead to titles.
    """
    judged = tuple(judge(read_page(path)) for path in sorted(folder.glob("*.yaml")))
    first: dict[str, str] = {}
    for each in (j.page for j in judged):
        other = first.setdefault(each.title.lower(), each.place.file)
        if other != each.place.file:
            raise WrongInput(f"{each.place.file}: title: {each.title!r} is that of {other} as well")
    return judged
