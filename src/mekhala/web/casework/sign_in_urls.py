"""Signing in and out, and one's own second factors: allauth's pages under our addresses."""

from allauth.account import views as account
from django.urls import include, path

from mekhala.web.casework.account import coming_and_going, factors, own_sign_ins

urlpatterns = [
    path("sign-in/", coming_and_going.SignIn.as_view(), name="account_login"),
    path("sign-out/", coming_and_going.sign_out, name="account_logout"),
    path("account/first-factor/", factors.first_factor, name="account_first_factor"),
    path("account/still-here/", coming_and_going.still_here, name="account_still_here"),
    path("account/printed/", own_sign_ins.printed, name="account_printed"),
    path("account/sign-ins/", own_sign_ins.sign_ins, name="account_sign_ins"),
    path("account/sign-ins/<int:pk>/end/", own_sign_ins.end_one, name="account_end_sign_in"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/reauthenticate/", coming_and_going.reauthenticate, name="account_reauthenticate"),
    path("account/second-factor/webauthn/add/", factors.AddPasskey.as_view(),
         name="mfa_add_webauthn"),
    path("account/second-factor/webauthn/keys/<int:pk>/remove/",
         factors.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("account/second-factor/totp/activate/", factors.AddCodes.as_view(),
         name="mfa_activate_totp"),
    path("account/second-factor/", include("allauth.mfa.urls")),
]  # fmt: skip
