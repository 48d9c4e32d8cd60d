"""Backups that two officers open together: the database, and apart from it the keys.

Out goes one file that is age from its first byte of data to its last: nothing lies on a disk in
clear. Back it comes into an empty database, whose doors stay shut until counts and log agree
and everybody erased since the backup is erased again.
"""
