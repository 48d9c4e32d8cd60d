"""Pages: letters about a decision: made, looked at, approved, handed over."""
