"""The least an intake can do: parse the parts and the XML, one insert, one of a log, commit.

Served by the same gunicorn with as many workers and threads; what ours does beside it (signing in,
sealing, row security, the chained log, never twice) is the difference.
"""

import os
import re
import threading
from collections.abc import Callable, Iterable
from typing import Any

import psycopg
from defusedxml.ElementTree import fromstring

TABLES = """
create table if not exists floor_form (id bigserial primary key, instance text, xml text);
create table if not exists floor_log (id bigserial primary key, act text, subject text);
"""
_held = threading.local()


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Keep what was posted and answer 201; 204 to anything else."""
    if environ["REQUEST_METHOD"] != "POST":
        start("204 No Content", [])
        return [b""]
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    boundary = environ["CONTENT_TYPE"].partition("boundary=")[2].encode()
    xml = body.split(b"--" + boundary)[1].partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")
    instance = next(e.text for e in fromstring(xml).iter() if e.tag.endswith("instanceID"))
    link = _link()
    link.execute("insert into floor_form (instance, xml) values (%s, %s)", [instance, xml.decode()])
    link.execute("insert into floor_log (act, subject) values ('received', %s)", [instance])
    link.commit()
    start("201 Created", [("Content-Type", "text/plain"), ("Content-Length", "0")])
    return [b""]


def _link() -> Any:
    if not hasattr(_held, "link"):
        where = re.fullmatch(r"(.*)/(\w+)", os.environ["FLOOR_AT"])
        assert where
        _held.link = psycopg.connect(host=where[1], user=where[2], dbname="mekhala")
    return _held.link
