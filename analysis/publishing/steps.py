"""The way from a closed wave to a publication: its steps in order, and what is missing for each."""

from dataclasses import dataclass

from django.urls import reverse

from analysis.disclosing.models import ReleaseState
from analysis.publishing.ground import Ground
from analysis.publishing.standing import sign_off_of
from analysis.publishing.wording import NOT_RECORDED
from survey.moments import moment_in_words

DONE, TO_DO, LATER, FAULT = "Done", "To do", "Cannot start yet", "Fails"
COLOURS = {DONE: "", TO_DO: "govuk-tag--blue", LATER: "app-tag-quiet", FAULT: "govuk-tag--red"}


@dataclass(frozen=True)
class State:
    """A state in words, with the colour of its tag."""

    words: str

    @property
    def colour(self) -> str:
        return COLOURS[self.words]


@dataclass(frozen=True)
class Step:
    """One step: its name, how far it is, what is known or missing, where it is done."""

    name: str
    title: str
    state: State
    words: str
    url: str = ""


def steps_of(ground: Ground) -> tuple[Step, ...]:
    """Every step in order."""
    slug, key = ground.wave.slug, ground.standing.publication.pk
    return (
        _frozen(ground, reverse("milestones:freeze", args=[slug])),
        _planned(ground, reverse("milestones:plan", args=[slug])),
        _audited(ground, reverse("disclosing:page", args=[slug])),
        _checked(ground, "Findings", "findings", "Findings", reverse("plan_tables:findings", args=[slug])),
        _quality(ground),
        _worded(ground, reverse("publishing:words", args=[slug, key])),
        _prepared(ground, reverse("publishing:prepare", args=[slug, key])),
        _signed(ground, reverse("publishing:edition", args=[slug, key])),
        _announced(ground, reverse("publishing:announce", args=[slug, key])),
        _embargoed(ground),
        _published(ground),
    )


def _frozen(ground: Ground, url: str) -> Step:
    frozen = ground.wave.frozen_extracts.defer("content").order_by("-number").first()
    if frozen:
        words = f"{frozen.rows:,} returns, frozen on {moment_in_words(frozen.frozen_at)}."
        return Step("freeze", "Freeze the data", State(DONE), words, url)
    if ground.now < ground.wave.closes_at:
        words = f"The wave closes on {moment_in_words(ground.wave.closes_at)}."
        return Step("freeze", "Freeze the data", State(LATER), words)
    return Step("freeze", "Freeze the data", State(TO_DO), "The wave has closed.", url)


def _planned(ground: Ground, url: str) -> Step:
    release, records = ground.release, ground.wave.plan_records.order_by("pk")
    kept = (records.filter(digest=release.plan) if release else records).first()
    if kept is None and release:
        return Step("plan", "Tables of the plan", State(DONE), f"Release {release.number}: {NOT_RECORDED}", url)
    if kept is None:
        return Step("plan", "Tables of the plan", State(TO_DO), "Record the analysis plan with its date.", url)
    mark = ", after fieldwork had closed: exploratory" if kept.is_exploratory else ", before fieldwork closed"
    words = f"The plan was recorded on {moment_in_words(kept.recorded_at)}{mark}."
    return Step("plan", "Tables of the plan", State(DONE), words, url)


def _audited(ground: Ground, url: str) -> Step:
    title, release = "Disclosure audit", ground.release
    if release is None:
        return Step("audit", title, State(TO_DO), "Decide what may leave, then prepare a release.", url)
    page = reverse("disclosing:release", args=[ground.wave.slug, release.number])
    states = {step.state for step in release.steps.all()}
    if not states:
        words = f"Release {release.number} is prepared. A second person has to look at every table."
        return Step("audit", title, State(TO_DO), words, page)
    words = f"Release {release.number} was checked by a second person; the audit passed."
    if ReleaseState.RELEASED in states:
        words = f"Release {release.number} passed the audit and counts as known to the public."
    return Step("audit", title, State(DONE), words, page)


