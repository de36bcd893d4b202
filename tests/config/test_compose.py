"""docker-compose.yml is valid, guarded and hangs together."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from ruamel.yaml import YAML

from config.env import Environment

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "docker-compose.yml"
OURS = ("web", "worker", "builds", "codes", "bulk", "backups", "scheduler", "migrate")
# What only those have who look after the database: web can neither change tables nor open a backup.
OWNERS = {"migration_database_url", "role_passwords", "backup_identity", "postgresql_programs"}

pytestmark = pytest.mark.pure


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load(COMPOSE)["services"]
    return found


def test_compose_files_follow_the_compose_specification() -> None:
    files = sorted(map(str, ROOT.glob("docker-compose*.yml")))
    assert len(files) == 3
    command = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", *files)
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout.strip()) == (0, "ok -- validation done")


def test_services_are_those_of_production(services: dict[str, Any]) -> None:
    assert set(services) == {
        "proxy",
        "web",
        "worker",
        "builds",
        "codes",
        "bulk",
        "backups",
        "scheduler",
        "migrate",
        "database",
        "broker",
        "mail",
    }


def test_services_have_limits_and_say_whether_they_are_well(services: dict[str, Any]) -> None:
    lasting = {name: service for name, service in services.items() if name != "migrate"}
    assert {name for name, service in lasting.items() if "limits" not in service["deploy"]["resources"]} == set()
    assert {name for name, service in lasting.items() if "healthcheck" not in service} == {"mail"}


def test_services_of_ours_can_change_nothing_on_their_disk(services: dict[str, Any]) -> None:
    guards = {"read_only": True, "cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"]}
    assert {name: {key: services[name].get(key) for key in guards} for name in OURS} == dict.fromkeys(OURS, guards)


def test_every_queue_is_listened_to_by_one_service_and_codes_have_theirs_alone(services: dict[str, Any]) -> None:
    from django.conf import settings  # noqa: PLC0415 -- read when asked, not when collected

    from accounts.outbox.doorbell import BULK_QUEUE, CODES_QUEUE  # noqa: PLC0415 -- read when asked, not when collected

    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()} | {settings.CELERY_TASK_DEFAULT_QUEUE}
    heard = {}
    for name in ("worker", "builds", "codes", "bulk", "backups"):
        command = services[name]["command"]
        heard[name] = set(command[command.index("--queues") + 1].split(","))
    own = {"codes": {CODES_QUEUE}, "bulk": {BULK_QUEUE}, "builds": {"builds"}, "backups": {"backups"}}
    assert heard == own | {"worker": routed - {BULK_QUEUE, "builds", "backups"}}


def test_builds_let_pages_go_first_where_processors_are_short(services: dict[str, Any]) -> None:
    shares = {name: service["cpu_shares"] for name, service in services.items() if "cpu_shares" in service}
    assert shares == {"builds": 128}


def test_services_of_ours_are_given_variables_the_product_reads(services: dict[str, Any]) -> None:
    given = {name.lower() for service in ("web", "worker") for name in services[service]["environment"]}
    assert given == set(Environment.model_fields) - {"debug", "demonstration"} - OWNERS
    for name in ("web", "worker", "builds", "codes", "bulk", "scheduler"):
        assert OWNERS.isdisjoint(given.lower() for given in services[name]["environment"]), name


def test_each_secret_is_given_to_the_services_that_use_it(services: dict[str, Any]) -> None:
    web, senders = {"web"}, {"worker", "codes", "bulk"}
    holders = {
        "SECRET_KEY": web | senders | {"builds"},
        "SECRET_KEY_FALLBACKS": web | senders | {"builds"},
        **dict.fromkeys(("SECOND_STEP_KEY", "OIDC_CLIENT_SECRET", "NOTIFY_CALLBACK_TOKEN", "METRICS_TOKEN"), web),
        **dict.fromkeys(("EMAIL_URL", "NOTIFY_API_KEY"), senders),
        "MIGRATION_DATABASE_URL": {"migrate", "backups"},
        "ROLE_PASSWORDS": {"migrate"},
        "BACKUP_IDENTITY": {"backups"},
    }
    secret = {name.upper() for name, field in Environment.model_fields.items() if field.annotation is SecretStr}

    found = {name: {each for each in OURS if _is_given(services[each], name)} for name in holders}

    assert found == holders
    assert secret - {"DATABASE_URL", "BROKER_URL"} == holders.keys()


def _is_given(service: dict[str, Any], name: str) -> bool:
    """Whether the service gets the secret itself; a word in its place is none."""
    value = service["environment"].get(name, "")
    return "${" in value and ":+" not in value


def test_each_service_is_a_role_of_its_own_in_the_database(services: dict[str, Any]) -> None:
    found = {name: services[name]["environment"]["DATABASE_URL"].partition("://")[2].partition(":")[0] for name in OURS}
    workers = dict.fromkeys(("worker", "builds", "codes", "bulk", "backups", "scheduler"), "survey_worker")
    assert found == workers | {"web": "survey_web", "migrate": "survey_web"}
    assert services["migrate"]["environment"]["MIGRATION_DATABASE_URL"].startswith("postgresql://survey_owner:")
    assert "survey_owner" in services["backups"]["environment"]["MIGRATION_DATABASE_URL"]


def test_example_environment_explains_every_variable() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    explained = {
        line.removeprefix("# ").split("=")[0] for line in lines if line.removeprefix("# ").split("=")[0].isupper()
    }
    passwords = {f"{of}_PASSWORD" for of in ("POSTGRES", "DATABASE_OWNER", "DATABASE_WEB", "DATABASE_WORKER")}
    read_by_compose_only = passwords | {"PORT", "DATABASE_AT", "BROKER_AT"}
    assert explained == {name.upper() for name in Environment.model_fields} | read_by_compose_only


def test_the_proxy_reaches_web_alone_and_the_database_reaches_nothing_outside(services: dict[str, Any]) -> None:
    networks = YAML(typ="safe").load(COMPOSE)["networks"]
    seen = {name: set(service["networks"]) for name, service in services.items()}

    reached = {name for name, places in seen.items() if places & seen["proxy"]} - {"proxy"}
    shut = {name for name, network in networks.items() if (network or {}).get("internal")}

    assert reached == {"web"}
    assert seen["database"] | seen["broker"] <= shut
    assert {name for name, places in seen.items() if places & seen["database"]} == {*OURS, "database"}
    assert seen["worker"] & seen["codes"] & seen["bulk"] - shut  # messages leave by them


def test_stores_on_another_host_are_named_by_two_settings_and_are_these_here_by_themselves(
    services: dict[str, Any],
) -> None:
    told = [services[name]["environment"] for name in OURS]
    stores = [value for each in told for name, value in each.items() if name.endswith("DATABASE_URL")]
    assert [each for each in stores if "@${DATABASE_AT:-database:5432}/survey" not in each] == []
    assert {each["BROKER_URL"] for each in told} == {"redis://${BROKER_AT:-broker:6379}/0"}


def test_the_proxy_s_commands_in_the_papers_name_its_own_configuration(services: dict[str, Any]) -> None:
    command = services["proxy"]["command"]
    own = f"nginx -c {command[command.index('-c') + 1]} "
    papers = [path.read_text() for path in sorted((ROOT / "docs").rglob("*.md"))]
    assert sum(text.count(own) for text in papers) == 1
    assert [text for text in papers if "nginx -s" in text or "nginx -t" in text] == []
