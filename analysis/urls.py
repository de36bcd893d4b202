"""The pages of staff, by wave."""

from django.urls import include, path

urlpatterns = [
    path("", include("analysis.monitoring.urls")),
    path("<slug:slug>/tables/non-response/", include("analysis.nonresponse.urls")),
    path("<slug:slug>/tables/comparators/", include("analysis.comparators.urls")),
    path("<slug:slug>/tables/compare/", include("analysis.waves_compared.urls")),
    path("<slug:slug>/tables/explore/", include("analysis.exploring.urls")),
    path("<slug:slug>/tables/", include("analysis.plan_tables.urls")),
    path("<slug:slug>/tables/", include("analysis.disclosing.urls")),
    path("<slug:slug>/tables/publication/", include("analysis.publishing.urls")),
    path("<slug:slug>/tables/", include("analysis.opentext.urls")),
    path("<slug:slug>/tables/codebook/", include("analysis.codebook.urls")),
    path("<slug:slug>/tables/deposit/", include("analysis.depositing.urls")),
    path("<slug:slug>/report/text/", include("analysis.templating.urls")),
    path("<slug:slug>/report/", include("analysis.builds.urls")),
    path("<slug:slug>/report/", include("analysis.reports.urls")),
]
