"""The registration of this site at an LMS."""

from typing import ClassVar

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from blog.forms.textarea import Textarea
from blog.forms.versions import ComparedForm
from blog.lti.claims import MAX_KEY_CHARS
from blog.lti.services import is_service_address
from blog.models import Platform
from blog.web.idempotency import IdempotencyKeyField

MAX_DEPLOYMENTS = 200
ADDRESSES = ("auth_url", "token_url", "jwks_url")


class _PlatformForm(forms.ModelForm):
    deployments = forms.CharField(
        label=_("Deployment IDs"),
        widget=Textarea(attrs={"rows": 3}),
        help_text=_("One on each line, as the LMS shows them."),
        max_length=20_000,
        error_messages={"required": _("Type at least one deployment ID.")},
    )

    class Meta:
        model = Platform
        fields = [
            *("name", "kind", "issuer", "client_id", "deployments"),
            *(*ADDRESSES, "audience", "trusts_email", "is_on"),
        ]
        labels: ClassVar = {"kind": _("Which LMS")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = self.fields["kind"]
        kinds.choices = [(kind, capfirst(str(label))) for kind, label in kinds.choices]
        if self.instance.pk:
            ids = self.instance.deployments.values_list("deployment_id", flat=True)
            self.initial["deployments"] = "\n".join(ids)

    def clean_deployments(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["deployments"].splitlines()]
        ids = list(dict.fromkeys(line for line in lines if line))
        if len(ids) > MAX_DEPLOYMENTS or any(len(one) > MAX_KEY_CHARS for one in ids):
            raise forms.ValidationError(_("This is not a list of deployment IDs."))
        return ids

    def clean(self):
        cleaned = super().clean()
        for field in ADDRESSES:
            url = cleaned.get(field, "")
            if url and not is_service_address(url, site=settings.SITE_URL):
                self.add_error(field, _("Type an address that begins with https://."))
        return cleaned


class NewPlatformForm(_PlatformForm):
    """A form that adds an LMS, once however often it is sent."""

    key = IdempotencyKeyField()


class PlatformForm(ComparedForm, _PlatformForm):
    """A form that changes an LMS; it tells if somebody else has meanwhile."""
