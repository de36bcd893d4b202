"""Who may do what to which table, read from the models, so that a table added in any room has its rights at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from accounts.append_only import AppendOnlyModel
from accounts.audit.models import AuditEntry, AuditHead
from analysis.comparators.models import Comparator, ComparatorWithdrawal
from analysis.disclosing.models import Release, ReleaseChoice, ReleaseStep
from analysis.milestones.models import FrozenExtract, KeptPlan, PlanRecord
from analysis.monitoring.models import Tally
from analysis.publishing.models import Edition, EditionFile, Publication, Withdrawal, Wording
from respondents.backups.models import Backup, RestoreCheck
from respondents.fieldwork.deleting import deepest_first
from respondents.register.history import RegisterChange
from survey.models import QuestionnaireVersion, Wave

WEB, WORKER, ANALYST = "survey_web", "survey_worker", "survey_analyst"
ROLES = {"web": WEB, "worker": WORKER, "analyst": ANALYST}
READ, ADD, CHANGE, REMOVE = "SELECT", "INSERT", "UPDATE", "DELETE"
# Frozen or reckoned; none of it says who answered but the frozen extract, which an analyst works with.
FROZEN: tuple[type[models.Model], ...] = (
    *(QuestionnaireVersion, Wave, PlanRecord, KeptPlan, FrozenExtract, Tally),
    *(Release, ReleaseStep, ReleaseChoice, Comparator, ComparatorWithdrawal),
    *(Publication, Edition, EditionFile, Wording, Withdrawal),
)
OPERATORS: tuple[type[models.Model], ...] = (Backup, RestoreCheck)
WITHOUT_MODEL = {"accounts_cache": {READ, ADD, CHANGE, REMOVE}, "analysis_api_cache": {READ, ADD, CHANGE, REMOVE}}
Rights = Mapping[str, frozenset[str]]  # by table


@dataclass(frozen=True)
class Limits:
    """How long a role may take, in PostgreSQL's words, and whether it only reads."""

    statement: str
    lock: str
    idle: str  # within a transaction
    is_reader: bool = False
    connections: int = -1  # at a time; as many as the server has unless it is said


# A page that takes longer than its worker's minute is given up by everybody; a worker may reckon for minutes.
LIMITS = {
    WEB: Limits("20s", "5s", "10s"),
    WORKER: Limits("280s", "30s", "120s"),
    ANALYST: Limits("60s", "5s", "60s", is_reader=True, connections=10),  # tools open as many as they get
}

# What a host that is gone held open, locks above all, is let go within twenty seconds, long before its work is taken
# over elsewhere; the kernel by itself would wait for hours.
LINE = {
    "tcp_user_timeout": "20s",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}


def rights_of(role: str) -> Rights:
    """What the role may do, table by table; a table that is not named is shut to it."""
    if role == ANALYST:
        return {table_of(model): frozenset({READ}) for model in FROZEN}
    removable = {model for model, _ in deepest_first()}  # a draft or a test wave goes whole
    every = list(apps.get_models(include_auto_created=True))
    found = {table_of(model): frozenset(_verbs(model, role=role, removable=removable)) for model in every}
    also = {name: frozenset(verbs) for name, verbs in WITHOUT_MODEL.items()}
    return found | also | {"django_migrations": frozenset({READ})}


def table_of(model: type[models.Model]) -> str:
    """Its name in the database."""
    return model._meta.db_table  # noqa: SLF001 -- a documented name


def _verbs(model: type[models.Model], *, role: str, removable: Iterable[type[models.Model]]) -> set[str]:
    if model in (AuditEntry, AuditHead):
        return {READ, ADD} | ({CHANGE} if model is AuditHead else set())
    if model in OPERATORS:
        return {READ, ADD} if role == WORKER else {READ}
    if not issubclass(model, AppendOnlyModel):
        return {READ, ADD, CHANGE, REMOVE}
    # The worker forgets what has been kept long enough: such a row is taken out and put back without its words. An
    # administrator erases one person, whom only the history of the register names.
    is_rewritten = role == WORKER or model in removable or model is RegisterChange
    return {READ, ADD, REMOVE} if is_rewritten else {READ, ADD}
