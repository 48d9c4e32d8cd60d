"""How far one province is from another, as the crow flies between their seats.

Source: positions of the provincial seats as on public maps, to about two kilometres. Nothing
finer is kept of a service: how far it is must not tell where it stands.
"""

from functools import cache
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0
SEATS: dict[str, tuple[float, float]] = {  # gazetteer code: degrees north, degrees east
    "01": (13.59, 102.97), "02": (13.10, 103.20), "03": (11.99, 105.46), "04": (12.25, 104.67),
    "05": (11.45, 104.52), "06": (12.71, 104.89), "07": (10.61, 104.18), "08": (11.48, 104.95),
    "09": (11.62, 102.98), "10": (12.49, 106.02), "11": (12.45, 107.19), "12": (11.56, 104.92),
    "13": (13.81, 104.98), "14": (11.49, 105.33), "15": (12.54, 103.92), "16": (13.74, 106.99),
    "17": (13.36, 103.86), "18": (10.63, 103.52), "19": (13.53, 105.97), "20": (11.09, 105.80),
    "21": (10.99, 104.79), "22": (14.18, 103.52), "23": (10.48, 104.32), "24": (12.85, 102.61),
    "25": (11.91, 105.66),
}  # fmt: skip


@cache
def kilometres(one: str, other: str) -> int | None:
    """Return the distance of two provinces in tens of kilometres; None for a code without a seat.

    By the haversine formula (Sinnott 1984). Within one province it is 0.
    """
    if one not in SEATS or other not in SEATS:
        return None
    (north, east), (north_too, east_too) = SEATS[one], SEATS[other]
    down, along = radians(north_too - north) / 2, radians(east_too - east) / 2
    part = sin(down) ** 2 + cos(radians(north)) * cos(radians(north_too)) * sin(along) ** 2
    return round(2 * EARTH_KM * asin(sqrt(part)) / 10) * 10
