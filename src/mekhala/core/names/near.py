"""When two keys are one sound apart, or two spellings two swapped letters: reasons to look again.

Which sounds: those a listener or a clerk takes for one another in names of Cambodia, after the
spelling variants the romanisation tables disagree on (UNGEGN 2003, DC-Cam 1998): a and o of the
unwritten vowel, i and ai (ey), ao and o, t and d of one subscript, p and b of one letter, n and
nh at the end, eu with its neighbours. Everything else apart by one sound is another name: Dara and
Dary, Sokha and Sokhom.
"""

TAKEN_FOR = {
    frozenset(pair)
    for pair in ("ao", "ie", "ow", "aw", "iu", "TD", "PB", "NZ", "ae", "oq", "iy", "yo", "iY")
}
FEWEST_SOUNDS = 4  # in shorter names one sound is most of the name
FEWEST_LETTERS = 5


def one_sound_apart(one: str, other: str) -> bool:
    """Whether the keys differ in one sound that is taken for the other, or an a between two.

    >>> one_sound_apart("SoPaL", "SoPoL"), one_sound_apart("DaRa", "DaRi")
    (True, False)
    >>> one_sound_apart("MaKRa", "MaKaRa"), one_sound_apart("SoKa", "SoKaN")
    (True, False)
    """
    longer, shorter = sorted((one, other), key=len, reverse=True)
    if len(shorter) < FEWEST_SOUNDS:
        return False
    if len(longer) == len(shorter):
        apart = [frozenset(pair) for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
        return len(apart) == 1 and apart[0] in TAKEN_FOR
    return any(
        longer[n] == "a" and longer[:n] + longer[n + 1 :] == shorter
        for n in range(1, len(longer) - 1)
    )


def letters_swapped(one: str, other: str) -> bool:
    """Whether two neighbouring letters have changed places, and nothing else.

    >>> letters_swapped("chanthy", "chatnhy"), letters_swapped("dara", "adra")
    (True, False)
    """
    if len(one) != len(other) or len(one) < FEWEST_LETTERS:
        return False
    apart = [n for n, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    if len(apart) != 2 or apart[1] != apart[0] + 1:
        return False
    return one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]
