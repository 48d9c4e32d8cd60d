"""What ODK Collect scans once: where to send, as whom, and how it behaves with what it holds.

Source: docs.getodk.org/collect-import-export and the schema of Collect's settings. The QR code
holds base64(zlib(JSON)); what it leaves out goes back to Collect's own default.
"""

import base64
import json
import zlib
from typing import Any

from mekhala.safeguards.access.models import Device

TITLE = "Forms"  # what stands on the phone's screen: nothing that betrays it
PRACTICE = "Practice"  # of the other project: who looks for it must not take the wrong one
MODULES = 4  # of quiet zone


def settings_of(device: Device, password: str, *, server: str) -> dict[str, Any]:
    """Return Collect's settings for this phone.

    What was sent is deleted on the phone, no statistics go anywhere, and the server, the password
    and the sent forms cannot be looked at or changed from the menu.
    """
    return {
        "general": {
            "protocol": "odk_default",
            "server_url": server,
            "username": device.username,
            "password": password,
            "app_language": device.language,
            "form_update_mode": "match_exactly",
            "periodic_form_updates_check": "every_one_hour",
            "autosend": "wifi_and_cellular",
            "delete_send": True,
            "analytics": False,
        },
        "admin": {
            "change_server": False,
            "change_autosend": False,
            "delete_after_send": False,
            "view_sent": False,
            "analytics": False,
        },
        "project": {"name": TITLE, "icon": TITLE[0], "color": "#5f6b75"},
    }


def practice_settings_of(device: Device, password: str, *, server: str) -> dict[str, Any]:
    """Return Collect's settings for the phone's practice project: apart, in another colour."""
    said = settings_of(device, password, server=f"{server.rstrip('/')}/practice")
    return said | {"project": {"name": PRACTICE, "icon": PRACTICE[0], "color": "#b8860b"}}


def scanned(settings: dict[str, Any]) -> str:
    """Return the text of the QR code."""
    said = json.dumps(settings, separators=(",", ":")).encode()
    return base64.b64encode(zlib.compress(said, 9)).decode()


def picture_of(text: str) -> str:
    """Return the QR code as a picture to stand in a page."""
    import segno

    code = segno.make(text, error="l", micro=False)
    return str(code.svg_data_uri(scale=4, border=MODULES))
