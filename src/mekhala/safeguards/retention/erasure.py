"""Sessions that ended: they belong to no room."""

PARTS = {"sessions": ("delete from django_session where expire_date < kept_since",)}
