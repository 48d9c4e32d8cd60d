"""One room per step of a case."""
