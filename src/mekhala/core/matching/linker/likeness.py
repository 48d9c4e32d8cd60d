"""How alike two strings are, counted exactly as DuckDB counts it."""

BOOST_FROM, PREFIX, MOST_PREFIX = 0.7, 0.1, 4  # Winkler 1990


def levenshtein(one: str, other: str) -> int:
    """Return how many letters must be changed, added or left out (Levenshtein 1966).

    >>> levenshtein("1991", "1911"), levenshtein("dara", "daro")
    (1, 1)
    """
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def damerau(one: str, other: str) -> int:
    """Return the same, two neighbours exchanged counting once (Damerau 1964, unrestricted).

    >>> damerau("dara", "daar"), damerau("ca", "abc")
    (1, 2)
    """
    most = len(one) + len(other)
    seen: dict[str, int] = {}
    rows = [[most] * (len(other) + 2) for _ in range(len(one) + 2)]
    for i in range(len(one) + 1):
        rows[i + 1][1] = i
    for j in range(len(other) + 1):
        rows[1][j + 1] = j
    for i, a in enumerate(one, start=1):
        last = 0
        for j, b in enumerate(other, start=1):
            up, cost = seen.get(b, 0), int(a != b)
            swapped = rows[up][last] + (i - up - 1) + 1 + (j - last - 1)
            rows[i + 1][j + 1] = min(
                rows[i][j] + cost, rows[i + 1][j] + 1, rows[i][j + 1] + 1, swapped
            )
            last = j if a == b else last
        seen[a] = i
    return rows[-1][-1]


def jaro(one: str, other: str) -> float:
    """Return the share of letters in common, roughly in place, 0 to 1 (Jaro 1989).

    >>> round(jaro("martha", "marhta"), 3)
    0.944
    """
    if not one or not other:
        return float(one == other)
    reach = max(0, max(len(one), len(other)) // 2 - 1)
    taken = [False] * len(other)
    met: list[str] = []
    for i, a in enumerate(one):
        for j in range(max(0, i - reach), min(len(other), i + reach + 1)):
            if not taken[j] and other[j] == a:
                taken[j] = True
                met.append(a)
                break
    if not met:
        return 0.0
    there = [b for b, used in zip(other, taken, strict=True) if used]
    moved = sum(a != b for a, b in zip(met, there, strict=True)) // 2
    n = len(met)
    return (n / len(one) + n / len(other) + (n - moved) / n) / 3


def jaro_winkler(one: str, other: str) -> float:
    """Return Jaro's likeness, more where the first letters agree (Winkler 1990).

    >>> round(jaro_winkler("martha", "marhta"), 4)
    0.9611
    """
    alike = jaro(one, other)
    if alike <= BOOST_FROM:
        return alike
    same = 0
    for a, b in zip(one[:MOST_PREFIX], other[:MOST_PREFIX], strict=False):
        if a != b:
            break
        same += 1
    return alike + same * PREFIX * (1 - alike)
