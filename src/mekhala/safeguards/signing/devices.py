"""What a browser says it is: a phone or a computer, and a few words for its owner."""

import re

from mekhala.safeguards.signing.models import DeviceClass

_HAND_HELD = re.compile(r"Mobi|Android|iPhone|iPad|iPod|Tablet|Silk", re.IGNORECASE)
_BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def class_of(user_agent: str) -> DeviceClass:
    """Return the class of the device. Whoever says nothing sits at a computer."""
    return DeviceClass.PHONE if _HAND_HELD.search(user_agent) else DeviceClass.COMPUTER


def told_of(user_agent: str) -> str:
    """Return browser and system in two words, as ``Firefox, Android``; "" if it does not say."""
    found = (_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent))
    return ", ".join(filter(None, found))


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in known if mark in user_agent), "")
