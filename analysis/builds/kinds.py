"""The kinds of builds. Each room declares its own, beside what it is made of; nothing else has to know of it.

A kind names its work by dotted names, so that a web process that lists builds loads none of it:

- `gather(build, progress, now=now)` runs in the worker and returns all that the file is made from, as a value that
  can be pickled. It alone sees the database. A `Refusal` that it raises is told to the person.
- `make(gathered, progress)` runs in a confined process (`accounts.confined`): no network, no database, bounded. It
  returns the file, whole. A `Refusal` that it raises is told to the person.
- `progress(doing, step, steps)` is told where either is, in words that are shown ("Table 6 of 10").
"""

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from accounts.models import Role, User

TEAM = frozenset({Role.RESEARCHER, Role.ANALYST})
ANALYSTS = frozenset({Role.ANALYST})
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The modules that declare kinds, loaded when somebody asks which there are.
MODULES = (
    "analysis.builds.reports",
    "analysis.disclosing.builds",
    "analysis.publishing.builds",
    "analysis.depositing.builds",
    "analysis.reports.builds",
)


@dataclass(frozen=True)
class Kind:
    """One kind of build: what it is called, what it is made from and how, its file, and who may ask and take away.

    `file_name` may hold {wave}, {number} and {subject}. `is_offered` puts a button on the page of builds; others are
    asked for on a page of their own. A kind without a file name is for the product itself and not taken away.
    """

    name: str
    words: str
    gather: str
    make: str
    file_name: str = ""
    content_type: str = PDF
    roles: frozenset[Role] = field(default=ANALYSTS)
    is_offered: bool = False
    explanation: str = ""
    page: str = ""  # behind the address of the page of builds: where the same is read on screen
    waits: str = ""  # the dotted name of what says of a wave what must come first, or nothing
    waits_at: str = ""  # the route of the page of a wave where that is done
    stands: str = ""  # the dotted name of what refuses to hand the file out any more, asked each time it is taken

    def allows(self, person: User) -> bool:
        """Whether this person may ask for it and take it away."""
        return person.role in self.roles


_DECLARED: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    """The kind, known from now on; ValueError if another bears its name."""
    if _DECLARED.get(kind.name, kind) != kind:
        raise ValueError(f"The kind {kind.name} is declared twice.")
    return _DECLARED.setdefault(kind.name, kind)


def kind_of(name: str) -> Kind:
    """The kind of this name; KeyError if no room declares it."""
    return kinds()[name]


def kinds() -> dict[str, Kind]:
    """Every kind, by name."""
    _load()
    return _DECLARED


@cache
def _load() -> None:
    for module in MODULES:
        import_module(module)
