"""Open edX's LTI consumer as an LMS: a small server around it, run by the Python of ``.venv-lti``.

What is signed, checked, given and refused is theirs; ours are the addresses, and what a row in
their database would hold. It prints its own address, and answers until its input ends.
"""

import html
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlsplit

import django
from django.conf import settings

SITE = sys.argv[1]

settings.configure(
    PLATFORM_NAME="Open edX",
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "lti_consumer"],
    USE_TZ=True,
    SECRET_KEY="of a test",
)
django.setup()

from cryptography.hazmat.primitives import serialization  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: E402
from lti_consumer.data import Lti1p3LaunchData  # noqa: E402
from lti_consumer.lti_1p3.ags import LtiAgs  # noqa: E402, F401
from lti_consumer.lti_1p3.consumer import LtiAdvantageConsumer  # noqa: E402
from lti_consumer.lti_1p3.extensions.rest_framework.serializers import (  # noqa: E402
    LtiAgsLineItemSerializer,
    LtiAgsScoreSerializer,
)
from lti_consumer.lti_1p3.nprs import LtiNrps  # noqa: E402

AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/"
ROSTER = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
PEOPLE = {
    "edx-teacher": ("instructor", "Tess Teacher", "tess@example.edu"),
    "edx-student": ("student", "Sam Student", "sam@example.edu"),
    "edx-late": ("student", "Lara Late", "lara@example.edu"),
}
KEY, OTHER_KEY = (
    rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    for _ in range(2)
)


class Platform:
    """The data it got: picked links, columns, and scores."""

    def __init__(self, url):
        self.url = url
        self.links, self.line_items, self.scores = [], [], []
        self.refused = []

    def consumer(self, person, deep=False, key=KEY):
        """Return their consumer as a launch of one person needs it."""
        role, name, email = PEOPLE[person]
        consumer = LtiAdvantageConsumer(
            iss=self.url,
            lti_oidc_url=f"{SITE}/lti/login/",
            lti_launch_url=f"{SITE}/lti/launch/",
            client_id="edx-client",
            deployment_id="edx-deployment",
            rsa_key=key.decode(),
            rsa_key_id="edx-key",
            redirect_uris=[f"{SITE}/lti/launch/"],
            tool_keyset_url=f"{SITE}/lti/jwks.json",
        )
        consumer.set_user_data(person, role, full_name=name, email_address=email)
        consumer.set_resource_link_claim("link-1")
        consumer.set_launch_presentation_claim(document_target="window")
        consumer.set_context_claim("edx-course", context_title="Networks at Open edX")
        consumer.set_extra_claim(LtiNrps(f"{self.url}/members").get_lti_nrps_launch_claim())
        consumer.enable_ags(f"{self.url}/lineitems", allow_programmatic_grade_interaction=True)
        custom = [link.get("custom") for link in self.links if link.get("custom")]
        if custom and not deep:
            consumer.set_custom_parameters(custom[0])
        if deep:
            consumer.enable_deep_linking(f"{SITE}/lti/launch/", f"{self.url}/picked")
        return consumer

    def start(self, person, deep):
        """Return where a launch begins; what is between its two halves is in their cache."""
        role, _name, _email = PEOPLE[person]
        data = Lti1p3LaunchData(
            user_id=person,
            user_role=role,
            config_id="1",
            resource_link_id="link-1",
            message_type="LtiDeepLinkingRequest" if deep else "LtiResourceLinkRequest",
        )
        return self.consumer(person, deep).prepare_preflight_url(data)

    def message(self, asked):
        """Return the form with which their second half of a launch goes to us."""
        from lti_consumer.utils import get_data_from_cache

        data = get_data_from_cache(asked["lti_message_hint"])
        deep = data.message_type == "LtiDeepLinkingRequest"
        return self.consumer(asked["login_hint"], deep).generate_launch_request(asked)

    def check(self, headers, *scopes):
        token = headers.get("Authorization", "").removeprefix("Bearer ")
        if not self.consumer("edx-teacher").check_token(token, scopes):
            raise PermissionError

    def members(self):
        rows = [
            {
                "status": "Active",
                "user_id": person,
                "name": name,
                "email": email,
                "roles": [
                    "http://purl.imsglobal.org/vocab/lis/v2/membership#"
                    + ("Instructor" if role == "instructor" else "Learner")
                ],
            }
            for person, (role, name, email) in PEOPLE.items()
        ]
        return {"id": f"{self.url}/members", "context": {"id": "edx-course"}, "members": rows}

    def add_line_item(self, item):
        checked = LtiAgsLineItemSerializer(data=item)
        checked.is_valid(raise_exception=True)
        stored = {**item, "id": f"{self.url}/lineitems/{len(self.line_items) + 1}"}
        self.line_items.append(stored)
        return stored

    def add_score(self, number, score):
        checked = LtiAgsScoreSerializer(data=score)
        checked.is_valid(raise_exception=True)
        earlier = [one for n, one in self.scores if (n, one["userId"]) == (number, score["userId"])]
        if any(one["timestamp"] >= score["timestamp"] for one in earlier):
            raise ValueError("an older score")
        self.scores.append((number, score))