def _checked(ground: Ground, check: str, name: str, title: str, url: str) -> Step:
    found = next((each for each in ground.checks if each.name == check), None)
    if found is None:
        return Step(name, title, State(LATER), "There is no release yet.")
    return Step(name, title, State(FAULT if found.fails else DONE), found.words, url)


def _quality(ground: Ground) -> Step:
    if not ground.checks:
        return Step("quality", "Quality checks", State(LATER), "There is no release yet.")
    failing = [each for each in ground.checks if each.fails]
    words = f"{len(ground.checks) - len(failing)} of {len(ground.checks)} pass or are to be looked at."
    if not ground.edition:
        words += " Those of the page are made once an edition is prepared."
    return Step("quality", "Quality checks", State(FAULT if failing else DONE), words, "#checks")


def _worded(ground: Ground, url: str) -> Step:
    kept = ground.standing.publication.wordings.select_related("written_by").order_by("-pk").first()
    title = "Summary, contact, methods and quality notes"
    if kept is None:
        return Step("words", title, State(TO_DO), "Nothing is written yet.", url)
    words = f"Written by {kept.written_by} on {moment_in_words(kept.written_at)}."
    if ground.edition and ground.edition.prepared_at < kept.written_at:
        words += f" Edition {ground.edition.number} was prepared before."
    return Step("words", title, State(DONE), words, url)


def _prepared(ground: Ground, url: str) -> Step:
    edition = ground.edition
    if edition is None:
        is_ready = bool(ground.release and ground.release.steps.all())
        missing = "Texts and tables are put together as the public will see them."
        words = missing if is_ready else "A checked release is needed first."
        return Step("prepare", "Edition", State(TO_DO if is_ready else LATER), words, url if is_ready else "")
    kind = "A correction" if edition.corrects_id else "Edition"
    words = f"{kind} {edition.number}, prepared by {edition.prepared_by} on {moment_in_words(edition.prepared_at)}."
    return Step("prepare", "Edition", State(DONE), words, url)


def _signed(ground: Ground, url: str) -> Step:
    title, edition = "Sign-off by a second person", ground.edition
    if edition is None:
        return Step("sign", title, State(LATER), "There is no edition yet.")
    signed = sign_off_of(edition)
    if signed is None:
        words = f"{edition.prepared_by} prepared it. Somebody else reads it and signs it off."
        return Step("sign", title, State(TO_DO), words, url)
    words = f"Edition {edition.number} was signed off by {signed.by} on {moment_in_words(signed.at)}."
    return Step("sign", title, State(DONE), words, url)


def _announced(ground: Ground, url: str) -> Step:
    announced = ground.standing.announced
    if announced is None:
        words = "Choose a day at least four weeks ahead, or say why it is sooner."
        return Step("announce", "Announced in the calendar", State(TO_DO), words, url)
    reason = f" {announced.reason}" if announced.reason else ""
    words = f"For {moment_in_words(announced.moment)}.{reason}"
    return Step("announce", "Announced in the calendar", State(DONE), words, url)


def _embargoed(ground: Ground) -> Step:
    standing, title = ground.standing, "Embargo"
    if not standing.committed:
        return Step("embargo", title, State(LATER), "It begins once an edition is signed off and announced.")
    moment = moment_in_words(standing.committed[0].moment)
    if standing.is_out(now=ground.now):
        return Step("embargo", title, State(DONE), f"It ended on {moment}.")
    words = f"Until {moment}, by the clock of this server at each request. Nobody has to press anything then."
    return Step("embargo", title, State(DONE), words)


def _published(ground: Ground) -> Step:
    title, current = "Publication", ground.standing.current(now=ground.now)
    if current is None:
        return Step("publish", title, State(LATER), "It is not out.")
    url = reverse("publications:page", args=[ground.standing.publication.slug])
    withdrawal = ground.standing.withdrawal
    if withdrawal:
        return Step("publish", title, State(DONE), f"Withdrawn on {moment_in_words(withdrawal.at)}.", url)
    words = f"Edition {current.edition.number} is out since {moment_in_words(current.moment)}."
    return Step("publish", title, State(DONE), words, url)
