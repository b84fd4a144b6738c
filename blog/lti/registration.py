"""Registration of this site at an LMS: its own description, and the answer. Pure."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from blog.lookup.http_client import origin_of
from blog.lti.names import (
    DEEP_LINKING,
    DEPLOYMENTS,
    PLATFORM_CONFIGURATION,
    RESOURCE_LINK,
    SCOPES,
    TOOL_CONFIGURATION,
)
from blog.lti.services import Registration

CLAIMS = ("iss", "sub", "name", "given_name", "family_name", "email")
MAX_URL_CHARS = 500
MAX_KEY_CHARS = 255
KINDS = ("canvas", "moodle", "brightspace", "blackboard")
FAMILIES = {"desire2learn": "brightspace", "d2l": "brightspace", "blackboardlearn": "blackboard"}
# All sites of Canvas that Instructure hosts have the same.
CANVAS_ADDRESSES = {
    "issuer": "https://canvas.instructure.com",
    "auth_url": "https://sso.canvaslms.com/api/lti/authorize_redirect",
    "token_url": "https://sso.canvaslms.com/login/oauth2/token",
    "jwks_url": "https://sso.canvaslms.com/api/lti/security/jwks",
}


class BadRegistration(Exception):
    """The description or the answer of an LMS cannot be used."""


def tool_addresses(site: str) -> dict[str, str]:
    """Return our own addresses, as they are pasted into an LMS."""
    return {
        "login": f"{site}/lti/login/",
        "launch": f"{site}/lti/launch/",
        "keys": f"{site}/lti/jwks.json",
        "logo": f"{site}/static/img/favicon.svg",
    }


def tool_registration(site: str, *, title: str, description: str) -> dict[str, Any]:
    """Return the request to an LMS that registers this site by itself."""
    ours = tool_addresses(site)
    return {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "initiate_login_uri": ours["login"],
        "redirect_uris": [ours["launch"]],
        "client_name": title,
        "jwks_uri": ours["keys"],
        "logo_uri": ours["logo"],
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join(SCOPES),
        TOOL_CONFIGURATION: {
            "domain": urlsplit(site).netloc,
            "description": description,
            "target_link_uri": ours["launch"],
            "claims": [*CLAIMS],
            "messages": [
                {"type": RESOURCE_LINK, "target_link_uri": ours["launch"], "label": title},
                {"type": DEEP_LINKING, "target_link_uri": ours["launch"], "label": title},
            ],
        },
    }


def canvas_configuration(site: str, *, title: str, description: str) -> dict[str, Any]:
    """Return the configuration that Canvas reads by its address, or that is pasted there."""
    ours = tool_addresses(site)
    placement = {"target_link_uri": ours["launch"], "text": title, "enabled": True}
    links = {
        "message_type": DEEP_LINKING,
        "selection_height": 700,
        "selection_width": 800,
    }
    return {
        "title": title,
        "description": description,
        "oidc_initiation_url": ours["login"],
        "target_link_uri": ours["launch"],
        "public_jwk_url": ours["keys"],
        "scopes": [*SCOPES],
        "extensions": [
            {
                "platform": "canvas.instructure.com",
                "privacy_level": "public",
                "domain": urlsplit(site).netloc,
                "settings": {
                    "text": title,
                    "placements": [
                        {
                            **placement,
                            "placement": "course_navigation",
                            "message_type": RESOURCE_LINK,
                            "windowTarget": "_blank",
                        },
                        {**placement, **links, "placement": "assignment_selection"},
                        {**placement, **links, "placement": "link_selection"},
                    ],
                },
            }
        ],
        "custom_fields": {},
    }


def read_configuration(document: object, url: str) -> tuple[dict[str, str], str]:
    """Return an LMS's description of itself at an address: its own addresses, and which LMS it is.

    The issuer and the address to register at have to be of the host that was asked: otherwise
    whoever has our link could register as another one.
    """
    if not isinstance(document, dict):
        raise BadRegistration("document")
    names = {
        "issuer": "issuer",
        "auth_url": "authorization_endpoint",
        "token_url": "token_endpoint",
        "jwks_url": "jwks_uri",
        "registration_url": "registration_endpoint",
    }
    found = {ours: document.get(theirs) for ours, theirs in names.items()}
    if not all(_is_short(one, MAX_URL_CHARS) for one in found.values()):
        raise BadRegistration("document")
    addresses = {name: str(value) for name, value in found.items()}
    if {origin_of(addresses["issuer"]), origin_of(addresses["registration_url"])} != {
        origin_of(url)
    }:
        raise BadRegistration("host")
    audience = document.get("authorization_server")
    addresses["audience"] = str(audience) if _is_short(audience, MAX_URL_CHARS) else ""
    about = document.get(PLATFORM_CONFIGURATION)
    family = about.get("product_family_code") if isinstance(about, dict) else ""
    key = str(family).lower().replace(" ", "")
    key = FAMILIES.get(key, key)
    return addresses, key if key in KINDS else "other"


def read_answer(document: object, addresses: Mapping[str, str]) -> tuple[Registration, str]:
    """Return the registration that an LMS has made, and its deployment, "" if it names none."""
    client = document.get("client_id") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not _is_short(client, MAX_KEY_CHARS):
        raise BadRegistration("answer")
    about = document.get(TOOL_CONFIGURATION)
    deployment = document.get(DEPLOYMENTS)
    if deployment is None and isinstance(about, dict):
        deployment = about.get("deployment_id")
    names = ("issuer", "auth_url", "token_url", "jwks_url", "audience")
    registration = Registration(client_id=str(client), **{name: addresses[name] for name in names})
    key = "" if deployment is None else str(deployment)
    return registration, key if _is_short(key, MAX_KEY_CHARS) else ""


def _is_short(value: object, longest: int) -> bool:
    """Return whether something is a text that can be stored, and a short one."""
    return isinstance(value, str) and 0 < len(value) <= longest and value.isprintable()
