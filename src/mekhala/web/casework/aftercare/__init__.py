"""Support plans and follow-up."""
