"""What of an accused is erased beside the name, which the vault erases: the age."""

_AGE = ("update justice_accused set age = null where number = of_number",)
PARTS = {"cleared": _AGE, "convicted": _AGE}