class Handler(BaseHTTPRequestHandler):
    def send(self, status, body=b"", kind="application/json", **headers):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer(self, body=""):
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        try:
            self.act(parts.path, query, body)
        except PermissionError:
            self.send(403)
        except Exception as error:  # theirs say by their kind what is wrong
            platform.refused.append(f"{parts.path}: {error!r}")
            self.send(400, {"error": repr(error)})

    def act(self, path, query, body):
        if path == "/start":
            to = platform.start(query["person"], "deep" in query)
            self.send(302, Location=to)
        elif path == "/frame":
            address = html.escape(f"/start?{urlsplit(self.path).query}")
            page = f'<h1>Open edX</h1><iframe name="tool" width="900" height="700" src="{address}">'
            self.send(200, page.encode(), "text/html")
        elif path == "/auth":
            fields = platform.message(query | dict(parse_qsl(body)))
            if "json" in self.headers.get("Accept", "").split(",")[0]:
                return self.send(200, fields)
            inputs = "".join(
                f'<input type="hidden" name="{name}" value="{html.escape(value)}">'
                for name, value in fields.items()
            )
            page = (
                f'<form method="post" action="{SITE}/lti/launch/">{inputs}</form>'
                "<script>document.forms[0].submit()</script>"
            )
            self.send(200, page.encode(), "text/html")
        elif path == "/jwks":
            self.send(200, platform.consumer("edx-teacher").get_public_keyset())
        elif path == "/jwks-of-another":
            self.send(200, platform.consumer("edx-teacher", key=OTHER_KEY).get_public_keyset())
        elif path == "/token":
            self.send(200, platform.consumer("edx-teacher").access_token(dict(parse_qsl(body))))
        elif path == "/members":
            platform.check(self.headers, ROSTER)
            kind = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
            self.send(200, platform.members(), kind)
        elif path == "/picked":
            consumer = platform.consumer("edx-teacher", deep=True)
            token = dict(parse_qsl(body))["JWT"]
            platform.links += consumer.check_and_decode_deep_linking_token(token)
            self.send(200, b"<h1>Picked</h1>", "text/html")
        elif path == "/lineitems" and self.command == "GET":
            platform.check(self.headers, f"{AGS}lineitem", f"{AGS}lineitem.readonly")
            found = [
                one for one in platform.line_items if one["resourceId"] == query["resource_id"]
            ]
            self.send(200, found, "application/vnd.ims.lis.v2.lineitemcontainer+json")
        elif path == "/lineitems":
            platform.check(self.headers, f"{AGS}lineitem")
            kind = "application/vnd.ims.lis.v2.lineitem+json"
            self.send(201, platform.add_line_item(json.loads(body)), kind)
        elif path.endswith("/scores"):
            platform.check(self.headers, f"{AGS}score")
            platform.add_score(path.split("/")[-2], json.loads(body))
            self.send(204)
        elif path == "/told":
            told = {
                "links": platform.links,
                "line_items": platform.line_items,
                "scores": platform.scores,
                "refused": platform.refused,
            }
            self.send(200, told)
        else:
            self.send(404)

    def do_GET(self):
        self.answer()

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def log_message(self, *args):
        """Log nothing: the requests are at /told."""


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
platform = Platform(f"http://127.0.0.1:{server.server_port}")
threading.Thread(target=server.serve_forever, daemon=True).start()
print(platform.url, flush=True)
sys.stdin.read()
