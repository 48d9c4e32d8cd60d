"""Published figures traced to where they were first counted."""
