"""The legal holds on one file: which stand, asking for one, asking to lift one."""
