"""How long each kind of record is kept, and erasing it when that time is over (R-24, R-25).

In: the day a case closes, a form came or a proceeding ended, and ``periods.yaml``. Out: what is
due, what is held, what was erased. Each room says in a module ``erasure`` what of it is erased;
the database does it, and only when the time is over by its own clock and no legal hold stands.
Who acts: the nightly job; two officers of two agencies for erasing sooner.
"""
