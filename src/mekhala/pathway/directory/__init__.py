"""In: what a provider says of its places. Out: services that suit somebody, with reasons.

Services: whom they take, places free, last confirmed.
"""
