"""A dossier told in the words of the justice pages; what is a code stays one in the file."""

import json
from datetime import datetime
from typing import Any

from django.db.models import Field
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.core.table_cells import csv_text
from mekhala.core.vocabulary.places import province_name
from mekhala.pathway.encounter.models import Sex
from mekhala.pathway.evidence.models import Item
from mekhala.pathway.justice import ladder, models
from mekhala.population.dossiers.models import Taken

KINDS: dict[str, Any] = {
    "step": models.Step, "charge": models.Charge, "complaint": models.Complaint,
    "custody": models.Custody, "counsel": models.Counsel, "statement": models.Statement,
    "investigation": models.Investigation, "gatecheck": models.GateCheck,
    "observation": models.Observation, "factsfound": models.FactsFound,
    "verdict": models.Verdict, "confiscation": models.Confiscation, "appeal": models.Appeal,
    "release": models.Release, "hearing": models.Hearing, "item": Item,
}  # fmt: skip
PARTS: dict[str, Any] = {
    "step": gettext_lazy("Steps"), "charge": gettext_lazy("Charges"),
    "complaint": gettext_lazy("Complaint"), "custody": gettext_lazy("Custody"),
    "counsel": gettext_lazy("Lawyer or interpreter"), "statement": gettext_lazy("Statements"),
    "investigation": gettext_lazy("Investigation"),
    "gatecheck": gettext_lazy("Checks before a charge"),
    "observation": gettext_lazy("Seen at hearings"), "factsfound": gettext_lazy("Facts found"),
    "verdict": gettext_lazy("Verdicts"), "confiscation": gettext_lazy("Things taken"),
    "appeal": gettext_lazy("Appeal"), "release": gettext_lazy("Let go"),
    "hearing": gettext_lazy("Hearings"), "item": gettext_lazy("Register of evidence"),
}  # fmt: skip
LABELS: dict[str, Any] = {
    "stage": gettext_lazy("Step"), "on": gettext_lazy("Month"), "hours": gettext_lazy("Hours held"),
    "statute": gettext_lazy("Statute"), "article": gettext_lazy("Article"),
    "in_force_from": gettext_lazy("Text in force from"),
    "conduct_from": gettext_lazy("Conduct from"), "conduct_to": gettext_lazy("Conduct to"),
    "charged_on": gettext_lazy("Charged in"), "withdrawn_on": gettext_lazy("Withdrawn in"),
    "put_off": gettext_lazy("Put off"), "facts": gettext_lazy("Facts"),
    "none_of": gettext_lazy("Nothing found of"), "presumption": gettext_lazy("Presumed victim"),
    "outcome": gettext_lazy("Outcome"), "reasons": gettext_lazy("Rests on"),
    "kind": gettext_lazy("Kind"), "source": gettext_lazy("From"), "basis": gettext_lazy("Basis"),
    "taken_on": gettext_lazy("Taken in"), "set_aside": ladder.SET_ASIDE,
}  # fmt: skip
HEAD = ["dossier", "province", "complaint", "accused", "part", "entry", "field", "value",
        "serial", "taken_by", "destroy_by"]  # fmt: skip


def dossier(told: dict[str, Any], language: str) -> dict[str, Any]:
    """Return a dossier as the page shows it: the accused by letters, each part with its rows."""
    return {
        "province": province_name(told["province"], language) if told["province"] else "",
        "complaint": told["complaint"],
        "accused": [
            {"letter": one["letter"], "about": _about(one), "parts": _parts(told, one["letter"])}
            for one in told["accused"]
        ],
        "shared": _parts(told, ""),
    }


def as_csv(dossiers: list[dict[str, Any]], taken: Taken, by: str, *, until: datetime) -> str:
    """Return the dossiers as rows of codes; a running number stands for each proceeding."""
    mark = [taken.serial, by, timezone.localdate(until).isoformat()]
    rows = []
    for nth, told in enumerate(dossiers, 1):
        front = [nth, told["province"], told["complaint"]]
        for letter, part, entry, said in _entries(told):
            rows += [[*front, letter, part, entry, k, _code(v), *mark] for k, v in said.items()]
    return "\ufeff" + csv_text([HEAD, *rows])


def _entries(told: dict[str, Any]) -> list[tuple[str, str, int, dict[str, Any]]]:
    about = [
        (one["letter"], "accused", 1, {k: v for k, v in one.items() if k != "letter"})
        for one in told["accused"]
    ]
    return about + [(row["of"], row["part"], n, row["said"]) for n, row in enumerate(told["rows"])]


def _code(value: Any) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return json.dumps(value) if isinstance(value, list | dict) else value


def _parts(told: dict[str, Any], letter: str) -> list[dict[str, Any]]:
    """Return the parts of the file that are about one accused, or about nobody alone."""
    found = []
    for part, title in PARTS.items():
        rows = [row["said"] for row in told["rows"] if _is(row, part, letter)]
        entries = [_entry(part, said) for said in rows]
        if entries:
            found.append({"title": title, "entries": entries})
    return found


def _is(row: dict[str, Any], part: str, letter: str) -> bool:
    return (row["part"], row["of"]) == (part, letter)


def _entry(part: str, said: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Return label and words of each thing said; what nobody wrote down is left out."""
    if part == "step":
        aside = said["stage"] == ladder.SET_ASIDE_CODE
        return [(ladder.SET_ASIDE if aside else models.Stage(said["stage"]).label, said["on"])]
    return [(_label(part, k), _words(part, k, v)) for k, v in said.items() if v not in (None, "")]


def _label(part: str, name: str) -> Any:
    field = _field(part, name)
    own = field is not None and field.verbose_name != name.replace("_", " ")
    return LABELS[name] if name in LABELS and not own else field.verbose_name if field else name


def _words(part: str, name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        return ", ".join(f"{code}: {said}" for code, said in sorted(value.items()))
    field = _field(part, name)
    choices = dict(field.flatchoices) if field is not None else {}
    many = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(one, one)) for one in many) or _("None")


def _field(part: str, name: str) -> Field[Any, Any] | None:
    return next((f for f in KINDS[part]._meta.local_fields if f.name == name), None)


def _about(one: dict[str, Any]) -> list[tuple[Any, Any]]:
    """Return what is told of an accused; unknown stands as not known."""
    known = {True: _("Yes"), False: _("No"), None: _("Not known")}
    choices = {"education": models.Education, "occupation": models.Occupation,
               "part": models.Part}  # fmt: skip
    age = one["age_from"]
    return [
        (_("Sex"), Sex(one["sex"]).label),
        (_("Age"), _("Not known") if age is None else f"{age}–{age + 9}"),
        (_("Can read"), known[one["literate"]]),
        (_("Of this country"), known[one["own_country"]]),
        (_("Schooling"), _chosen(choices["education"], one["education"])),
        (_("Work"), _chosen(choices["occupation"], one["occupation"])),
        (_("Said to have been"), _chosen(choices["part"], one["part"])),
        (_("Presumed victim"), known[one["presumed_victim"]]),
    ]


def _chosen(of: Any, code: str) -> Any:
    return of(code).label if code else _("Not known")
