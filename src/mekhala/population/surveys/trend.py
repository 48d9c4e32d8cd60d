"""Rounds of one survey after each other; a line only between rounds that count the same.

Two rounds are alike if frame, posts, questionnaire with its version, meaning of the grades and
design are the same, and the shares are worked out in the same way. Otherwise a difference between
them may be a difference of the definitions, so no line joins them (figures drifted with what they
count).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mekhala.population.surveys.models import Round
from mekhala.population.surveys.shares import Share


class Difference(TextChoices):
    """What two rounds do not have in common."""

    FRAME = "frame", _("another frame")
    POSTS = "posts", _("other posts")
    TOOL = "tool", _("another questionnaire")
    VERSION = "version", _("another version of the questionnaire")
    DEFINITION = "definition", _("another meaning of the grades")
    DESIGN = "design", _("people chosen in another way")
    WAY = "way", _("the share worked out in another way")


@dataclass(frozen=True, kw_only=True)
class Point:
    """One round in the trend.

    ``strong`` and ``either`` are None where nobody was graded, or where they are withheld.
    ``unlike`` holds what differs from the round before; empty: a line may join the two.
    """

    round: Round
    strong: Share | None
    either: Share | None
    is_withheld: bool
    unlike: tuple[Difference, ...]


def differences(
    one: Round, posts: Collection[int], other: Round, other_posts: Collection[int]
) -> tuple[Difference, ...]:
    """Return what two rounds with the posts planned in each do not have in common."""
    found = {
        Difference.FRAME: one.frame_id != other.frame_id,
        Difference.POSTS: one.frame_id == other.frame_id and set(posts) != set(other_posts),
        Difference.TOOL: _plain(one.tool) != _plain(other.tool),
        Difference.VERSION: _plain(one.tool) == _plain(other.tool)
        and _plain(one.tool_version) != _plain(other.tool_version),
        Difference.DEFINITION: _plain(one.definition) != _plain(other.definition),
        Difference.DESIGN: one.design != other.design,
    }
    return tuple(what for what, differs in found.items() if differs)


def in_way(one: Share | None, other: Share | None) -> tuple[Difference, ...]:
    """Return whether two shares were worked out in unlike ways; nothing where one is not told."""
    return (Difference.WAY,) if one and other and one.way != other.way else ()


def runs(points: Sequence[Point]) -> list[list[Point]]:
    """Return the points in runs of rounds that are alike, each with the one before it."""
    found: list[list[Point]] = []
    for point in points:
        if found and not point.unlike:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
