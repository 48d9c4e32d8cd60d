"""How many people's files an officer reads, and which files nobody has a reason to read.

In: every door tells ``look`` which file is asked for, before it is known whether it is open.
Out: whether the officer may go on reading; a lock that only another agency lifts; an alarm.
"""
