"""Paths that must not be there: consoles, sources, backups, secrets, what other programs leave lying about.

    python -m bench.paths

Asks for some 7,500 of them, signed in as nobody and as an administrator, and tells each that is not “not found”.
"""

import itertools
import os
import sys
from collections import Counter

FOLDERS = (
    *(
        "",
        "admin/",
        "static/",
        "media/",
        "api/",
        "waves/",
        "returns/",
        "sign-in/",
        "backup/",
        "old/",
        "app/",
        "src/",
        "..;/",
    ),
    *(
        "static/../",
        "static/%2e%2e/",
        "static/..%2f",
        "%2e%2e/",
        ".well-known/",
        "var/",
        "config/",
        "etc/",
        "public/",
        "v1/",
    ),
)
NAMES = (
    *(
        ".git/HEAD",
        ".git/config",
        ".gitignore",
        ".svn/entries",
        ".hg/store",
        ".env",
        ".env.local",
        ".env.example",
        ".DS_Store",
    ),
    *(
        "admin/",
        "admin/login/",
        "administrator/",
        "wp-admin/",
        "wp-login.php",
        "phpmyadmin/",
        "phpinfo.php",
        "console/",
    ),
    *(
        "debug/",
        "__debug__/",
        "__debug__/sql_select/",
        "silk/",
        "flower/",
        "actuator",
        "actuator/env",
        "actuator/heapdump",
    ),
    *(
        "server-status",
        "server-info",
        "nginx_status",
        "metrics",
        "metrics/",
        "healthz",
        "status",
        "info",
        "trace",
        "jmx",
    ),
    *("docs/", "redoc", "swagger", "swagger-ui/", "swagger.json", "graphql", "graphiql", "schema", "schema/", "rpc"),
    *(
        "config.py",
        "settings.py",
        "config/settings.py",
        "manage.py",
        "wsgi.py",
        "urls.py",
        "models.py",
        "pyproject.toml",
    ),
    *("requirements.txt", "requirements-test.txt", "package.json", "package-lock.json", "Makefile", "Dockerfile"),
    *(
        "docker-compose.yml",
        "Procfile",
        "README.md",
        "LICENSE",
        "CHANGELOG",
        "Vagrantfile",
        "ansible.cfg",
        "terraform.tfstate",
    ),
    *("db.sqlite3", "survey.sqlite3", "var/survey.sqlite3", "dump.sql", "dump.rdb", "database.sql.gz", "backup.sql"),
    *("backup.zip", "backup.tar.gz", "www.zip", "site.tar", "export.csv", "returns.csv", "answers.xlsx", "users.csv"),
    *(
        "id_rsa",
        ".ssh/id_rsa",
        ".aws/credentials",
        ".npmrc",
        ".pypirc",
        ".netrc",
        ".htaccess",
        ".htpasswd",
        "web.config",
    ),
    *(
        "secrets.json",
        "credentials.json",
        "key.pem",
        "server.key",
        "cert.pem",
        "keystore.jks",
        "token",
        "passwd",
        "shadow",
    ),
    *(
        "main.css.map",
        "main.js.map",
        "house.css.map",
        "app.js.map",
        "bundle.js.map",
        "index.html~",
        "index.php",
        "index.bak",
    ),
    *("robots.txt.bak", "crossdomain.xml", "clientaccesspolicy.xml", "sitemap.xml", "browserconfig.xml", "xmlrpc.php"),
    *(
        "cgi-bin/",
        "cgi-bin/test.cgi",
        "shell.php",
        "cmd.aspx",
        "upload/",
        "uploads/",
        "files/",
        "tmp/",
        "logs/",
        "log.txt",
    ),
    *("error.log", "access.log", "debug.log", "celery.log", "core", "nohup.out", ".bash_history", ".python_history"),
    *(
        "test/",
        "tests/",
        "dev/",
        "staging/",
        "internal/",
        "private/",
        "hidden/",
        "secret/",
        "jenkins/",
        "solr/",
        "kibana/",
    ),
    *(
        "accounts/login/",
        "accounts/signup/",
        "accounts/password/reset/",
        "signup/",
        "register/",
        "login/",
        "logout/",
        "oauth/token",
    ),
)
ENDINGS = ("", "~", ".bak", ".old", ".swp", "?debug=1")
# Pages that are there for everybody or for whoever signs in; both are in the table of rights.
KNOWN = {"register/", "returns/", "waves/", "sign-in/", "api/"}


def paths() -> list[str]:
    """Every path once."""
    whole = (f"/{folder}{name}{ending}" for folder, name, ending in itertools.product(FOLDERS, NAMES, ENDINGS[:2]))
    more = (f"/{name}{ending}" for name, ending in itertools.product(NAMES, ENDINGS))
    return sorted({*whole, *more})


def main() -> int:
    """Ask, and end with 1 where something is there."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from bench.fuzz.__main__ import database

    with database(""):
        from django.test import Client

        from accounts.models import Role
        from tests import builders

        staff = builders.sign_in(Client(), builders.person("a@example.org", role=Role.ADMINISTRATOR))
        asked, statuses, there = paths(), Counter[int](), list[str]()
        for path, client in itertools.product(asked, (Client(raise_request_exception=False), staff)):
            status = client.get(path).status_code
            statuses[status] += 1
            if status not in {404, 301, 302} and path.partition("?")[0].strip("/") + "/" not in KNOWN:
                there.append(f"{status} {path}")
    print(f"{len(asked):,} paths, each as nobody and as an administrator: {dict(sorted(statuses.items()))}")
    print("\n".join(there))
    return 1 if there else 0


if __name__ == "__main__":
    sys.exit(main())
