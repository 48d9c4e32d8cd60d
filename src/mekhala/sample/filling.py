"""Filling a form as a phone would: the form's own empty instance, with answers in it."""

import copy
import uuid
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from defusedxml.ElementTree import fromstring

XF = "{http://www.w3.org/2002/xforms}"
ORX = "{http://openrosa.org/xforms}"


def filled(xform: str, answers: Mapping[str, str], *, instance_id: str | None = None) -> bytes:
    """Return the submission XML of ``xform`` with ``answers`` (question name → text) in it.

    Questions without an answer stay empty. A question the form does not have is an error of
    ours and raises ``KeyError``.
    """
    form = fromstring(xform)
    empty = form.find(f".//{XF}model/{XF}instance")
    if empty is None or not len(empty):
        raise KeyError("the form has no instance")
    instance = copy.deepcopy(empty[0])
    leaves = {_plain(e.tag): e for e in instance.iter() if not len(e)}
    for name, answer in answers.items():
        leaves[name].text = answer
    leaves["instanceID"].text = instance_id or f"uuid:{uuid.uuid4()}"
    return ET.tostring(instance, encoding="utf-8", xml_declaration=True)


def _plain(tag: str) -> str:
    return tag.rpartition("}")[2]
