"""How a Thai name is read: by the Royal Thai General System of Transcription, tones left out.

Source: Royal Institute, *Principles of Romanization for Thai Script by Transcription Method*, 1999.
Thai writes no spaces between syllables and not every vowel: where two consonants stand alone, both
one syllable (o between them) and two (a after each) are kept. A letter under thanthakhat is
silent. Names often keep in Latin what is not heard (Pol for พล); the usual such letters are kept
as second readings.
"""

import re
import unicodedata

from mekhala.core.names.sounds import Sound

INITIAL = {  # letters: (RTGS, code)
    **dict.fromkeys("ก", ("k", "K")), **dict.fromkeys("ขฃคฅฆ", ("kh", "K")),
    "ง": ("ng", "G"), "จ": ("ch", "C"), **dict.fromkeys("ฉชฌ", ("ch", "C")),
    **dict.fromkeys("ซศษส", ("s", "S")), **dict.fromkeys("ญย", ("y", "Y")),
    **dict.fromkeys("ฎด", ("d", "D")), **dict.fromkeys("ฏต", ("t", "T")),
    **dict.fromkeys("ฐฑฒถทธ", ("th", "T")), **dict.fromkeys("ณน", ("n", "N")),
    "บ": ("b", "B"), "ป": ("p", "P"), **dict.fromkeys("ผพภ", ("ph", "P")),
    **dict.fromkeys("ฝฟ", ("f", "P")), "ม": ("m", "M"), "ร": ("r", "R"), "ฤ": ("ri", "Ri"),
    **dict.fromkeys("ลฬ", ("l", "L")), "ว": ("w", "V"), **dict.fromkeys("หฮ", ("h", "H")),
    "อ": ("", ""),
}  # fmt: skip
FINAL = {  # letters: (RTGS, codes)
    **dict.fromkeys("กขคฆ", ("k", ("K",))), "ง": ("ng", ("G",)),
    **dict.fromkeys("จชซฌ", ("t", ("T", "C"))), **dict.fromkeys("ศษส", ("t", ("T", "S"))),
    **dict.fromkeys("ฎฏฐฑฒดตถทธ", ("t", ("T",))), **dict.fromkeys("ญณนร", ("n", ("N",))),
    **dict.fromkeys("ลฬ", ("n", ("N", "L"))), **dict.fromkeys("บปพฟภ", ("p", ("P",))),
    "ม": ("m", ("M",)),
}  # fmt: skip
GLIDES = {  # vowel and a last yo or wo: (RTGS, codes)
    "าย": ("ai", ("e",)), "ัย": ("ai", ("e",)), "าว": ("ao", ("w",)), "ิว": ("io", ("u",)),
    "ุย": ("ui", ("q",)), "อย": ("oi", ("q",)), "โย": ("oi", ("q",)), "แว": ("aeo", ("u",)),
    "เว": ("eo", ("u",)), "เย": ("oei", ("q", "y")), "วย": ("uai", ("q",)), "เียว": ("iao", ("u",)),
}  # fmt: skip
VOWELS = {  # signs before and after the consonant: (RTGS, codes)
    "ะ": ("a", ("a",)), "ั": ("a", ("a",)), "า": ("a", ("a",)), "ิ": ("i", ("i",)),
    "ี": ("i", ("i",)), "ึ": ("ue", ("y", "o")), "ื": ("ue", ("y", "o")), "ุ": ("u", ("o",)),
    "ู": ("u", ("o",)), "อ": ("o", ("o",)), "ว": ("ua", ("o",)), "ัว": ("ua", ("o",)),
    "รร": ("a", ("a",)), "เ": ("e", ("i",)), "แ": ("ae", ("i",)), "โ": ("o", ("o",)),
    "เา": ("ao", ("w",)), "เาะ": ("o", ("o",)), "เิ": ("oe", ("y", "o")), "เอ": ("oe", ("y", "o")),
    "เีย": ("ia", ("i", "a")), "เือ": ("uea", ("y", "o")), "ไ": ("ai", ("e",)), "ใ": ("ai", ("e",)),
}  # fmt: skip
READ_AS = {  # written for their origin, read shorter
    "เกียรติ": "เกียด", "ชาติ": "ชาด", "ภูมิ": "พูม", "เหตุ": "เหด", "ญาติ": "ยาด", "จักร": "จัก",
    "เพชร": "เพ็ด", "บุตร": "บุด", "มิตร": "มิด", "ลักษณ์": "ลัก", "ลักษมี": "ลักสมี",
}  # fmt: skip
SILENT = re.compile("(?:[ตท](?=ร[ิุ]?์))?[ก-ฮ][ิุ]?์")
TONES = re.compile("[็-๋ๆ์ํ๎ฺ]")
LETTER = "[ก-ฮ]"
ONSET = f"(?P<onset>ห[งญณนมยรลวฬ]|อย|[กขคตทปพผบดฟซสศจ][รลว](?=[ก-ฮะ-ู])|{LETTER})"
NO_VOWEL = "(?![ะ-ู])"
CLOSE = f"(?P<final>{LETTER}(?![ะ-ู]|รร|[รลว][ะ-ู]|{LETTER}$))?"
SYLLABLE = re.compile(
    f"(?P<before>[เแโใไ]){ONSET}(?P<after>ีย|ือ|าะ|า|ิ|อ(?={LETTER}|$)|ะ)?{CLOSE}"
    f"|{ONSET.replace('onset', 'on')}(?P<signs>ัว|รร|ำ|[ะ-ู]|[อว](?={LETTER}{NO_VOWEL}))"
    f"{CLOSE.replace('final', 'end')}"
    f"|(?P<bare>{LETTER}){CLOSE.replace('final', 'shut')}"
)


