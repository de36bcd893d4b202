"""Tables from frozen data stay as they were when it was frozen."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from analysis.milestones.models import FrozenExtract
from analysis.milestones.recording import freeze_data, frozen_standing
from analysis.refusals import UnusableExtract
from respondents.contacts.noting import decide_outcome
from respondents.returns.importing import import_returns
from respondents.returns.models import Return
from survey.models import Wave
from tests.builders import NOW, person, sign_in, wave

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HEAD = b"return_id,board,C1\n"


@pytest.fixture
def frozen() -> Wave:
    """A wave of which one return was frozen; another came in since."""
    found = wave()
    import_returns(found, HEAD + b"S1,barnet,agree\n", now=NOW)
    freeze_data(found, by=person("ann@example.org", role=Role.ANALYST), now=found.closes_at + timedelta(days=1))
    import_returns(found, HEAD + b"S1,barnet,agree\nS2,,disagree\n", now=NOW)
    return found


def silent(found: Wave) -> Return:
    return found.returns.in_frame().get(submitted_version=None)


def exported(tmp_path: Path, *options: str) -> str:
    target = tmp_path / "tables.csv"
    call_command("export_tables", "munro-2012", "--format=csv", f"--output={target}", *options, stdout=StringIO())
    return target.read_text()


def test_tables_are_exported_from_what_counts_now_or_from_what_was_frozen(frozen: Wave, tmp_path: Path) -> None:
    line = "table_5,total,frequency,count,{0},{0}"

    assert line.format(2) in exported(tmp_path)
    assert line.format(1) in exported(tmp_path, "--frozen=1")
    assert "outcomes,break_off,boards,count,1,2," in exported(tmp_path, "--frozen=1")  # one answer of forty


def test_who_could_answer_and_the_outcomes_are_frozen_and_a_decision_alone_is_frozen_again(
    frozen: Wave, tmp_path: Path, client: Client
) -> None:
    ann, after = User.objects.get(email="ann@example.org"), frozen.closes_at + timedelta(days=2)
    before = exported(tmp_path, "--frozen=1")
    second, _ = freeze_data(frozen, by=ann, now=after)
    decide_outcome(silent(frozen), disposition="refusal", reason="She said no.", by=ann, now=NOW)

    third, is_new = freeze_data(frozen, by=ann, now=after)
    assert (third.number, is_new) == (3, True)
    assert (third.data == second.data, third.digest == second.digest) == (True, False)
    assert third.response["outcomes"] != second.response["outcomes"]
    decide_outcome(silent(frozen), disposition="not_eligible", reason="It had merged.", by=ann, now=NOW)
    assert exported(tmp_path, "--frozen=1") == before

    sign_in(client, ann)
    freeze = reverse("milestones:freeze", args=[frozen.slug])
    for told in ("The data were frozen under number 4.", "Nothing new was frozen: "):
        assert client.post(freeze).status_code == 303
        assert told in client.get(freeze).content.decode()


def test_a_number_under_which_nothing_was_frozen_is_refused(frozen: Wave, tmp_path: Path) -> None:
    with pytest.raises(UnusableExtract, match=r"no frozen data with number 2\. The last frozen data have number 1\."):
        frozen_standing(frozen, 2, now=NOW)
    with pytest.raises(CommandError, match="Nothing was written"):
        exported(tmp_path, "--frozen=2")
    with pytest.raises(UnusableExtract, match=r"no frozen data with number 1\. Nothing was frozen yet\."):
        frozen_standing(wave("another"), 1, now=NOW)


def test_the_file_in_the_database_is_checked_against_its_digest(frozen: Wave) -> None:
    kept = FrozenExtract.objects.get()
    altered = FrozenExtract(
        wave=frozen,
        number=2,
        rows=1,
        content=bytes(kept.content) + b" ",
        digest=kept.digest,
        response={},
        frozen_at=NOW,
    )
    altered.save()

    with pytest.raises(UnusableExtract, match="its digest differs"):
        frozen_standing(frozen, 2, now=NOW)
