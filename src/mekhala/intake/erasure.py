"""What of taking over is erased: of a case's forms all but that they were taken, else the row."""

_ALONE = ("delete from intake_taken where number = of_number",)
PARTS = {
    "person": (
        """update intake_taken set advice = '', because = '', figures = '{}'
          where submission_id in
            (select s.id from questionnaires_submission s where s.case_number = of_number)""",
    ),
    "loose_form": _ALONE,
    "held_form": _ALONE,
}
