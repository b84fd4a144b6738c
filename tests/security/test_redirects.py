"""No redirect leads to another site."""

import re
import uuid
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import User
from tests import factories

OTHER_SITES = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "https:///evil.example",
    "javascript:run()",
    "\thttps://evil.example",
    "/\t/evil.example",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "//evil%E3%80%82example",
    "https://evil.example\\@testserver/",
]


@pytest.fixture
def other_sites(real_data):
    [path] = (real_data / "attack-lists").glob("patt-openredirect-*.txt")
    return path.read_text().splitlines()


def host_after(location):
    """Return where a browser goes: it repairs addresses before it reads them, unlike a server."""
    repaired = re.sub(r"[\t\r\n]", "", location.strip()).replace("\\", "/")
    repaired = re.sub(r"^(https?):/*", r"\1://", repaired)
    there = urlsplit(urljoin("http://testserver/", repaired))
    assert there.scheme in ("http", "https"), location
    return there.hostname


def sign_in(target):
    form = {"login": "ada@example.edu", "password": factories.PASSWORD, "next": target}
    return Client().post("/accounts/login/", form)


def sign_up(target):
    name = uuid.uuid4().hex
    form = {
        "display_name": name,
        "email": f"{name}@example.edu",
        "password1": "five quiet herons wade",
        "next": target,
    }
    return Client().post("/accounts/signup/", form)


def sign_out(target):
    client = Client()
    client.force_login(User.objects.get(email="ada@example.edu"))
    return client.post("/accounts/logout/", {"next": target})


def signed_in_already(target):
    client = Client()
    client.force_login(User.objects.get(email="ada@example.edu"))
    return client.get("/accounts/login/", {"next": target})


def follow(target, name="follow"):
    client = Client()
    client.force_login(User.objects.get(email="ada@example.edu"))
    url = reverse(name, args=["networks", User.objects.get(email="bob@example.edu").username])
    return client.post(url, {"next": target})


def unfollow(target):
    return follow(target, "unfollow")


def signed_out_button(target):
    return Client().post("/c/networks/comments/1/restore/", headers={"referer": target})


WAYS = [sign_in, sign_up, sign_out, signed_in_already, follow, unfollow, signed_out_button]
NOWHERE_ELSE, TRIED = (
    "No redirect leads to another site",
    "{ways} ways, {addresses} addresses tried",
)


@pytest.mark.figure
@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_to_another_site(ada, bob, figure, way):
    hosts = {target: host_after(way(target)["Location"]) for target in OTHER_SITES}

    assert hosts == dict.fromkeys(OTHER_SITES, "testserver")
    figure(NOWHERE_ELSE, TRIED, ways=1, addresses=len(hosts))


@pytest.mark.figure
@pytest.mark.parametrize("way", WAYS)
def test_no_way_on_the_list_leads_to_another_site(ada, bob, other_sites, figure, way):
    hosts = {target: host_after(way(target)["Location"]) for target in other_sites}

    assert hosts == dict.fromkeys(other_sites, "testserver")
    figure(NOWHERE_ELSE, TRIED, addresses=len(hosts))
