"""Paths that must not be there: consoles, sources, backups, secrets, what other programs leave lying about.

    python -m bench.paths

Asks for some 7,500 of them through nginx and gunicorn with the demonstration, as nobody and as an administrator; then
for maps, copies and listings beside every file under /static/, and with methods that no page takes. Tells each answer
that is not “not found”.
"""

import itertools
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from bench.doors import Answer, Site, demonstration, send

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
# Pages that are there for everybody or for whoever signs in; all are in the table of rights.
KNOWN = {"register/", "returns/", "waves/", "sign-in/", "api/"}
PAGES = ("/", "/sign-in/", "/returns/", "/people/", "/static/", "/health/live", "/nothing")
METHODS = ("TRACE", "TRACK", "DEBUG", "CONNECT", "PROPFIND", "PUT", "DELETE", "MKCOL", "MOVE", "SEARCH", "OPTIONS")
BESIDE = (".map", "~", ".bak", ".old", ".orig", ".swp", ".scss", ".ts", ".py", "/", "/.", "%00", "::$DATA")
TRAVERSALS = ("/static/../manage.py", "/static/..%2fmanage.py", "/static/%2e%2e/manage.py", "/static//etc/passwd",
              "/static/..%5cmanage.py", "/static/%252e%252e/manage.py", "//static/../config/settings.py")  # fmt: skip
# What a page of the product, of the proxy or of the web server would say if it told of itself.
TELLS = (b"Traceback", b"DisallowedHost", b"DEBUG = True", b"Index of /", b"nginx/", b"gunicorn", b"SECRET_KEY")
NOT_THERE = {400, 404, 405, 414, 301, 302}
REFUSED = NOT_THERE | {403}  # a form without its token
ANY_METHOD = {"/", "/sign-in/", "/health/live"}  # shown to whoever asks, however they ask
AT_ONCE = 6


def paths() -> list[str]:
    """Every path once."""
    whole = (f"/{folder}{name}{ending}" for folder, name, ending in itertools.product(FOLDERS, NAMES, ENDINGS[:2]))
    more = (f"/{name}{ending}" for name, ending in itertools.product(NAMES, ENDINGS))
    return sorted({*whole, *more})


def beside_static() -> list[str]:
    """What could lie beside the files that are served, and their folders."""
    from django.conf import settings

    served = sorted(each for each in settings.STATIC_ROOT.rglob("*") if each.suffix not in {".gz", ".br"})
    names = [f"/static/{each.relative_to(settings.STATIC_ROOT)}" for each in served]
    folders = {f"{name.rpartition('/')[0]}/" for name in names}
    plain = [name for name in names if "." in name.rpartition("/")[2]]
    return sorted({*folders, *(f"{name}{ending}" for name in plain for ending in BESIDE), *TRAVERSALS})


def patiently(site: Site, path: str, *, session: str, method: str = "GET") -> Answer:
    """The answer; the proxy’s “busy” is waited out, for it is no answer to this question."""
    answer = send(site.port, path, method=method, session=session)
    while answer.status == 503:
        answer = send(site.port, path, method=method, session=session)
    return answer


def wrong(path: str, answer: Answer, *, method: str) -> Iterator[str]:
    """What is there, or what tells of the machine."""
    if method == "GET":
        is_fine = answer.status in NOT_THERE or path.partition("?")[0].strip("/") + "/" in KNOWN
    else:
        is_fine = answer.status in REFUSED or (method == "OPTIONS" and path in ANY_METHOD)
    if not is_fine:
        yield f"{answer.status} {method} {path}"
    yield from (f"{path} says {word.decode()}" for word in TELLS if word in answer.body)
    server = answer.named("Server")
    if server not in {"", "nginx"}:
        yield f"{path}: Server: {server}"


def ask_all(site: Site, asked: Iterable[str], sessions: Iterable[str], *, method: str = "GET") -> Counter[int]:
    """Asks for every path in each of these sessions; prints what is there."""
    pairs = list(itertools.product(asked, sessions))
    with ThreadPoolExecutor(AT_ONCE) as people:
        answers = people.map(lambda pair: patiently(site, pair[0], session=pair[1], method=method), pairs)
        found = list(zip(pairs, answers, strict=True))
    for (path, _), answer in found:
        told.extend(wrong(path, answer, method=method))
    return Counter(answer.status for _, answer in found)


told: list[str] = []  # everything that was there


def main() -> int:
    """Ask, and end with 1 where something is there."""
    with demonstration() as site:
        sessions = ("", site.session("administrator@example.org"))
        asked, near = paths(), beside_static()
        print(f"{len(asked):,} paths, as nobody and as an administrator: {dict(ask_all(site, asked, sessions))}")
        print(f"{len(near):,} paths beside what is served: {dict(ask_all(site, near, sessions[:1]))}")
        for method in METHODS:
            print(f"{method}: {dict(ask_all(site, PAGES, sessions, method=method))}")
        answers = site.log().count('"answered"')
    print(f"{answers:,} reached the product")
    print("\n".join(sorted(set(told))) or "nothing is there that must not be")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
