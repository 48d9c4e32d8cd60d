"""The key service: a process apart that holds the keys which wrap every person's data key.

In: a data key to wrap, or a wrapped one with who asks, for what and about which number.
Out: the wrapped key, or the data key within the actor's quota, each noted. It never sees a
name, and there is no request that gives out a wrapping key or many people's keys.
"""
