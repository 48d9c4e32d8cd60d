"""Khmer letters and what they sound like: tables only.

Each consonant belongs to the first (â) or the second (ô) series, which decides how the vowel
written with it sounds. Latin forms are those usual in Cambodian papers: the UNGEGN 1972 (BGN/PCGN
1972, from the Service géographique khmère 1959) romanisation without its accents, and where
passports write otherwise, as passports do (ី of the second series as y, not i). Codes: see
``sounds``. Checked against: UNGEGN Working Group on Romanization Systems, *Khmer*, version 2.2,
2003; DC-Cam, *The Transliteration Table*, 1998.
"""

SERIES = dict.fromkeys("កខចឆដឋណតថបផសហឡអ", 1) | dict.fromkeys("គឃងជឈញឌឍទធនពភមយរលវឝឞ", 2)
SONORANT = frozenset("ងញណនមយរលវ")  # below or after another consonant they take its series
CONSONANTS = {  # letter: (Latin, code)
    "ក": ("k", "K"), "ខ": ("kh", "K"), "គ": ("k", "K"), "ឃ": ("kh", "K"), "ង": ("ng", "G"),
    "ច": ("ch", "C"), "ឆ": ("chh", "C"), "ជ": ("ch", "C"), "ឈ": ("chh", "C"), "ញ": ("nh", "Z"),
    "ដ": ("d", "D"), "ឋ": ("th", "T"), "ឌ": ("d", "D"), "ឍ": ("th", "T"), "ណ": ("n", "N"),
    "ត": ("t", "T"), "ថ": ("th", "T"), "ទ": ("t", "T"), "ធ": ("th", "T"), "ន": ("n", "N"),
    "ប": ("b", "B"), "ផ": ("ph", "P"), "ព": ("p", "P"), "ភ": ("ph", "P"), "ម": ("m", "M"),
    "យ": ("y", "Y"), "រ": ("r", "R"), "ល": ("l", "L"), "វ": ("v", "V"), "ឝ": ("s", "S"),
    "ឞ": ("s", "S"), "ស": ("s", "S"), "ហ": ("h", "H"), "ឡ": ("l", "L"), "អ": ("", ""),
}  # fmt: skip
FINAL = {"ដ": ("t", "T"), "ឌ": ("t", "T"), "ប": ("p", "P"), "រ": ("r", ""), "ហ": ("h", "")}
VOWELS = {  # sign: (Latin in the first series, in the second, codes)
    "ា": ("a", "ea", ("a",)),
    "ិ": ("e", "i", ("i",)),
    "ី": ("ey", "y", ("i",)),
    "ឹ": ("oe", "i", ("i", "y")),
    "ឺ": ("eu", "eu", ("y",)),
    "ុ": ("o", "u", ("o",)),
    "ូ": ("o", "ou", ("o",)),
    "ួ": ("uo", "uo", ("o",)),
    "ើ": ("oeu", "eu", ("y", "o")),
    "ឿ": ("oeu", "oeu", ("y", "o")),
    "ៀ": ("ie", "ie", ("i",)),
    "េ": ("e", "e", ("i",)),
    "ែ": ("ae", "e", ("i",)),
    "ៃ": ("ai", "ey", ("e",)),
    "ោ": ("o", "o", ("o",)),
    "ៅ": ("ao", "ov", ("w",)),
}
INDEPENDENT = {  # letter: (Latin, codes); roe and loe begin with a consonant
    "ឥ": ("e", ("i",)), "ឦ": ("ei", ("i",)), "ឧ": ("o", ("o",)), "ឨ": ("ok", ("oK",)),
    "ឩ": ("u", ("o",)), "ឪ": ("ov", ("w",)), "ឫ": ("roe", ("Ri",)), "ឬ": ("reu", ("Ri",)),
    "ឭ": ("loe", ("Li",)), "ឮ": ("leu", ("Li",)), "ឯ": ("ae", ("i",)), "ឰ": ("ai", ("e",)),
    "ឱ": ("o", ("o",)), "ឳ": ("ao", ("w",)),
}  # fmt: skip
GLIDES = {  # vowel and final yo or vo are heard as one: (vowel, final): (Latin, codes)
    **{(v, "យ"): ("ay", ("e",)) for v in ("ា", "ែ")},
    ("័", "យ"): ("ey", ("e",)),
    **{(v, "យ"): ("uy", ("q",)) for v in ("ុ", "ូ", "ួ", "ោ")},
    ("", "យ"): ("ay", ("e", "q")),
    **{(v, "យ"): ("oeuy", ("q", "y")) for v in ("ើ", "ឿ")},
    **{(v, "យ"): ("ey", ("i",)) for v in ("ិ", "ី", "េ", "ៀ")},
    **{(v, "វ"): ("av", ("w",)) for v in ("ា", "័", "")},
    **{(v, "វ"): ("ov", ("w",)) for v in ("ុ", "ូ", "ោ")},
    **{(v, "វ"): ("ev", ("u",)) for v in ("េ", "ែ", "ិ", "ី", "ឹ")},
    ("ៀ", "វ"): ("iev", ("u",)),
}
