"""The register's pages."""

from django.urls import path

from respondents.register import editing_views as editing
from respondents.register import import_views as imports
from respondents.register import views

app_name = "register"
urlpatterns = [
    path("", views.boards, name="boards"),
    path("boards/new/", editing.new_board, name="new_board"),
    path("boards/<slug:slug>/", views.board, name="board"),
    path("boards/<slug:slug>/change/", editing.edit_board, name="edit_board"),
    path("boards/<slug:slug>/appoint/", editing.appoint_chair, name="appoint"),
    path("appointments/<int:appointment_id>/end/", editing.end, name="end"),
    path("appointments/<int:appointment_id>/correct/", editing.correct, name="correct"),
    path("people/<int:person_id>/change/", editing.edit_person, name="edit_person"),
    path("chairs/", views.chairs, name="chairs"),
    path("authorities/", views.authorities, name="authorities"),
    path("authorities/new/", editing.new_authority, name="new_authority"),
    path("authorities/<slug:code>/", views.authority, name="authority"),
    path("authorities/<slug:code>/change/", editing.edit_authority, name="edit_authority"),
    path("authorities/<slug:code>/succession/", editing.succession, name="succeed"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.new_import, name="new_import"),
    path("imports/<int:import_id>/", imports.one_import, name="import"),
    path("imports/<int:import_id>/apply/", imports.apply, name="apply"),
    path("imports/<int:import_id>/discard/", imports.discard, name="discard"),
    path("imports/<int:import_id>/undo/", imports.undo, name="undo"),
    path("export/register.xlsx", views.export, name="export"),
    path("export/<slug:name>.csv", views.export_table, name="export_table"),
]
