"""The researcher's pages."""

from django.urls import path, register_converter

from analysis.monitoring import exporting_views, views
from analysis.monitoring.exports import PANELS


class PanelConverter:
    """The name of a panel that can be taken away."""

    regex = "|".join(PANELS)

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(PanelConverter, "panel")

app_name = "monitoring"
urlpatterns = [
    path("", views.waves, name="waves"),
    path("<slug:slug>/", views.wave, name="wave"),
    path("<slug:slug>/live/", views.live, name="live"),
    path("<slug:slug>/target/", views.target, name="target"),
    path("<slug:slug>/target/set/", views.change_target, name="set_target"),
    path("<slug:slug>/items/<str:item>/", views.behind, name="behind"),
    path("<slug:slug>/take-away/", exporting_views.files, name="files"),
    path("<slug:slug>/response/<panel:panel>.csv", exporting_views.panel, name="panel"),
    path("<slug:slug>/response.xlsx", exporting_views.workbook, name="workbook"),
    path("<slug:slug>/chasing-list.csv", exporting_views.chasing, {"kind": "csv"}, name="chasing_csv"),
    path("<slug:slug>/chasing-list.xlsx", exporting_views.chasing, {"kind": "xlsx"}, name="chasing_xlsx"),
]
