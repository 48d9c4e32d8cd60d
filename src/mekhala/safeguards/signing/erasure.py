"""Past sign-ins are told to their officer for a season; tries are counted for minutes."""

PARTS = {
    "sign_ins": (
        "delete from signing_signin where ended_at < kept_since",
        "delete from signing_tried where ends_at < kept_since",
    ),
}
