"""A submit meets a deadlock, a lock, a time-out: done whole at the second try, or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.test import Client

from accounts.models import Message
from respondents.returns.models import Return, Submission
from respondents.returns.saving import Sending, save_answers
from respondents.returns.submitting import submit_return
from tests.builders import NOW, chair, return_of, sign_in, wave
from tests.faults.ledger import check_whole, people_of

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
FAULTS = {
    "serialization": "RAISE EXCEPTION 'forced' USING ERRCODE = '40001'",
    "deadlock": "RAISE EXCEPTION 'forced' USING ERRCODE = '40P01'",
    "lock": "RAISE EXCEPTION 'forced' USING ERRCODE = '55P03'",
    "time-out": "PERFORM pg_sleep(3)",
}


@contextmanager
def fault(kind: str, *, times: int) -> Iterator[None]:
    """So many submissions in a row end in this fault; a sequence counts them, since it is not taken back."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""CREATE SEQUENCE faults;
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN IF nextval('faults') <= {times} THEN {FAULTS[kind]}; END IF; RETURN NEW; END $$;
            CREATE TRIGGER fails BEFORE INSERT ON respondents_submission FOR EACH ROW EXECUTE FUNCTION fail();
            SET statement_timeout = '250ms'"""
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout; DROP FUNCTION fail() CASCADE; DROP SEQUENCE faults")


def test_a_submit_is_tried_once_more_and_then_told_honestly(client: Client) -> None:
    found = return_of("barnet", in_wave=wave())
    assert found.board is not None
    ann = chair(found.board)
    save_answers(found, Sending(0, {"C1": 1}), person=ann, now=NOW)
    before = Return.objects.values().get(pk=found.pk)

    for kind in FAULTS:
        with fault(kind, times=2), pytest.raises(OperationalError):
            submit_return(found, person=ann, version=1, now=NOW)
        assert Return.objects.values().get(pk=found.pk) == before, kind
    nothing = (Submission.objects.count(), Message.objects.count())
    with fault("deadlock", times=1):
        sent = submit_return(found, person=ann, version=1, now=NOW)

    assert nothing == (0, 0)
    assert (Submission.objects.get(), Message.objects.count()) == (sent, 1)
    check_whole(found)
    assert people_of(found) == [ann]


def test_the_page_says_that_nothing_was_saved_and_when_to_come_back() -> None:
    client = Client(raise_request_exception=False)
    found = return_of("barnet", in_wave=wave())
    assert found.board is not None
    sign_in(client, chair(found.board))

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE respondents_return RENAME TO gone")
        cursor.execute("CREATE VIEW respondents_return AS SELECT gone.* FROM gone, pg_sleep(3)")
        cursor.execute("GRANT ALL ON respondents_return TO survey_web; SET statement_timeout = '400ms'")
    try:
        said = client.get("/returns/")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout; DROP VIEW respondents_return")
            cursor.execute("ALTER TABLE gone RENAME TO respondents_return")

    assert (said.status_code, said["Retry-After"], said["Cache-Control"]) == (503, "10", "no-store")
    assert "take it as not saved" in said.content.decode()
