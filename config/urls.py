"""Every address of the site. Each view declares its rule; a route without one stops the start."""

from django.conf import settings
from django.urls import include, path

from config import health
from config.watching import views as watching
from respondents.portal.arrival import arrival
from respondents.portal.views import home

urlpatterns = [
    path("", home, name="home"),
    path("invitation/<str:token>/", arrival, name="invitation"),
    path("sign-in/", include("accounts.urls")),
    path("outbox/", include("accounts.outbox.urls")),
    path("people/", include("accounts.staff.urls")),
    path("audit/", include("accounts.audit.urls")),
    path("backups/", include("respondents.backups.urls")),
    path("retention/", include("respondents.retention.urls")),
    path("returns/", include("respondents.portal.urls")),
    path("returns/", include("respondents.together.urls")),
    path("returns/", include("respondents.copies.urls")),
    path("returns/", include("respondents.correspondence.urls")),
    path("returns/", include("analysis.reports.board_urls")),
    path("waves/<slug:slug>/chairs/", include("respondents.together.staff_urls")),
    path("waves/<slug:slug>/messages/", include("respondents.correspondence.team_urls")),
    path("waves/<slug:slug>/boards/", include("respondents.helping.urls")),
    path("waves/<slug:slug>/contacts/", include("respondents.contacts.urls")),
    path("waves/<slug:slug>/answers/", include("respondents.helping.answers_urls")),
    path("waves/<slug:slug>/tasks/", include("analysis.milestones.urls")),
    path("waves/", include("respondents.fieldwork.urls")),
    path("register/", include("respondents.register.urls")),
    path("waves/", include("analysis.urls")),
    path("questionnaires/preview/", include("respondents.preview.urls")),
    path("house-style/", include("analysis.house_style.urls")),
    path("pictures/", include("analysis.pictures.urls")),
    path("calendar/", include("analysis.calendar.urls")),
    path("questionnaires/", include("survey.authoring.urls")),
    path("api/", include("analysis.publishing.api.urls")),
    path("", include("analysis.publishing.public.urls")),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", watching.metrics, name="metrics"),
    path("csp-reports", watching.csp_report, name="csp_report"),
]
handler500 = "accounts.store.views.failed"
if settings.DEMONSTRATION:
    urlpatterns += [path("demonstration/", include("config.demonstration.urls"))]
