"""An erased file is open to nobody; keys of programs that ended go after a time."""

PARTS = {
    "person": (
        """update access_grant set until = greatest(granted_at, least(until, clock_timestamp()))
          where file_number = of_number""",
    ),
    "tokens": ("delete from access_apitoken where least(expires_at, revoked_at) < kept_since",),
}
