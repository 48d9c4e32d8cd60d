"""What was counted against a limit is not looked at after a day."""

PARTS = {"readings": ("delete from reading_read where at < kept_since",)}
