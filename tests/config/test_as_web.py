"""Pages that find rows by another proof than whose board it is, answered by the role of web (tests/as_web.py)."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from accounts.store.reach import reach_of, tell
from analysis.disclosing.models import Release
from analysis.milestones.models import FrozenExtract
from analysis.reports.respondents import known_to
from respondents.register.appointing import note_appointment
from respondents.register.history import ChangeKind, RegisterChange
from respondents.register.models import Appointment, Board
from respondents.returns.models import Return
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from tests.as_web import AsWeb
from tests.builders import NOW, chair, person, return_of, sign_in, wave

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]


def test_whoever_sent_a_return_keeps_its_copies_after_leaving(client: Client) -> None:
    here = wave()
    leaves = chair(Board.objects.get(slug="barnet"))
    found = return_of("barnet", in_wave=here)
    save_answers(found, Sending(0, {"C1": 2}), person=leaves, now=NOW)
    submit_return(return_of("barnet", in_wave=here), person=leaves, version=1, now=NOW)
    Appointment.objects.update(until_date=Appointment.objects.earliest("from_date").from_date)
    sign_in(client, leaves)

    copy = client.get(f"/returns/{found.pk}/copies/submission-1.csv")
    held = client.get("/returns/my-data/").content.decode()

    assert copy.status_code == 200
    assert "Returns you submitted" in held
    assert "Barnet" in held.partition("Saves you made")[2]
    assert client.get(f"/returns/{found.pk}/").status_code == 404


def test_what_a_chair_knows_of_other_boards_is_found_whoever_chairs_them_by_now() -> None:
    """Or a group would be shown to them of which they know too many to leave the rest unknown."""
    here, boards = wave(), list(Board.objects.all())
    both = chair(*boards)
    for found in here.returns.all():
        save_answers(found, Sending(0, {"C1": 2}), person=both, now=NOW)
        submit_return(here.returns.get(pk=found.pk), person=both, version=1, now=NOW)
    Appointment.objects.filter(board=boards[0]).update(until_date=NOW)
    made = {"wave": here, "number": 1, "extract": "data", "decisions": {}, "after": [], "content": b""}
    release = Release.objects.create(**made, prepared_by=both, prepared_at=NOW)
    frozen = {"number": 1, "rows": 2, "content": b"", "digest": "data", "response": {}, "frozen_at": NOW}
    FrozenExtract.objects.create(wave=here, **frozen)
    seen: list[tuple[int, int]] = []

    def asked(request: HttpRequest) -> HttpResponse:
        tell(reach_of(both.pk))
        seen.append((Return.objects.count(), len(known_to(release, person=both, now=timezone.now()))))
        return HttpResponse()

    AsWeb(asked)(HttpRequest())

    assert seen == [(1, 2)]


def test_an_administrator_erases_whom_the_history_of_the_register_names(client: Client) -> None:
    here = wave()
    leaves = chair(Board.objects.get(slug="barnet"), email="canary@example.org")
    User.objects.filter(pk=leaves.pk).update(name="Ann Chair")
    save_answers(return_of("barnet", in_wave=here), Sending(0, {"C1": 2}), person=leaves, now=NOW)
    submit_return(return_of("barnet", in_wave=here), person=leaves, version=1, now=NOW, declared_by="Ann Chair")
    appointment = Appointment.objects.get(person=leaves)
    desk = person("desk@example.org", role=Role.ADMINISTRATOR)
    note_appointment(appointment, ChangeKind.ADDED, {"email": ["", leaves.email]}, reason="", by=desk, now=NOW)
    Appointment.objects.update(until_date=appointment.from_date)
    sign_in(client, desk)

    answer = client.post(f"/retention/people/{leaves.pk}/", {"reference": "SAR-7"})

    assert answer.status_code == 303
    assert "canary" not in str(list(RegisterChange.objects.values_list("values", "about")))
    assert return_of("barnet", in_wave=here).declarers_erased == [1]  # for the worker, who alone may take it out
