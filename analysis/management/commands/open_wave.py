"""manage.py open_wave SLUG --questionnaire CODE --opens ISO --closes ISO [--title TEXT] [--plan PLAN] [--signature]"""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.commands import OperatorCommand
from analysis.milestones.recording import record_plan
from analysis.planning import plan_names, read_plan
from respondents.fieldwork.opening import open_wave
from survey.models import QuestionnaireVersion
from survey.schema.source import DocumentError


class Command(OperatorCommand):
    """Opens a wave on the boards that the register holds now."""

    help = "Opens a wave: freezes the frame, one return for each board in the register, with its strata."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the wave runs, and when."""
        parser.add_argument("slug", help="the wave's short name, such as munro-2012")
        parser.add_argument(
            "--questionnaire", required=True, metavar="CODE", help="a published questionnaire; its latest version"
        )
        parser.add_argument(
            "--opens", required=True, metavar="ISO", help="2012-02-01T09:00 (London time unless a zone is given)"
        )
        parser.add_argument("--closes", required=True, metavar="ISO", help="2012-03-02T17:00")
        parser.add_argument("--title", default="", help="what people see; the questionnaire's title unless given")
        parser.add_argument("--plan", help="the analysis plan; the one named as the questionnaire unless given")
        parser.add_argument("--signature", action="store_true", help="a second person signs each return")

    def handle(self, *args: Any, **options: Any) -> None:
        """Checks everything, then opens."""
        version = _latest(options["questionnaire"])
        plan, now = self.plan_for(version, options["plan"]), timezone.now()
        try:
            wave = open_wave(
                options["slug"],
                title=options["title"] or version.title,
                version=version,
                plan=plan,
                opens_at=_moment("--opens", options["opens"]),
                closes_at=_moment("--closes", options["closes"]),
                now=now,
                needs_signature=options["signature"],
            )
        except ValidationError as error:
            self.fail("No wave was opened.", error.messages)
        if plan:
            record_plan(wave, plan=plan, dated=timezone.localdate(now), by=None, now=now)
        self.stdout.write(f"Opened {wave.slug} with {wave.returns.count()} returns on {version}.")

    def plan_for(self, version: QuestionnaireVersion, wanted: str | None) -> str:
        """The plan's name once it is known to fit the questionnaire; nothing if there is none to fit."""
        name = wanted or (version.code if version.code in plan_names() else "")
        if name and name not in plan_names():
            raise CommandError(f"There is no analysis plan called “{name}”. There are: {', '.join(plan_names())}.")
        if name:
            try:
                read_plan(name, questionnaire=version.questionnaire)
            except DocumentError as error:
                self.fail(f"The plan {name} does not fit {version}, so no wave was opened.", error.problems)
        return name


def _latest(code: str) -> QuestionnaireVersion:
    published = QuestionnaireVersion.objects.filter(code=code).order_by("-version").first()
    if published is None:
        known = ", ".join(sorted(set(QuestionnaireVersion.objects.values_list("code", flat=True))))
        hint = f"Published are: {known}." if known else "Publish one with publish_questionnaire."
        raise CommandError(f"There is no published questionnaire called “{code}”. {hint}")
    return published


def _moment(option: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{option}: “{text}” is not a time such as 2012-03-02T17:00.") from None
    return moment if moment.tzinfo else timezone.make_aware(moment)
