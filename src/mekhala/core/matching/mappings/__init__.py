"""Mappings of senders, one TOML file each."""
