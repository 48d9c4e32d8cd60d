"""Why two officers agreed is erased with the file; what they agreed to and who they are stays."""

PARTS = {
    "person": (
        """update four_eyes_secondsignature set because = '(erased with the file)',
          answered_because = '' where on_file and subject = of_number""",
    ),
}
