"""What strangers send is read within bounds, or refused in one sentence."""

import time
import tracemalloc
from xml.etree.ElementTree import fromstring, tostring
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import hostile_xml
from mekhala.core.wrong_input import WrongInput
from mekhala.forms.safe_xml import SENT, _counted, _measured, read_xml

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<data id="x">&c;</data>"""
OUTSIDE = b'<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]><data id="x">&f;</data>'
HOSTILE = {
    "a billion laughs": LAUGHS,
    "a file from outside": OUTSIDE,
    "an empty document type": b"<!DOCTYPE d><d/>",
    "too deep": b"<a>" * 101 + b"</a>" * 101,
    "too many": b"<d>" + b"<a/>" * 50_000 + b"</d>",
    "too large": b"<d>" + b" " * 1_048_576 + b"</d>",
    "endless attributes": b"<d " + b" ".join(b"a%d=''" % n for n in range(95_000)) + b"><",
    "not closed": b"<d><e></d>",
    "empty": b"",
    "not UTF-8": '<?xml version="1.0" encoding="UTF-16"?><d/>'.encode("utf-16"),
    "an unknown encoding": b'<?xml version="1.0" encoding="none-such"?><d/>',
    "an entity nobody declared": b"<d>&who;</d>",
    "zero bytes": b"<d>\x00</d>",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_refuses_hostile_xml_in_one_sentence(content):
    with pytest.raises(WrongInput) as refusal:
        read_xml(content, file_name="sent.xml")
    said = str(refusal.value)
    assert said.startswith("sent.xml: ")
    assert said.endswith(".")
    assert "\n" not in said


@pytest.mark.parametrize("name", ["too deep", "too many"])
def test_who_sends_too_much_is_told_of_how_much(name):
    with pytest.raises(WrongInput, match="more than 100 levels or 50000 elements"):
        read_xml(HOSTILE[name], file_name="sent.xml")


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_xml_takes_little_time_and_room(content):
    tracemalloc.start()
    begun = time.process_time()
    with pytest.raises(WrongInput):
        read_xml(content, file_name="sent.xml")
    took, (_, peak) = time.process_time() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 3  # R-50 says one second; tracing makes everything slower
    assert peak < 64 * 1024 * 1024


def test_reads_what_stands_just_within_the_bounds():
    deep = b"<a>" * SENT.depth + b"</a>" * SENT.depth
    many = b"<d>" + b"<a/>" * (SENT.nodes - 1) + b"</d>"
    assert read_xml(deep, file_name="f").tag == "a"
    assert len(read_xml(many, file_name="f")) == SENT.nodes - 1


def test_the_whole_list_of_known_bad_files_is_refused():
    """TP-B3; the long form of this and of the next is ``benchmarks/hostile_xml.py``."""
    found = hostile_xml.tried(hostile_xml.known_bad(), all_bad=True)
    assert found.tried >= 90
    assert found.wrong == ()
    assert found.refused == found.tried


def test_altered_forms_are_read_or_refused_in_a_sentence():
    """TP-B2, two thousand draws."""
    found = hostile_xml.tried(hostile_xml.fuzzed(2000, seed=50))
    assert found.wrong == ()
    assert found.worst < 1
    assert found.read > 10


def test_a_parser_without_our_bounds_fails_the_same_proof():
    """The mutant."""
    found = hostile_xml.tried(hostile_xml.known_bad(), hostile_xml.unguarded, all_bad=True)
    assert len(found.wrong) > 20


def test_no_declared_encoding_hides_a_document_type():
    declared = b"<?xml version='1.0' encoding='cp037'?>"
    hidden = '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'.encode("cp037")
    with pytest.raises(WrongInput):
        read_xml(declared + hidden, file_name="it")


words = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=9).map(escape)
trees = st.recursive(
    words, lambda inner: st.lists(inner, max_size=4).map(lambda of: f"<e>{''.join(of)}</e>")
).map(lambda inner: f"<d>{inner}</d>")


@given(trees)
def test_the_quick_parser_and_the_careful_one_read_the_same(said):
    quick, careful = _measured(fromstring(said), "it", SENT), _counted(said.encode(), "it", SENT)
    assert tostring(quick) == tostring(careful)
