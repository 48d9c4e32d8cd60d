"""What the main job did, in sentences anybody can read."""

from typing import Any

SENTENCES = {
    "forms": "{forms} forms taken in ({questions} questions); {submissions} filled Cards received",
    "encounter": (
        "{cases} people met, a case opened for each; {known_children} known to be children"
    ),
    "screening": "{screened} screened: {refer} referred, {unsure} unsure, {do_not_refer} not now",
    "determination": (
        "{files} files, each read by two officers at two stages: {recognised} recognised, "
        "{not_established} not established, {waiting_for_facts} waiting for facts; in earlier "
        "files {facts_asked} facts asked for and {asked_again} refusals asked again"
    ),
    "registration": "{registered} registered, each with a certificate that names nobody",
    "referral": (
        "{asked} places asked for: {accepted} accepted, {declined} declined; "
        "{unmet} needs that nobody could meet, counted"
    ),
    "aftercare": "{plans} support plans agreed, with days to look in again",
    "justice": (
        "{proceedings} complaints about {accused} accused; {charged} charged, none convicted"
    ),
    "linkage": (
        "{lists} agencies' lists, {records} records without names: {people} people "
        "(in truth {people_in_truth})"
    ),
    "surveys": (
        "{rounds} rounds of an invented survey at {posts} posts: {screened} people screened on "
        "{days} days"
    ),
    "claims": "{claims} published figures, each with where it came from",
    "publication": (
        "last year's table: {people} people, {withheld} of {cells} cells hidden for privacy"
    ),
}


def told(step: str, counts: dict[str, Any]) -> str:
    """Return one step of the summary as a sentence, thousands set apart."""
    if step == "estimates":
        return _estimates(counts)
    shown = {key: f"{n:,}" if isinstance(n, int) else n for key, n in counts.items()}
    return SENTENCES[step].format_map(_Zero(shown))


class _Zero(dict[str, Any]):
    """Counts of what happened; what did not happen is none."""

    def __missing__(self, key: str) -> str:
        return "0"


def _estimates(counts: dict[str, Any]) -> str:
    said = [
        f"{e['method']} says {e['estimate']:,.0f} ({_interval(e)})"
        for e in counts["methods"]
        if e["estimate"] is not None
    ]
    return f"how many in all? {'; '.join(said)}; in truth {counts['truth']:,}"


def _interval(estimate: dict[str, Any]) -> str:
    """Return the interval in words; a bound from below, such as Chao's, has no upper end."""
    low, high = estimate["low"], estimate["high"]
    if low is None:
        return "no interval"
    return f"{low:,.0f} to {high:,.0f}" if high is not None else f"{low:,.0f} or more"
