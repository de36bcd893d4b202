"""What a deposit says of itself in plain text: the read-me, and the log of what was decided on disclosure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from analysis.core.release.linked import REASONS
from analysis.core.tidy import MEASURES
from analysis.depositing.gathering import Gathered
from analysis.disclosing.models import ChoiceKind, ReleaseState, ReleaseStep
from survey.moments import moment_in_words

HELD_BACK = (
    "which board each record is of, and who answered for it; the order of the records is one of chance",
    "authority type and region but for the groups that the release shows",
    "everything that was written in words; what was approved to be quoted stands in the report",
    "which codes each board’s words were given: coding/codes.csv has the counts as released",
    "the day and the month of dates",
)
HIDDEN_HEADS = ("count", "rule", "why", "could_be_at_least", "could_be_at_most")


def read_me(found: Gathered, files: Mapping[str, str]) -> str:
    """What is in the deposit, who may have it, what was left out, and how to check it."""
    parts = (_heading(found), _access(found), _contents(files), _figures(), _checking(found))
    return "\n".join(line for part in parts for line in (*part, ""))


def _heading(found: Gathered) -> Iterator[str]:
    study = found.study
    yield f"{study.title}. {study.wave}"
    yield f"Release {study.number}, {study.made}"
    yield ""
    yield f"Cite as: {study.citation}"
    for label, value in (("Producer", study.producer), ("Funder", study.funder)):
        if value:
            yield f"{label}: {value}"
    yield f"Fieldwork: {study.opened} to {study.closed}"
    yield f"Population: {study.boards.eligible:,} boards; response {study.boards}"
    yield f"Records: {found.data.records.height:,}; columns: {len(found.data.columns)}; no weights"
    yield f"Frozen data (SHA-256): {study.digest}"


def _access(found: Gathered) -> Iterator[str]:
    yield "ACCESS"
    yield from found.access.sentences
    yield "Left out of the records:"
    yield from (f"- {each}" for each in HELD_BACK)


def _contents(files: Mapping[str, str]) -> Iterator[str]:
    yield "FILES"
    yield from (f"{name}: {words}" for name, words in sorted(files.items()))


def _figures() -> Iterator[str]:
    yield "FIGURES"
    yield "A line of tables/tables.csv, and a record of tables/tables.json, is one figure; measure says which:"
    yield from (f"- {measure}: {meaning}." for measure, meaning in MEASURES.items())
    yield "In per cent an end is 100 times value over base. Intervals and bounds are of answers of all boards alone."


def _checking(found: Gathered) -> Iterator[str]:
    yield "CHECKING"
    yield "sha256sum --check SHA256SUMS: no file has been changed."
    yield "python reproduce.py: every released number is counted again from data/records.csv (needs pandas)."
    yield "Codes from -9 to -6 are no answers in every file. SPSS knows them as missing; in Stata type:"
    coded = " ".join(column.name for column in found.data.columns if column.missing)
    yield f"mvdecode {coded}, mv(-9=.a \\ -8=.b \\ -7=.c \\ -6=.d)"


def disclosure_log(found: Gathered) -> str:
    """Who decided what about the release, with reasons, and what the records could tell."""
    release, decisions = found.release, found.decisions
    lines = [f"Disclosure log of release {release.number}, {found.wave.title}", ""]
    lines.append(f"Prepared by {release.prepared_by}, {moment_in_words(release.prepared_at)}.")
    lines += [f"{ReleaseState(step.state).label} by {step.by}, {moment_in_words(step.at)}." for step in _steps(found)]
    lines += ["", f"Smallest base of a row: {decisions.smallest} returns.", "", "Choices, in order:"]
    lines += list(_choices(found)) or ["None: the rules stand as they are."]
    lines += ["", "Left out:", *(list(_left_out(found)) or ["Nothing."])]
    lines += ["", f"Counts hidden: {len(decisions.hidden):,}, in hidden.csv.", *_by_rule(decisions.hidden.values())]
    return "\n".join([*lines, "", "Groups of the records:", *_groups(found), "", found.access.why, ""])


def hidden_counts(found: Gathered) -> Iterator[tuple[str | int | None, ...]]:
    """Each hidden count with its rule and between which numbers an intruder could place it."""
    for name, rule in sorted(found.decisions.hidden.items()):
        could = found.decisions.ranges.get(name)
        yield (name, rule, REASONS[rule], could.low if could else None, could.high if could else None)


def _steps(found: Gathered) -> Iterable[ReleaseStep]:
    return found.release.steps.select_related("by").order_by("pk")


def _choices(found: Gathered) -> Iterator[str]:
    made = found.wave.release_choices.select_related("made_by").filter(made_at__lte=found.release.prepared_at)
    for each in made.order_by("pk"):
        what = f"{ChoiceKind(each.kind).label}: {each.value}"
        yield f"- {what}. {each.reason} ({each.made_by}, {moment_in_words(each.made_at)})"


def _left_out(found: Gathered) -> Iterator[str]:
    yield from (f"- {name}: {why}" for name, why in sorted(found.decisions.left_out.items()))


def _by_rule(rules: Iterable[str]) -> Iterator[str]:
    yield from (f"- {REASONS[rule]}: {many:,}" for rule, many in sorted(Counter(rules).items()))


def _groups(found: Gathered) -> Iterator[str]:
    for column in found.data.columns:
        for place, label in column.codes.items() if column.kind == "group" else ():
            within = ", ".join(level or "not specified" for level in column.levels[place - 1])
            records = found.data.records[column.name].to_list().count(place)
            yield f"- {column.name} {place} = {label} ({within}): {records} records"
