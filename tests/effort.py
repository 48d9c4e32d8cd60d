"""How much work something took, whatever else the machine was doing meanwhile."""

import os
import resource


def seconds_of_work(act):
    """Return the processor seconds that the processes started by ``act`` used."""

    def used():
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        return spent.ru_utime + spent.ru_stime

    before = used()
    act()
    return used() - before


def crowding():
    """Return how many times slower than alone things go now: 1 on a quiet machine."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
