"""Sign-in, switch role, site login."""

from django.urls import path

from console.signin.views import (
    account,
    authenticator,
    federated,
    keep,
    one_click,
    second_factor,
    sign_in,
    sign_up,
    site_login,
    switch_role,
    tokens,
)

urlpatterns = [
    path("signin", sign_in.signin, name="signin"),
    path("signin/root", sign_in.signin_root, name="signin_root"),
    path("signin/mfa", second_factor.signin_mfa, name="signin_mfa"),
    path("signin/saml", federated.signin_saml, name="signin_saml"),
    path("signin/saml/role", federated.signin_saml_role, name="signin_saml_role"),
    path("authenticator", authenticator.authenticator, name="authenticator"),
    path("signin/as", one_click.enter_as, name="enter_as"),
    path("signout", sign_in.signout, name="signout"),
    path("switchrole", switch_role.switchrole, name="switchrole"),
    path("switchrole/history", switch_role.role_history, name="role_history"),
    path("switchrole/back", switch_role.switch_back, name="switch_back"),
    path("login", site_login.SiteLogin.as_view(), name="site_login"),
    path("signup", sign_up.sign_up, name="sign_up"),
    path("keep", keep.keep, name="keep"),
    path("account", account.my_account, name="my_account"),
    path("account/password", account.my_password, name="my_password"),
    path("account/log-out-everywhere", account.my_log_outs, name="my_log_outs"),
    path("account/tokens", tokens.my_tokens, name="my_tokens"),
    path("account/tokens/<str:token_id>/revoke", tokens.my_token_revoke, name="my_token_revoke"),
    path("logout", site_login.SiteLogout.as_view(), name="site_logout"),
]
