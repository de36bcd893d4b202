"""Sign-in and sign-out. The names are those that allauth looks for."""

from django.urls import include, path
from django.views.generic import RedirectView

from accounts import views
from accounts.rules import public

to_request_code = public(RedirectView.as_view(pattern_name="account_request_login_code", query_string=True))

urlpatterns = [
    path("", views.request_code, name="account_request_login_code"),
    path("code/", views.confirm_code, name="account_confirm_login_code"),
    path("code/new/", views.another_code, name="account_another_code"),
    path("other/", to_request_code, name="account_login"),
    path("new/", to_request_code, name="account_signup"),
    path("second/", include("accounts.second.urls")),
    path("department/", include("accounts.provider.urls")),
    path("where/", include("accounts.signed_in.urls")),
    path("out/", views.sign_out, name="account_logout"),
]
