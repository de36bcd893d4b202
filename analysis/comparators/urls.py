"""The pages on other surveys, and on one table beside one of them."""

from django.urls import path

from analysis.comparators import import_views, views

app_name = "comparators"
urlpatterns = [
    path("", views.surveys, name="list"),
    path("new/", import_views.new, name="new"),
    path("proposals/<int:proposal_id>/", import_views.proposal, name="proposal"),
    path("proposals/<int:proposal_id>/import/", import_views.confirm, name="import"),
    path("proposals/<int:proposal_id>/discard/", import_views.discard, name="discard"),
    path("<str:survey>/", views.survey, name="survey"),
    path("<str:survey>/withdraw/", import_views.withdraw, name="withdraw"),
    path("<str:survey>/<str:table>/", views.comparison, name="comparison"),
    path("<str:survey>/<str:table>/comparison.csv", views.download, {"output_format": "csv"}, name="csv"),
    path("<str:survey>/<str:table>/comparison.xlsx", views.download, {"output_format": "xlsx"}, name="xlsx"),
]
