"""The site map: one include for each part of the site."""

from django.urls import URLPattern, URLResolver, include, path

from console.signin.views import site_login

urlpatterns: list[URLResolver | URLPattern] = [
    path("", include("console.pages.site.urls")),
    path("", include("console.signin.urls")),
    path("", include("console.pages.labs.urls")),
    path("", include("console.pages.classes.urls")),
    path("api/", include("console.api.urls")),
    path("lti/", include("console.pages.lti.urls")),
    path("teach/", include("console.pages.teach.urls")),
    path("", include("console.pages.iam.search.urls")),
    path("iam/", include("console.pages.iam.urls")),
    path("ec2/", include("console.pages.ec2.urls")),
    path("lambda/", include("console.pages.awslambda.urls")),
    path("idp/<str:slug>/", include("console.pages.idp.urls")),
    path("s3/", include("console.pages.s3.urls")),
    path("cloudtrail/", include("console.pages.cloudtrail.urls")),
    path("organizations/", include("console.pages.organizations.urls")),
    path("admin/login/", site_login.admin_login),
    path("admin/inside/", include("console.inside.urls")),
    path("admin/", include("console.pages.admin.urls")),
]

handler400 = "console.pages.site.errors.bad_request"
handler403 = "console.pages.site.errors.denied"
handler404 = "console.pages.site.errors.not_found"
handler500 = "console.pages.site.errors.broken"
