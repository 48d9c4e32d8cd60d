"""Alarms: officers whose reading is locked, and lifting that from another agency."""
