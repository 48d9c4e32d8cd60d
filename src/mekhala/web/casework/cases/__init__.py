"""The list of cases, finding one, and its overview."""
