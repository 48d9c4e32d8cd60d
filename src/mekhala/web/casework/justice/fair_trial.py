"""The fair-trial page: warnings of the core, what each rests on and where that is recorded."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from mekhala.core.reasoning.fair_trial.flags import Flag, Level
from mekhala.core.reasoning.fair_trial.review import Review, review
from mekhala.pathway.evidence import queries as evidence
from mekhala.pathway.evidence.models import Kind
from mekhala.pathway.justice import acquittals, clocks, custody, fairness, queries
from mekhala.pathway.justice.differences import Difference, differences
from mekhala.pathway.justice.models import Accused, Custody, PlaceKind, Stage
from mekhala.pathway.justice.standing import current
from mekhala.web.casework.justice.entry_forms import AboutForm
from mekhala.web.casework.justice.entry_kinds import KINDS

# The key of the core, and the kind of entry in which its answer is recorded.
RECORDED_AS = {
    "complaint": "complaint", "custody": "custody", "statements": "statement",
    "evidence": "verdict", "hearing": "observation", "verdict": "verdict", "appeal": "appeal",
    "confiscation": "confiscation", "facts": "facts", "none_of": "facts",
    "alleged_victim": "facts",
}  # fmt: skip
# What the core asks under another name than the entry.
CALLED = {
    "complaint.payment_demanded_by_complainant": "payment_asked",
    "complaint.prior_dispute_with_accused": "prior_dispute",
    "hearing.judge_expressed_doubt": "judge_doubted", "statements.by": "speaker",
    "confiscation.before_final": "on", "custody.hours": "released_at",
    "custody.prosecutor_extension": "extended", "verdict.sentence_years": "sentence_months",
}  # fmt: skip
APART = frozenset({"payments_demanded", "officials_alleged"})

LEVELS = {
    Level.GRAVE: gettext_lazy("grave"), Level.SERIOUS: gettext_lazy("serious"),
    Level.MINOR: gettext_lazy("minor"),
}  # fmt: skip


def reviewed(one: Accused, registered: Sequence[str], *, now: datetime) -> Review:
    """Return what the rules say of one accused of ``queries.for_review``.

    ``registered`` are the kinds in the register of evidence.
    """
    return review(fairness.proceeding_of(one, now=now, registered=registered))


def page_of(one: Accused, *, now: datetime) -> dict[str, Any]:
    """Return what the fair-trial page shows."""
    kinds = evidence.kinds(one.proceeding_id)
    found = reviewed(one, kinds, now=now)
    words = {kind: Kind(kind).label for kind in kinds}
    return {
        "differences": [_difference(d, one) for d in differences(one, words, now=now)],
        "clocks": [
            _clock(held, whole, now, one)
            for whole in custody.detentions_of(one)
            for held in whole.entries
        ],
        "urgency": found.urgency.value,
        "raised": [_raised(flag, found, one) for flag in found.raised],
        "cannot_tell": [_unknown(flag, found, one) for flag in found.cannot_tell],
        "not_raised": [_(flag.meaning) for flag in found.not_raised],
    }


def _difference(found: Difference, one: Accused) -> dict[str, Any]:
    pages = [
        {"href": reverse("justice:entries", args=[one.number, kind]), "text": KINDS[kind].title}
        for kind in found.entries
    ]
    return {"words": found.words, "pages": pages}


def _clock(held: Custody, whole: custody.Detention, now: datetime, one: Accused) -> dict[str, Any]:
    """Return one custody with the limit of its stretch; what follows a judgment is no detention
    before trial.
    """
    runs = whole.clock
    ends = [e for e in (held.released_at, _judged_at(one, held)) if e]
    until = min(ends, default=now)
    return {
        "place": held.get_place_display(), "since": held.held_at, "until": min(ends, default=None),
        "limit": runs.runs_out_at, "passed": until > runs.runs_out_at,
        "acquitted": _held_though_acquitted(held, one),
        "goes_on": held.pk != whole.entries[0].pk,
    }  # fmt: skip


def _held_though_acquitted(held: Custody, one: Accused) -> str:
    """Return what is to be said where somebody acquitted is not recorded as let go; else empty."""
    if held.released_at is not None or queries.stage_of(one) != Stage.ACQUITTED:
        return ""
    if any(appeal.by in acquittals.PROSECUTION for appeal in acquittals.pending(one)):
        return _("Acquitted, and the prosecutor has appealed. By KH-CPC-2007, Articles 307 and "
                 "398, which nobody has checked for us, somebody acquitted may stay detained until "
                 "that appeal is decided. For how long is not known here: a lawyer should "
                 "look.")  # fmt: skip
    return _("Acquitted, not recorded as let go, and no appeal of the prosecutor is recorded. "
             "Record the release, or ask at once why it has not come.")  # fmt: skip


def _judged_at(one: Accused, held: Custody) -> datetime | None:
    """Return when somebody held before trial was first judged after that."""
    if held.place == PlaceKind.POLICE:
        return None
    judged = [v.on for v in current(one.verdict_entries.all())]
    after = [day for day in judged if day >= timezone.localtime(held.held_at).date()]
    return clocks.at_the_beginning_of(min(after)) if after else None


def _raised(flag: Flag, found: Review, one: Accused) -> dict[str, Any]:
    told = found.told[flag.code]
    return {
        "code": flag.code, "meaning": _(flag.meaning), "level": LEVELS[flag.level],
        "is_grave": flag.level is Level.GRAVE, "because": _because(flag, told.because),
        "rests_on": places(told.rests_on, one), "source": flag.source, "verified": flag.verified,
    }  # fmt: skip


def _because(flag: Flag, told: str) -> str:
    """Return why a flag is raised: the core tells it in English, others read the rule."""
    return told if get_language() == "en" else _(flag.raised)


def _unknown(flag: Flag, found: Review, one: Accused) -> dict[str, Any]:
    ask = places(found.told[flag.code].rests_on, one)
    return {"code": flag.code, "meaning": _(flag.meaning), "ask": ask}


def places(paths: Iterable[str], one: Accused) -> list[dict[str, str]]:
    """Return each path with the page on which it is recorded; no address where it is apart.

    Two that are called the same on the same page are one.
    """
    found = {(_href(path, one), _text(path)): path for path in reversed(list(paths))}
    told = [{"path": path, "href": href, "text": text} for (href, text), path in found.items()]
    return told[::-1]


def _key(path: str) -> str:
    return re.split(r"[.\[]", path, maxsplit=1)[0]


def _href(path: str, one: Accused) -> str:
    key = _key(path)
    if key in APART:
        return ""
    if key == "accused":
        return reverse("justice:describe", args=[one.number])
    if key in RECORDED_AS:
        return reverse("justice:entries", args=[one.number, RECORDED_AS[key]])
    if key == "co_accused":
        return reverse("justice:proceeding", args=[one.proceeding_id])
    return reverse("justice:accused", args=[one.number])


def _text(path: str) -> str:
    words = {
        "complaint": _("complaint"), "custody": _("custody"), "statements": _("statements"),
        "evidence": _("what the judgment rests on"), "hearing": _("hearing"),
        "verdict": _("verdict"), "appeal": _("appeal"), "confiscation": _("things taken"),
        "facts": _("facts proved"), "none_of": _("facts proved"),
        "alleged_victim": _("the person harmed"), "accused": _("the accused"),
        "co_accused": _("co-accused"), "charges": _("charges"), "conduct": _("time of the conduct"),
        "payments_demanded": _("money asked for (logged apart, not seen here)"),
        "officials_alleged": _("officials alleged (logged apart, not seen here)"),
    }  # fmt: skip
    field = _field(path)
    return f"{words.get(_key(path), path)}: {field}" if field else words.get(_key(path), path)


def _field(path: str) -> str:
    """Return what a page calls the answer that a path of the core names; empty: the whole entry."""
    key, _dot, rest = path.partition(".")
    named = CALLED.get(f"{_key(key)}.{rest}", rest)
    if key == "accused" and named in AboutForm.base_fields:
        return str(AboutForm.base_fields[named].label)
    if _key(key) not in RECORDED_AS:
        return ""
    entry = KINDS[RECORDED_AS[_key(key)]]
    field: Any = entry.model._meta.get_field(named) if named in entry.fields else None
    return str(field.verbose_name) if field else ""


def queue(*, now: datetime, limit: int = 200) -> list[dict[str, Any]]:
    """Return who needs a lawyer's look: those with a grave warning first, the oldest first.

    Everybody open to the officer is looked at, ``limit`` at a time, until ``limit`` with a grave
    warning are found; at most ``limit`` are returned.
    """
    waiting = queries.for_review().order_by("proceeding__complaint_on", "number")
    rows: list[dict[str, Any]] = []
    start = 0
    while some := list(waiting[start : start + limit]):
        rows += _to_look_at(some, now=now)
        if len(some) < limit or sum(row["grave"] > 0 for row in rows) >= limit:
            break
        start += limit
    return sorted(rows, key=lambda row: (row["grave"] == 0, row["since"], row["number"]))[:limit]


def _to_look_at(waiting: Sequence[Accused], *, now: datetime) -> list[dict[str, Any]]:
    """Return those of some accused about whom any warning asks for a look."""
    rows = []
    registered = evidence.kinds_of({one.proceeding_id for one in waiting})
    for one in waiting:
        found = reviewed(one, registered.get(one.proceeding_id, ()), now=now)
        grave = [flag for flag in found.raised if flag.level is Level.GRAVE]
        if found.urgency.value != "none":
            rows.append({
                "number": one.number, "word": queries.stage_word(one), "grave": len(grave),
                "raised": [_(flag.meaning) for flag in found.raised],
                "urgency": found.urgency.value, "since": one.proceeding.complaint_on,
            })  # fmt: skip
    return rows
