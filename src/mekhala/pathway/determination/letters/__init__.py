"""Letters about a decision: their words, their paper, and whether they may be given, and how."""
