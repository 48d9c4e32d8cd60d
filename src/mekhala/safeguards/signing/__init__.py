"""How officers come in, how long they stay, and what ends it.

In: who signed in, on what kind of device, with which factors. Out: whether that is enough for the
role, and whether a session still stands. Law: none; R-40, R-42 and R-43 of the security
requirements. Acts: the officer, about her or his own sign-ins only.
"""
