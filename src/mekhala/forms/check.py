"""What an author hears of a form before anybody is asked to use it: its gaps, with their rows."""

from dataclasses import dataclass
from pathlib import PurePath

from mekhala.forms.convert import Converted, read_sheets, to_xform
from mekhala.forms.gaps import Gap, gaps, languages_without_code
from mekhala.forms.lists import OF_THE_REGISTER
from mekhala.forms.sheets import Sheets


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A form that converts, and what it still lacks."""

    converted: Converted
    gaps: list[tuple[Gap, int | None]]  # with the row of the question on the survey sheet
    languages_without_code: list[str]
    files: dict[str, str]  # the files to add with it: name → picture, sound, film or list
    lists: list[str]  # the lists the register fills


def check(content: bytes, file_name: str) -> Checked:
    """Return what is missing in a form; ``FaultyForm`` or ``WrongInput`` where it is none."""
    converted = to_xform(content, file_name)
    sheets = None
    if PurePath(file_name).suffix.lower() != ".xml":
        sheets = read_sheets(content, file_name)
    form = converted.form
    return Checked(
        converted=converted,
        gaps=[(gap, _row(gap, sheets)) for gap in gaps(form)],
        languages_without_code=languages_without_code(form),
        files={n: kind for n, kind in form.files.items() if n not in OF_THE_REGISTER},
        lists=sorted(OF_THE_REGISTER & set(form.files)),
    )


def _row(gap: Gap, sheets: Sheets | None) -> int | None:
    """Return the row of the question, None in an XForm or where a name stands in several groups."""
    name = gap.path.rpartition("/")[2]
    if sheets is None:
        return None
    rows = [row.number for row in sheets.survey if row.text("name") == name]
    return rows[0] if len(rows) == 1 else None
