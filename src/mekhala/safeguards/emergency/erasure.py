"""What was written of an opening in an emergency goes with the file; that it was opened stays."""

PARTS = {
    "person": (
        """update emergency_opening set words = '', review_words = ''
          where file_number = of_number""",
    ),
}
