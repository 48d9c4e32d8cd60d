"""Figures of a survey in words, and as rows of tables. What is withheld says so."""

from typing import Any

from django.utils.translation import gettext as _

from mekhala.population.surveys.day_figures import DayFigures
from mekhala.population.surveys.grades import GRADES, Design, Way
from mekhala.population.surveys.models import DayTally
from mekhala.population.surveys.queries import AtPost, Board
from mekhala.population.surveys.shares import LEVEL, Share, Totals
from mekhala.population.surveys.trend import Point
from mekhala.web.casework.surveys.forms import LABELS
from mekhala.web.charts import whole

OF_A_COUNT = {"extrapolated"}  # warns of a number of people that no page makes from a share
SHOWN = ("approached", "refused", "missed", "screened", *GRADES)


def day_heads() -> list[str]:
    """Return short heads for the counts of a day, so that the table fits on paper."""
    asked = [str(LABELS[name]) for name in ("approached", "refused", "missed", "screened")]
    return [*asked, _("Strong"), _("Some"), _("None"), _("Unclear")]


def heads() -> dict[str, Any]:
    """Return heads and captions of the tables of a round by the names their template knows."""
    share = _("Share of those approached")
    confirmed = (_("Examined again"), _("Confirmed"), _("Share"), _("Interval"))
    by_post = (
        _("Days worked"), LABELS["approached"], LABELS["screened"], LABELS["strong"],
        LABELS["some"], _("Share refused"), _("Share missed"),
    )  # fmt: skip
    return {
        "totals_head": [_("Outcome"), *map(number, (_("People"), share, _("Days counted")))],
        "posts_head": [_("Post"), *(number(str(label)) for label in by_post)],
        "confirmed_head": [_("Grade"), *map(number, confirmed)],
        "trend_caption": _("Shares of those graded, with intervals of %(level)s %%")
        % {"level": f"{100 * LEVEL:g}"},
        "trend_head": [
            _("Round"), _("Month"), _("Strong or some indications"), str(LABELS["strong"]),
            _("Compared with the round before"),
        ],
    }  # fmt: skip


def percent(share: float | None) -> str:
    """Return a share as percent with one digit, or that it is not known."""
    if share is None:
        return _("not known")
    return _("%(share)s %%") % {"share": f"{100 * share:.1f}"}


def people(count: int | None) -> str:
    """Return a number of people, or that it was not counted."""
    return _("not counted") if count is None else whole(count)


def number(text: str) -> dict[str, Any]:
    """Return a cell of a table that holds a number."""
    return {"text": text, "numeric": True}


def kind_of(share: Share) -> str:
    """Return what a share counts."""
    told = {"any": _("Strong or some indications"), "confirmed": _("Confirmed, over both phases")}
    return told.get(share.kind) or str(LABELS["strong"])


def share_told(share: Share) -> dict[str, Any]:
    """Return a share in words: the number with its interval, and all it rests on."""
    found, rests_on = share.found, share.found.diagnostics
    effect = rests_on["design_effect"]
    bounds = share.bounds and {"low": percent(share.bounds[0]), "high": percent(share.bounds[1])}
    return {
        "kind": kind_of(share),
        "share": percent(found.estimate),
        "low": percent(found.low),
        "high": percent(found.high),
        "level": f"{100 * found.level:g}",
        "rests_on": _rests_on(share),
        "graded": whole(rests_on["screened"]),
        "way": share.way.label,
        "unweighted": _unweighted(share.unweighted),
        "clusters": share.clusters,
        "is_clustered": share.way in (Way.DAYS, Way.VISITS),
        "is_pooled": share.is_pooled and share.way is not Way.TWO_PHASES,
        "effect": None if effect is None else f"{effect:.2f}",
        "bounds": bounds,
        "warnings": [
            _warning(warned) for warned in found.warnings if warned.code not in OF_A_COUNT
        ],
    }


def _rests_on(share: Share) -> str:
    """Return the people behind a share, in a sentence."""
    on = share.found.diagnostics
    told = {"positive": whole(on["positive"]), "people": whole(on["screened"])}
    if share.kind == "confirmed":
        said = _(
            "%(people)s people were screened, %(examined)s of them examined again and %(positive)s "
            "of these confirmed."
        )
        return said % {**told, "examined": whole(on["confirmed"])}
    return _("%(positive)s of %(people)s people who were screened and graded.") % told


def _unweighted(found: Any) -> str:
    """Return the share in which everybody counts the same; nothing where none is beside."""
    if found is None:
        return ""
    told = {"share": percent(found.estimate), "low": percent(found.low),
            "high": percent(found.high)}  # fmt: skip
    return _("Were everybody to count the same: %(share)s (%(low)s to %(high)s).") % told


def fallback(board: Board) -> str:
    """Return what the design of a round lacked, so that it could not be used; or nothing."""
    if board.missing is None:
        return ""
    told = {"design": board.round.get_design_display(), "missing": board.missing.label}
    if board.round.design == Design.TWO_PHASE:
        so = _("So there is no share over both phases.")
    else:
        so = _("So everybody counts the same in the shares.")
    planned = _("This round was planned as: %(design)s. What is missing for that: %(missing)s.")
    return f"{planned % told} {so}"


