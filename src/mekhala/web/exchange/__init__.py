"""Other systems: the REST API."""
