"""What may leave, among the analysts' pages."""

from django.urls import path

from analysis.disclosing import compare_views, views

app_name = "disclosing"
urlpatterns = [
    path("disclosure/", views.disclosure, name="page"),
    path("disclosure/decide/", views.decide, name="decide"),
    path("disclosure/choice/", views.choice, name="choice"),
    path("disclosure/prepare/", views.prepare, name="prepare"),
    path("disclosure/tables/<str:code>/", views.table, name="table"),
    path("disclosure/compare/", compare_views.choose, name="compare"),
    path("disclosure/compare/<int:old>/<int:new>/", compare_views.compared, name="compared"),
    path("disclosure/compare/<int:old>/<int:new>/changes.csv", compare_views.compared_csv, name="compared_csv"),
    path("disclosure/releases/<int:number>/", views.release, name="release"),
    path("disclosure/releases/<int:number>/check/", views.check, name="check"),
    path("disclosure/releases/<int:number>/release/", views.release_now, name="let_go"),
    path("disclosure/releases/<int:number>/report/", views.build_report, name="build_report"),
    path("disclosure/releases/<int:number>/report.<str:ending>", views.report, name="report"),
    path("disclosure/releases/<int:number>/one/<str:table>.csv", views.one_table, name="one_table"),
    path("disclosure/releases/<int:number>/tables.<str:name>", views.file, name="file"),
]
