"""Half codes go some time after they opened the door or ended."""

PARTS = {
    "codes": (
        """update admission_admission set first_half = '', second_half = ''
          where least(until, ended_at) < kept_since and first_half || second_half <> ''""",
    ),
}
