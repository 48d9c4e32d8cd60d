"""The register, the chain, the matrix and the list for the defence, as an officer of justice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mekhala.pathway.evidence.models import DisclosureList, Item
from mekhala.pathway.justice import services
from mekhala.pathway.justice.models import Stage
from mekhala.safeguards.access.acting import become
from tests.builders_evidence import PDF, charged, colleague
from tests.builders_justice import AT, DAYS, TO_FINAL

ENTERED = {
    "kind": "forensic_report", "source": "expert", "basis": "expert_order",
    "taken_on": "2024-02-20", "what": "Invented report.",
}  # fmt: skip


@pytest.fixture
def court(db, client):
    """Return an officer who is signed in, an accused and a charge."""
    who, one, charge = charged()
    client.force_login(who)
    return who, one, charge


def _entered(client, one, **more):
    home = f"/proceedings/{one.proceeding_id}/evidence/"
    return client.post(f"{home}new/", ENTERED | {"basis_on": "2024-02-19"} | more)


def test_an_item_is_entered_opened_and_handed_over(court, client):
    who, one, _charge = court
    home = f"/proceedings/{one.proceeding_id}/evidence/"
    sent = SimpleUploadedFile("report.pdf", PDF, content_type="application/pdf")
    assert "Give the day of the order" in _entered(client, one, basis_on="").content.decode()
    assert _entered(client, one, original=sent).status_code == 302
    become(who.pk)
    found, other = Item.objects.get(), colleague(who, one.proceeding_id)
    at = f"{home}{found.pk}/"
    assert "who held it before?" in client.get(at).content.decode()
    answer = client.get(f"{at}file/")
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    now = timezone.localtime().strftime("%Y-%m-%d %H:%M:%S")
    moved = {"move": "hand_over", "when": now, "to": other.pk, "seal_whole": "yes"}
    done = client.post(f"{at}move/", moved)
    assert done.status_code == 302, done.context["form"].errors
    client.force_login(other)
    page = client.post(f"{at}move/", {"move": "receive", "when": now, "seal_whole": "no"})
    assert page.status_code == 302, page.context["form"].errors
    assert "The seal was broken" in client.get(at).content.decode()


def test_what_speaks_against_the_charge_is_in_the_matrix_and_on_the_list(court, client):
    who, one, charge = court
    home = f"/proceedings/{one.proceeding_id}/evidence/"
    _entered(client, one)
    become(who.pk)
    found = Item.objects.get()
    bears = {"element": f"{charge.pk}|act", "weighs": "against", "because": "Elsewhere."}
    assert client.post(f"{home}{found.pk}/bear/", bears).status_code == 302
    body = client.get(f"{home}matrix/").content.decode()
    assert body.count("Missing") == body.count("Speaks against it")
    assert found.pk in body
    out = {"made_on": str(timezone.localdate()), f"why-{found.pk}": "secret"}
    made = f"{home}lists/new/{one.pk}/"
    assert "only with a reason in words" in client.post(made, out).content.decode()
    assert client.post(made, out | {f"words-{found.pk}": "Order 7."}).status_code == 302
    become(who.pk)
    listed = client.get(f"{home}lists/{DisclosureList.objects.get().pk}/").content.decode()
    assert all(w in listed for w in ("Order 7.", "speaks against the charge", found.pk))


def test_every_mention_of_an_accused_carries_the_word_of_today(court, client):
    who, one, _charge = court
    home = f"/proceedings/{one.proceeding_id}/evidence/"
    _entered(client, one)
    made = f"{home}lists/new/{one.pk}/"
    assert client.post(made, {"made_on": str(timezone.localdate())}).status_code == 302
    become(who.pk)
    at = f"{home}lists/{DisclosureList.objects.get().pk}/"
    assert "Presumed innocent" in client.get(at).content.decode()
    for stage, day in zip(TO_FINAL[2:], DAYS[2:], strict=False):
        become(who.pk)
        services.record_step(one, stage, day, by=who, at=AT)
    listed = client.get(at).content.decode()
    assert "Presumed innocent" not in listed
    for page in (listed, client.get(f"{home}matrix/").content.decode()):
        assert str(Stage.CONVICTED.label) in page
