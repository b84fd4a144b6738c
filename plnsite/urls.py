"""Root URL configuration: with the settings, the only module that knows both apps."""

from django.contrib import admin
from django.urls import include, path

from blog.web.health import healthz, livez, readyz
from blog.web.icon import favicon
from blog.web.manifest import manifest
from blog.web.metrics import metrics
from blog.web.security_txt import security_txt

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("favicon.ico", favicon, name="favicon"),
    path("manifest/<slug:language>.webmanifest", manifest, name="manifest"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("admin/", admin.site.urls),
    path("", include("network.urls")),
    path("", include("blog.urls")),
    # Below blog's own, which stand in for some of these.
    path("accounts/two-step/", include("allauth.mfa.urls")),
    path("accounts/university/", include("allauth.socialaccount.urls")),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("accounts/", include("allauth.account.urls")),
]

handler400 = "blog.web.errors.bad_request"
handler403 = "blog.web.errors.forbidden"
handler404 = "blog.web.errors.not_found"
handler429 = "blog.web.errors.too_many_requests"
handler500 = "blog.web.errors.server_error"
