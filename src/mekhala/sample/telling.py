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
    "registration": (
        "{registered} registered, each with a certificate that names nobody; {met_again} of "
        "them met again, for somebody to notice; {announced} announced without a name"
    ),
    "referral": (
        "{asked} places asked for: {accepted} accepted, {declined} declined; the ministry agreed "
        "to {agreed}, {undecided} that could not wait it has to decide; "
        "{unmet} needs that nobody could meet, counted by group ({for_whom}); {sealed} shelters' "
        "places sealed, {inspected} inspected, {restricted} restricted"
    ),
    "aftercare": (
        "{plans} support plans agreed, {stays} stays by consent, help given {helped} times, "
        "{blocked} ways home that wait for a second officer; last year {due} days to look in fell "
        "due: {met} met, {lost} lost, {waiting} overdue"
    ),
    "leaving": (
        "{returns} returns begun, {overdue} of their steps overdue, {theirs} with the other side; "
        "{agencies} recruitment agencies, {suspended} suspended"
    ),
    "justice": (
        "{proceedings} complaints about {accused} accused; {charged} charged, none convicted; "
        "{watched} hearing watched by a monitor of trials"
    ),
    "linkage": (
        "{lists} agencies' lists, {records} records without names: {people} people "
        "(in truth {people_in_truth})"
    ),
    "review": (
        "{lists} lists with names, sealed: {records} records, {kept_apart} rows kept apart; one "
        "run settled after {read} pairs were read, {people} people; another in review, {waiting} "
        "pairs waiting, {third} of them for a third reader"
    ),
    "surveys": (
        "{rounds} rounds of an invented survey at {posts} posts: {screened} people screened on "
        "{days} days"
    ),
    "claims": "{claims} published figures, each with where it came from",
    "courts": (
        "{people} people named in complaints followed, {years} years each by itself; a table of "
        "{sentenced} convictions kept"
    ),
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
    """One method a line: none of them is the number."""
    said = [_method(e) for e in counts["methods"] if e["estimate"] is not None]
    return f"how many in all? in truth {counts['truth']:,}\n" + "\n".join(said)


def _method(told: dict[str, Any]) -> str:
    """Return the interval in words; a bound from below, such as Chao's, has no upper end."""
    if told["high"] is None:
        return f"{'':17}{told['method']} says at least {told['estimate']:,.0f}"
    ends = f"{told['low']:,.0f} to {told['high']:,.0f}"
    return f"{'':17}{told['method']} says {told['estimate']:,.0f} ({ends})"
