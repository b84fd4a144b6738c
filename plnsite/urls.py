"""
Where blog and network meet: the only module, beside the settings, that knows both.
"""

from django.contrib import admin
from django.urls import include, path

from blog.views.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("", include("network.urls")),
    path("", include("blog.urls")),
]

handler403 = "blog.views.errors.forbidden"
handler404 = "blog.views.errors.not_found"
handler429 = "blog.views.errors.too_many_requests"
handler500 = "blog.views.errors.server_error"
