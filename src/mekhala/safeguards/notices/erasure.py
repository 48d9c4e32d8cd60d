"""Notices go with the file they are about, and after a time in any case."""

PARTS = {
    "person": ("delete from notices_notice where subject = of_number",),
    "notices": ("delete from notices_notice where at < kept_since",),
}
