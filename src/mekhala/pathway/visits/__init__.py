"""In: what an organisation saw at a place where people may be exploited. Out: a record, counts.

Never who was seen there: codes, a month for others, and an address that is sealed. Not for police,
border or courts: this is no list for raids. A person met on a visit has a case of her own; that
the visit led to it is told only with the case. The room stands beside the later ones because it
asks ``encounter`` whose the case is, and nobody asks it.
"""
