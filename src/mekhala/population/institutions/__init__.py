"""In: what bodies owe, run, ask of other countries and teach. Out: registers that say who said it.

Nobody stands here: bodies, offices and counts. What was written down is never changed; a change
is another line, with its reason.
"""
