"""Sharing agreements: which are in force, entering one, stopping it and going on."""