def is_thai(text: str) -> bool:
    """Whether at least one letter is Thai.

    >>> is_thai("สมชาย")
    True
    """
    return any("ก" <= c <= "ฮ" for c in text)


def read_thai(word: str) -> tuple[Sound, ...]:
    """Return the sounds of one Thai word; what is not Thai is passed over.

    >>> "".join(sound.latin for sound in read_thai("สมชาย"))
    'somchai'
    """
    plain = unicodedata.normalize("NFC", word).replace("ํา", "ำ")
    for written, heard in READ_AS.items():
        plain = plain.replace(written, heard)
    plain = TONES.sub("", SILENT.sub("", plain))
    sounds: list[Sound] = []
    for found in SYLLABLE.finditer(plain):
        sounds += _bare(found, plain) if found["bare"] else _syllable(found)
    return tuple(sounds)


def _syllable(found: re.Match[str]) -> list[Sound]:
    """A syllable with its vowel written."""
    signs = (found["before"] or "") + (found["after"] or found["signs"] or "")
    final = found["final"] or found["end"] or ""
    onset = _onset(found["onset"] or found["on"])
    if signs == "ำ":
        return [*onset, Sound("am", ("aM",)), *_closing(final)]
    if signs == "รร" and not final:
        return [*onset, Sound("an", ("aN",))]
    if signs in ("เะ", "แะ", "โะ"):
        signs = signs[0]
    if signs in ("ไ", "ใ") and final == "ย":
        final = ""
    if signs in ("ื", "ึ") and final == "อ":
        final = ""
    if signs + final in GLIDES:
        return [*onset, Sound(*GLIDES[signs + final])]
    return [*onset, Sound(*VOWELS.get(signs, ("a", ("a",)))), *_closing(final)]


def _bare(found: re.Match[str], plain: str) -> list[Sound]:
    """Consonants without a written vowel: o before a final one, a after one alone."""
    latin, code = INITIAL[found["bare"]]
    first = Sound(latin, (code,))
    if not found["shut"]:
        return [first, Sound("a", ("a",) if found.end() < len(plain) else ("", "a"))]
    more = [Sound("", ("", "a"))] if found.end() < len(plain) else []
    return [first, Sound("o", ("o", "a")), *_closing(found["shut"]), *more]


def _onset(letters: str) -> list[Sound]:
    """The consonants before the vowel; ho and o leading another are silent, thr is s."""
    if len(letters) == 2 and letters[0] in "หอ":
        letters = letters[1]
    if letters == "ทร":
        return [Sound("s", ("S", "TR"))]
    sounds = [Sound(INITIAL[c][0], (INITIAL[c][1],)) for c in letters]
    if letters[0] in "สศซ" and letters[1:] == "ร":
        return [sounds[0], Sound("r", ("R", ""))]  # ศรี: Sri or Si
    return sounds


def _closing(letter: str) -> list[Sound]:
    """The consonant that ends a syllable; yo and wo that belong to no glide as vowels."""
    if not letter:
        return []
    return [Sound(*FINAL.get(letter, ("", ("",))))]
