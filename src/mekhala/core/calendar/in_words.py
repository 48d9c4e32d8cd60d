"""A day in words, in the languages papers are written in.

Khmer and Thai days have the digits of their script; a Thai day names the year of the Buddhist
era first and the common one in brackets.
"""

from datetime import date

BUDDHIST_ERA = 543
_DIGITS = {
    "km": str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"),
    "th": str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"),
}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "km": "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
    "th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม "
          "พฤศจิกายน ธันวาคม",
}  # fmt: skip


def day_in_words(day: date, language: str) -> str:
    """Return a day in ``language``: en, km, th or vi. Raises ``KeyError`` for another."""
    return {"en": _english, "km": _khmer, "th": _thai, "vi": _vietnamese}[language](day)


def in_digits_of(language: str, text: str) -> str:
    """Return ``text`` with its digits in the script of ``language``."""
    return text.translate(_DIGITS.get(language, {}))


def _month(day: date, language: str) -> str:
    return _MONTHS[language].split()[day.month - 1]


def _english(day: date) -> str:
    return f"{day.day} {_month(day, 'en')} {day.year}"


def _khmer(day: date) -> str:
    return in_digits_of("km", f"ថ្ងៃទី {day.day} ខែ{_month(day, 'km')} ឆ្នាំ {day.year}")


def _thai(day: date) -> str:
    era = day.year + BUDDHIST_ERA
    return in_digits_of("th", f"{day.day} {_month(day, 'th')} พ.ศ. {era} (ค.ศ. {day.year})")


def _vietnamese(day: date) -> str:
    return f"ngày {day.day} tháng {day.month} năm {day.year}"
