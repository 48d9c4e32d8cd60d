"""In: what was found, said and taken in a proceeding. Out: who held it, what it shows, who is told.

A register of items with their legal basis, a chain of custody of which no entry is ever edited,
originals sealed under their digest, the matrix of elements and evidence for each charge, and the
list for the defence, from which nothing falls silently.
"""
