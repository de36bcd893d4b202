"""The bare reference: what a questionnaire page costs with nothing but a session, one template and one UPDATE.

Six pages in the shape of the survey: 42 ratings, 31 statements and single questions, 12 yes/no with details. A page is
rendered by Jinja from a definition in memory; a POST is checked and written by one UPDATE, then redirected.
"""

import json
import os
from importlib import import_module

import dj_database_url
import django
from django.conf import settings

settings.configure(
    DEBUG=False,
    SECRET_KEY="a reference site holds no secret at all",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DATABASES={"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=600)},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    LOGGING_CONFIG=None,
)
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import path
from jinja2 import Environment

SIX, FIVE, TWO = range(1, 7), range(1, 6), range(1, 3)
# For each page: (number of rows, the codes of each row, whether a text follows each row).
SHAPE = [[(7, SIX, False)] * 6, [(1, FIVE, False)] * 2 + [(9, FIVE, False)], [(10, FIVE, False)]]
SHAPE += [[(4, FIVE, False), (6, FIVE, False)], [(12, TWO, True)]]
PAGES = [
    [
        (f"p{page}b{block}r{row}", codes, has_text)
        for block, (rows, codes, has_text) in enumerate(blocks)
        for row in range(rows)
    ]
    for page, blocks in enumerate(SHAPE)
]
TEMPLATE = Environment(autoescape=True).from_string(
    """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page {{ number }}</title></head><body><main>
<h1>Page {{ number }}</h1><form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="{{ token }}">
<input type="hidden" name="version" value="{{ version }}">
{% for name, codes, has_text in rows %}<fieldset><legend>Statement {{ name }}: to what extent do you agree?</legend>
{% for code in codes %}<input type="radio" id="{{ name }}-{{ code }}" name="{{ name }}" value="{{ code }}"
{% if answers.get(name) == code %}checked{% endif %}><label for="{{ name }}-{{ code }}">Answer number {{ code }}</label>
{% endfor %}</fieldset>{% if has_text %}<label for="{{ name }}-text">Details</label>
<textarea id="{{ name }}-text" name="{{ name }}-text">{{ answers.get(name ~ "-text", "") }}</textarea>{% endif %}
{% endfor %}<button>Continue</button></form></main></body></html>"""
)


@login_required
def page(request: HttpRequest, number: int) -> HttpResponse:
    """One page, or the end."""
    if number >= len(PAGES):
        return HttpResponse("<!doctype html><title>Sent</title><p>Thank you</p>")
    if request.method == "POST":
        return _save(request, number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers, version FROM reference WHERE person = %s", [request.user.pk])
        answers, version = cursor.fetchone()
    found = json.loads(answers) if isinstance(answers, str) else answers
    context = {
        "number": number,
        "rows": PAGES[number],
        "answers": found,
        "version": version,
        "token": get_token(request),
    }
    return HttpResponse(TEMPLATE.render(context))


def _save(request: HttpRequest, number: int) -> HttpResponse:
    clean: dict[str, object] = {}
    for name, codes, has_text in PAGES[number]:
        sent = request.POST.get(name, "")
        if sent and (not sent.isdigit() or int(sent) not in codes):
            return HttpResponse(status=422)
        clean[name] = int(sent) if sent else None
        if has_text:
            clean[f"{name}-text"] = request.POST.get(f"{name}-text", "")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reference SET answers = answers || %s::jsonb, version = version + 1 WHERE person = %s",
            [json.dumps(clean), request.user.pk],
        )
    response = HttpResponseRedirect(f"/{number + 1}")
    response.status_code = 303
    return response


urlpatterns = [path("<int:number>", page)]
application = WSGIHandler()


def prepare(people: int) -> list[str]:
    """Makes tables and people; returns a session key for each."""
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE reference "
            "(person bigint PRIMARY KEY, answers jsonb NOT NULL DEFAULT '{}', version int NOT NULL DEFAULT 0)"
        )
    keys = []
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for number in range(people):
        person = User.objects.create(username=f"person-{number}", password="!")
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO reference (person) VALUES (%s)", [person.pk])
        session = store()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        keys.append(session.session_key)
    return keys


if __name__ == "__main__":
    print("\n".join(prepare(200)))
