"""The roles of staff, each with what it opens, in words for whoever gives it."""

from accounts.models import Role

WHAT_THEY_DO = {
    Role.RESEARCHER: "Runs waves: register, messages, boards. Never sees answers.",
    Role.ANALYST: "Sees answers, tables and the report. Every view of answers is recorded.",
    Role.ADMINISTRATOR: "Looks after people, roles and the audit. Sees how waves stand, but no answers.",
}
