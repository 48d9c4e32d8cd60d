"""Alarms: invented files that were asked for, and officers whose reading is locked."""
