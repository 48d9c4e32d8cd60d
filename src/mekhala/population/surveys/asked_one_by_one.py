"""People asked one by one about leaving for work, each filled form added to the round's counts.

Kept are counts by answer, sex and home; who said what stands sealed in the filled form alone. They
are told together with a file of the same round (``answers.told``).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import connection

from mekhala.population.surveys import policies
from mekhala.population.surveys.leaving import ANSWERS, Said, Topic

if TYPE_CHECKING:
    from mekhala.population.surveys.models import Round
    from mekhala.safeguards.access.models import Officer

_ADD = """
insert into surveys_askedcount (round_id, topic, answer, sex, home, asked, said)
select %s, u.topic, u.answer, %s, %s, 1, u.said
from unnest(%s::text[], %s::text[], %s::int[]) as u (topic, answer, said)
on conflict (round_id, topic, answer, sex, home)
do update set asked = surveys_askedcount.asked + 1, said = surveys_askedcount.said + excluded.said
"""


def count_one(of: "Round", told: Mapping[str, Any], *, by: "Officer") -> None:
    """Add one person: to those asked of every question she or he was asked, to those who said so.

    Only whoever left for work is asked for the way, the cost and what was done. Raises
    ``ActRefused`` for who does not work the survey.
    """
    policies.check_may_enter(by, of.frame)
    said = said_by(told)
    topics = Topic if told["left"] is True else [Topic.VOLUME]
    rows = [
        (str(topic), answer, int(answer in said)) for topic in topics for answer in ANSWERS[topic]
    ]
    with connection.cursor() as cursor:
        columns = [list(column) for column in zip(*sorted(rows), strict=True)]
        cursor.execute(_ADD, [of.pk, told["sex"], told["home"], *columns])


def said_by(told: Mapping[str, Any]) -> set[str]:
    """Return the answers one person gave. None of these counts only where nothing else is said."""
    said = {str(code) for code in (*told["route"], *told["abuse"]) if code in Said.values}
    if "none_of_these" in told["abuse"] and not said & ANSWERS[Topic.ABUSE]:
        said.add(str(Said.NOTHING))
    said |= {told["cost"]} if told["cost"] else set()
    said |= {str(Said.BORROWED)} if told["borrowed"] is True else set()
    return said | ({str(Said.LEFT)} if told["left"] is True else set())
