"""What of an accused is erased beside the name, which the vault erases: who it was, and words.

``lapsed``: a suspicion that went nowhere for years. Days, articles and codes stay, for counting.
"""

from mekhala.safeguards.guards import blank

NOTED = {  # tables with free text about an accused, and its column
    "complaint": "note", "custody": "note", "statement": "note", "counsel": "note",
    "investigation": "note", "observation": "note", "verdict": "note", "confiscation": "note",
    "appeal": "note", "release": "note", "gatecheck": "because",
}  # fmt: skip
_WHO = (
    "update justice_accused set age = null, literate = null, language = '', nationality = '',"
    " education = '', occupation = '', presumed_victim = null where number = of_number",
)
_WORDS = tuple(
    f"update justice_{table} set {blank(column)} where accused_id = of_number"
    for table, column in NOTED.items()
)
_SHEETS = (f"update justice_sheet set {blank('content')} where accused_id = of_number",)
PARTS = dict.fromkeys(("cleared", "convicted", "lapsed"), _WHO + _WORDS + _SHEETS)
_AGE = ("update justice_accused set age = null where number = of_number",)
FIRST_PARTS = {"cleared": _AGE, "convicted": _AGE}  # as migration 0005 made them