def _warning(warned: Any) -> str:
    """Return what a share warns of, in the words of the page where it has some."""
    told = {
        "some_refused": _("Some refused: they may differ from those screened."),
        "many_refused": _("More than one in five refused: they may differ from those screened."),
        "refusals_unknown": _("It was not counted on every day how many refused."),
        "small_sample": _("Few people were graded: the share says little."),
        "all_alike": _("Everybody graded had the same outcome."),
        "design_effect_unknown": _(
            "The days cannot show how alike people are who are found together: the interval takes "
            "each as found alone, and may be too narrow."
        ),
        "few_clusters": _("Few days at posts: the interval rests on little."),
        "strata_all_alike": _(
            "At a post everybody graded had the same outcome: how far they differ is a guess."
        ),
        "few_confirmed": _("Of a grade fewer than five people were examined again."),
        "present_unknown": _(
            "It was not counted how many were there each day: all who were there are taken as "
            "approached."
        ),
        "unequal_weights": _(
            "Posts count so differently that the interval is much wider than it would be without."
        ),
    }
    return told.get(warned.code, warned.because)


def not_covered(points: tuple[Point, ...]) -> list[dict[str, str]]:
    """Return for each frame in a trend the numbers of its rounds, and who is not covered."""
    rounds: dict[int, list[str]] = {}
    frames = {}
    for n, point in enumerate(points, start=1):
        rounds.setdefault(point.round.frame_id, []).append(str(n))
        frames[point.round.frame_id] = point.round.frame
    return [
        {"rounds": ", ".join(numbers), "who": frames[pk].not_covered}
        for pk, numbers in rounds.items()
    ]


def totals_rows(summed: Totals) -> list[list[object]]:
    """Return the totals of a round: people, share of those approached, days on which counted."""
    asked = summed.people["approached"] if summed.is_counted_throughout else None
    rows: list[list[object]] = []
    for name in SHOWN:
        count = summed.people[name]
        is_whole = summed.counted_on[name] == summed.days
        share = count / asked if asked and is_whole and count is not None else None
        days = _("%(days)s of %(all)s") % {"days": summed.counted_on[name], "all": summed.days}
        cells = (people(count), percent(share), days)
        rows.append([str(LABELS[name]), *(number(cell) for cell in cells)])
    return rows


def post_rows(board: Board) -> list[list[object]]:
    """Return a row for each post: days worked of those planned, counts, refusal and miss."""
    return [_post_row(at_post) for at_post in board.posts]


def _post_row(at_post: AtPost) -> list[object]:
    planned = at_post.planned
    worked = {"worked": at_post.days_worked, "planned": planned.days_planned}
    row: list[object] = [planned.post.name, number(_("%(worked)s of %(planned)s") % worked)]
    summed = at_post.totals
    if not at_post.days_worked:
        return [*row, *[number("–")] * 6]
    if summed is None:
        return [*row, *[number(_("withheld"))] * 6]
    counts = (summed.people[name] for name in ("approached", "screened", "strong", "some"))
    shares = (percent(summed.refusal), percent(summed.miss))
    return [*row, *(number(people(n)) for n in counts), *(number(s) for s in shares)]


def day_cells(tally: DayTally | DayFigures | None) -> list[object]:
    """Return the counts of one day as cells."""
    if tally is None:
        return [number(_("withheld"))] * len(SHOWN)
    return [number(people(getattr(tally, name))) for name in SHOWN]


def second_phase(tally: DayTally) -> list[str]:
    """Return what the second phase did with each grade of a day, nothing where there was none."""
    said = _("%(grade)s: %(confirmed)s of %(examined)s examined again were confirmed")
    return [
        said % {
            "grade": LABELS[grade], "examined": whole(getattr(tally, f"{grade}_examined")),
            "confirmed": whole(getattr(tally, f"{grade}_confirmed")),
        }
        for grade in GRADES if getattr(tally, f"{grade}_examined") is not None
    ]  # fmt: skip


def trend_rows(points: tuple[Point, ...]) -> list[list[object]]:
    """Return the table that says what the drawing of the trend shows."""
    return [
        [
            _("%(number)s: %(round)s") % {"number": n, "round": point.round.name},
            f"{point.round.begins_on:%Y-%m}",
            *(_in_trend(share, point) for share in (point.either, point.strong)),
            _joined(n, point),
        ]
        for n, point in enumerate(points, start=1)
    ]


def _in_trend(share: Share | None, point: Point) -> str:
    if share is None:
        return _("withheld") if point.is_withheld else _("nobody graded yet")
    told = share_told(share)
    return _("%(share)s (%(low)s to %(high)s) of %(graded)s") % told


def _joined(n: int, point: Point) -> str:
    if n == 1:
        return _("The first round")
    if not point.unlike:
        return _("Counted like the round before")
    what = ", ".join(str(difference.label) for difference in point.unlike)
    return _("Not comparable with the round before: %(what)s") % {"what": what}
