"""In which language a quoted text is, as far as its script tells; for voice and line breaks."""

VIETNAMESE = frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
_BLOCKS = {"km": (0x1780, 0x17FF), "th": (0x0E00, 0x0E7F)}


def language_of_script(text: str) -> str:
    """Return km, th, vi or en: the script most letters are in, Latin taken as English."""
    counted = {
        language: sum(first <= ord(sign) <= last for sign in text)
        for language, (first, last) in _BLOCKS.items()
    }
    most = max(counted, key=lambda language: counted[language])
    latin = sum(sign.isascii() and sign.isalpha() for sign in text)
    if counted[most] > latin:
        return most
    return "vi" if VIETNAMESE & set(text.lower()) else "en"
