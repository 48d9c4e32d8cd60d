"""Every proof in one table. To add one, add a line.

A module named here has ``main(argv)`` that understands ``--seed N``, ``--quick`` and ``--mutants``
(see ``benchmarks.rows.options``) and prints rows with ``benchmarks.rows.tell``.
"""

from typing import NamedTuple


class Proof(NamedTuple):
    """One module, what each of its rows proves, and whether its long form is run once only."""

    module: str
    says: dict[str, str]
    dear: bool = False  # a fresh seed gets the quick form: the long one takes many minutes


PROOFS = [
    Proof("authorisation", {
        "TP-A": "What each role is shown, told is absent, or refused: every cell of the matrix",
        "TP-A-SQL": "The same at SQL as the application's role, without a line of our code",
        "TP-A-FILTER": "With the filter of the views forgotten, row security still shows nothing",
    }, dear=True),
    Proof("timing", {
        "R-01": "A file that is closed and one that is absent are told alike, and as quickly",
    }),
    Proof("membership", {
        "TP-P7": "Nothing a stranger asks tells whether a person is known here",
    }, dear=True),
    Proof("pooled", {"R-04": "A pooled connection carries no officer on to the next request"}),
    Proof("revoked", {
        "R-05": "A grant or an account that ends is ended at the very next request",
        "R-05-AGAIN": "What a closed account had open stays ended when it is opened again",
    }),
    Proof("kills", {
        "TP-R1": "kill -9 under writers: nothing acknowledged is lost, each act has its log row",
        "TP-R1-BACK": "After each kill the application answers again soon",
    }, dear=True),
    Proof("race_for_a_place", {
        "TP-R5-PLACE": "Twenty ask for the last place at once: one has it",
        "TP-R5-HOLD": "A hold that is over frees its place by the clock, whatever was killed",
    }, dear=True),
    Proof("match_cost", {"COST-MATCH": "Where there is room is said in a moment"}, dear=True),
    Proof("race_to_decide", {"TP-R5-DECISION": "Two officers decide at once: one decision"}),
    Proof("race_consent", {
        "TP-R5-CONSENT": "A yes taken back while it is acted on: nothing stands afterwards",
    }, dear=True),
    Proof("tampering", {
        "TP-L2": "Tamperings with the log are found, up to the last witnessed head",
        "TP-L2-SQL": "The same by SQL, as the owner of the tables with the guards taken off",
        "TP-L2-SPEED": "The log is verified quickly enough to be verified",
    }),
    Proof("vault", {
        "TP-C": "Altered, moved and rolled back names and keys are refused",
        "TP-C-SAID": "Altered and moved texts about a person are refused",
        "TP-C-ROTATE": "After a rotation every data key is wrapped anew, and opens",
        "COST-12": "What the cryptography of twelve opened fields adds to a page",
        "TP-C-TRACES": "Nothing that was said lies in clear, in no file of the installation",
        "TP-C-ERASED": "A key that was erased opens nothing, wherever it comes back from",
    }, dear=True),
    Proof("erasure", {
        "TP-C3": "After erasure nothing is found: rows, keys, dump, files, write-ahead log",
    }, dear=True),
    Proof("hostile_xml", {
        "TP-B2": "Altered forms are read or refused in a sentence, within bounds",
        "TP-B3": "Known hostile files are refused",
    }),
    Proof("estimation.calibration", {
        "ESTIMATES-RANKS-GRAPHS": "The posterior over graphs believes what it should",
        "ESTIMATES-RANKS-CLASSES": "So do the latent classes, their chains tempered",
        "ESTIMATES-RANKS-THRESHOLD": "So does the model of all pairs, before its threshold",
        "ESTIMATES-RANKS-PAIR": "And of what one pair of lists adds",
    }, dear=True),
    Proof("list_cost", {
        "COST-LIST": "The list of cases costs little, however many people there are",
    }, dear=True),
    Proof("estimation.coverage", {
        "ESTIMATES-COVERAGE": "Intervals hold the truth as often as they say, where they claim to",
        "ESTIMATES-CONFIDENCE": "Where the panel supports one number, it seldom misses the truth",
    }, dear=True),
    Proof("linkage.attacks", {
        "ENCODE-KEY": "Without the key no name is found by trying all names",
        "ENCODE-FREQUENCY": "How often a token is there does not tell the name",
        "ENCODE-PATTERN": "Which bits are ones together does not tell the name",
        "ENCODE-GRAPH": "Who is like whom tells little of who is who",
        "ENCODE-F1": "Tokens link nearly as well as the names they hide",
        "ENCODE-SPEED": "Tokens are compared quickly",
    }, dear=True),
    Proof("intake.again", {
        "TP-R9": "A form sent again and again, in any order, is kept once; an altered one is held",
    }, dear=True),
    Proof("intake.cut", {
        "TP-R8": "A form whose sending breaks off anywhere is kept once, whole, when sent again",
    }, dear=True),
    Proof("phone_disk", {
        "TP-D": "Of what was typed into the app on a phone, nothing lies in clear on its disk",
        "TP-D-KILL": "The app killed while it finishes a form: no form is lost, none sent twice",
    }, dear=True),
    Proof("linkage.proof", {
        "LINK-FEBRL": "FEBRL is linked at the fixed threshold, without a security number",
        "LINK-POOR": "Twins, siblings, namesakes and half-empty rows are not taken for one another",
        "LINK-KHMER": "Khmer records are found across scripts and spellings",
        "LINK-EMPTY": "Who has told almost nothing is left unlinked rather than guessed",
        "LINK-TRAPS": "Planted twins, namesakes, the nameless and crowds catch it seldom or never",
    }, dear=True),
    Proof("linkage.review", {
        "LINK-REVIEW": "Uncertain pairs are read by two unseen by each other, else by a third",
    }),
]  # fmt: skip
