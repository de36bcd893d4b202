"""Every submission can be read again: what differs from what was sent is named."""

import pytest
from django.core.management import CommandError, call_command

from accounts.erasing import rewrite
from respondents.returns.importing import import_returns
from respondents.returns.models import Submission
from tests.builders import NOW, wave

pytestmark = pytest.mark.django_db


def test_what_was_altered_behind_our_back_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    import_returns(wave(), b"return_id,board,A4,C1\nS1,,dcs,agree\nS2,,none,disagree\nS3,,,\n", now=NOW)
    call_command("verify_submissions")
    assert capsys.readouterr().out == "All 3 submissions are as they were sent.\n"
    packed, answered, _ = Submission.objects.order_by("pk")
    packed.packed = bytes(packed.packed)[:-1] + b"\x03"
    answered.answers["C1"] = 1

    rewrite([packed, answered])

    with pytest.raises(CommandError) as refused:
        call_command("verify_submissions")
    assert str(refused.value).splitlines() == [
        f"Submission {packed.reference}: its packed codes are not those of its document.",
        f"Submission {answered.reference}: its content does not agree with its digest.",
        f"Submission {answered.reference}: its packed codes are not those of its document.",
        "Of 3 submissions some are not as they were sent.",
    ]
