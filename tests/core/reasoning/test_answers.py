"""Whole answers and whole refusals, word for word: what a reader is told is behaviour.

``answers.yaml`` and ``refusals.yaml`` hold what is given and what is said. After a change that is
meant, ``python -m tests.core.reasoning.test_answers`` writes them anew; read the difference.
"""

from pathlib import Path

import pytest
import yaml

from mekhala.core.reasoning.assess import assess_all
from mekhala.core.reasoning.screening import screen_all
from mekhala.core.wrong_input import WrongInput

HERE = Path(__file__).parent
READER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times faster
ASKED = {"assess": assess_all, "screen": screen_all}


def pages(name):
    return yaml.load((HERE / name).read_text(encoding="utf-8"), Loader=READER)


def said(page):
    """What is answered, the texts of the law left out: other tests read those."""
    if page["asks"] == "screen":
        return screen_all(page["given"])
    answer = assess_all(page["given"], explain=True)
    offences = answer.pop("offences")
    answer["not_assessed"] = [f"{a['statute']} {a['article']}" for a in answer["not_assessed"]]
    answer["order"] = [f"{cited(o)}: {o['finding']}" for o in offences]
    answer["offences"] = [shown(o) for o in offences if cited(o) in page.get("shown", [])]
    if not page.get("tree"):
        for explained in (answer["palermo"], *answer["offences"]):
            del explained["tree"]
    return answer


def cited(offence):
    return f"{offence['statute']} {offence['article']}"


def shown(offence):
    return {key: value for key, value in offence.items() if key not in ("note", "source")}


def refused(page):
    with pytest.raises(WrongInput) as refusal:
        ASKED[page["asks"]](page["given"])
    return str(refusal.value)


@pytest.mark.parametrize("page", pages("answers.yaml"), ids=lambda p: p["title"])
def test_says_the_whole_answer_word_for_word(page):
    assert said(page) == page["said"]


@pytest.mark.parametrize("page", pages("refusals.yaml"), ids=lambda p: str(p["given"])[:40])
def test_refuses_in_these_words(page):
    assert refused(page) == page["said"]


def renew():
    """Write what is said now into the pages."""
    for name, saying in (("answers.yaml", said), ("refusals.yaml", refused)):
        renewed = [{**page, "said": saying(page)} for page in pages(name)]
        text = yaml.dump(renewed, sort_keys=False, allow_unicode=True, width=100, Dumper=Plain)
        (HERE / name).write_text(text, encoding="utf-8")


class Plain(yaml.SafeDumper):
    """Writes what occurs twice twice, so that each page can be read alone."""

    def ignore_aliases(self, data):
        return True


if __name__ == "__main__":
    renew()
