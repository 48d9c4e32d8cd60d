"""What we know of law, words and numbers. No Django, no database, no clock."""
