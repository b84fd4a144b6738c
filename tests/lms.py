"""An LMS for tests: it signs launches, and has a roster, columns and scores, on this machine."""

import json
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from unittest import mock
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt

from blog.lti.names import (
    AGS_ENDPOINT,
    CLAIM,
    DEEP_LINKING,
    DL_CLAIM,
    NRPS_ENDPOINT,
    RESOURCE_LINK,
    SCOPES,
)
from blog.lti.tokens import SigningKey, new_key, public_jwk, sign
from blog.models import Deployment, Platform, ToolKey, public_keys

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
INSTRUCTOR, LEARNER = f"{MEMBERSHIP}Instructor", f"{MEMBERSHIP}Learner"
ADMINISTRATOR = f"{MEMBERSHIP}Administrator"
KEY = new_key()  # making one takes a second
OTHER_KEY = new_key()
TOOL_KEY = new_key()


class Lms:
    """Its lists, and the requests it got; ``status`` answers every question for a service."""

    client_id = "client-7"
    deployment_id = "deployment-1"

    def __init__(self, url):
        self.url = url
        self.key = SigningKey("key-1", KEY.pem)
        self.members = []
        self.next_origin = ""  # where its list goes on, if that is elsewhere
        self.line_items = []
        self.scores = []
        self.registered = []
        self.asked = []
        self.audience = f"{self.url}/token"  # of what we sign to get a token
        self.tool_keys = {}
        self.pages = {}  # what it shows to people: by the path, from the query to HTML
        self.status = 200

    def register(self, **fields):
        """Store it as site staff have registered it."""
        fields = {
            "name": "Campus LMS",
            "issuer": self.url,
            "client_id": self.client_id,
            "auth_url": f"{self.url}/auth",
            "token_url": f"{self.url}/token",
            "jwks_url": f"{self.url}/jwks",
        } | fields
        platform = Platform.objects.create(**fields)
        Deployment.objects.create(platform=platform, deployment_id=self.deployment_id)
        if not ToolKey.objects.exists():
            with mock.patch("blog.models.platforms.new_key", return_value=TOOL_KEY):
                ToolKey.make()
        # Read here: what answers runs in a thread, with a database of its own.
        self.tool_keys = {key["kid"]: key for key in public_keys()}
        return platform

    def claims(self, nonce, /, **changes):
        """Return the claims of a student's launch, with others instead of some."""
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": self.client_id,
            "sub": "s-1",
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "name": "Sam Student",
            "family_name": "Student",
            "email": "sam@example.edu",
            f"{CLAIM}version": "1.3.0",
            f"{CLAIM}message_type": RESOURCE_LINK,
            f"{CLAIM}deployment_id": self.deployment_id,
            f"{CLAIM}target_link_uri": "http://127.0.0.1:8000/lti/launch/",
            f"{CLAIM}roles": [LEARNER],
            f"{CLAIM}resource_link": {"id": "link-1"},
            f"{CLAIM}context": {"id": "context-1", "title": "Networks there"},
            NRPS_ENDPOINT: {"context_memberships_url": f"{self.url}/members"},
            AGS_ENDPOINT: {"lineitems": f"{self.url}/lineitems?course=1", "scope": [*SCOPES]},
        }
        return {name: value for name, value in (claims | changes).items() if value is not None}

    def deep_linking(self, **settings):
        """Return the claims that make a launch one for picking."""
        settings = {
            "deep_link_return_url": f"{self.url}/picked",
            "accept_types": ["ltiResourceLink"],
            "accept_multiple": True,
            "data": "kept by the LMS",
        } | settings
        return {
            f"{CLAIM}message_type": DEEP_LINKING,
            f"{CLAIM}roles": [INSTRUCTOR],
            f"{DL_CLAIM}deep_linking_settings": settings,
        }

    def sign(self, claims, key=None):
        return sign(claims, key or self.key)

    def start(self, client, **changes):
        """Begin a launch in a client; return what the LMS is asked, as a dict."""
        query = {
            "iss": self.url,
            "client_id": self.client_id,
            "login_hint": "s-1",
            "lti_message_hint": "hint",
            "target_link_uri": "http://127.0.0.1:8000/lti/launch/",
        } | changes
        answer = client.get("/lti/login/", query)
        assert answer.status_code == 302, answer.content.decode()
        return dict(parse_qsl(urlsplit(answer["Location"]).query))

    def form(self, client, key=None, **changes):
        """Return the form of a launch that this client has begun."""
        asked = self.start(client)
        claims = self.claims(asked["nonce"], **changes)
        return {"state": asked["state"], "id_token": self.sign(claims, key)}

    def launch(self, client, *, frame=False, **changes):
        """Launch in a client, whole, as somebody new where that is asked; return the answer."""
        headers = {"sec-fetch-dest": "iframe" if frame else "document"}
        answer = client.post("/lti/launch/", self.form(client, **changes), headers=headers)
        return go_on_as_new(client, answer)

    def teach(self, client, **changes):
        """Launch as an instructor."""
        person = {"sub": "t-1", "name": "Ines Instructor", "email": "ines@example.edu"}
        return self.launch(client, **{f"{CLAIM}roles": [INSTRUCTOR], **person, **changes})

    # What it answers.

    def answer_get(self, path, query):
        if path in self.pages:
            named = {name: values[0] for name, values in query.items()}
            return 200, "text/html; charset=utf-8", self.pages[path](**named)
        if path == "/jwks":
            return 200, "application/json", {"keys": [public_jwk(self.key)]}
        if path == "/openid-configuration":
            return 200, "application/json", self.configuration()
        if path == "/members":
            return self.answer_members(**{name: values[0] for name, values in query.items()})
        if path == "/lineitems":
            kind = "application/vnd.ims.lis.v2.lineitemcontainer+json"
            wanted = [
                item
                for item in self.line_items
                if item["resourceId"] == query.get("resource_id", [item["resourceId"]])[0]
            ]
            return self.status, kind, wanted
        if any(urlsplit(item["id"]).path == path for item in self.line_items):
            return self.status, "application/vnd.ims.lis.v2.lineitem+json", None
        return 404, "text/plain", None

    def answer_members(self, limit="50", start="0"):
        """Return a page of the list, and where the next one is, as the standard has it."""
        kind = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
        end = int(start) + int(limit)
        page = {"id": f"{self.url}/members", "members": self.members[int(start) : end]}
        links = [f'<{self.url}/members?since=1,2>; rel="differences"']
        if end < len(self.members):
            origin = self.next_origin or self.url
            links.append(f'<{origin}/members?limit={limit}&start={end}>; title="a, b"; Rel="next"')
        return self.status, kind, page, [("Link", link) for link in links]

    def answer_post(self, path, body):
        if path in self.pages:
            return 200, "text/html; charset=utf-8", self.pages[path](**dict(parse_qsl(body)))
        if path == "/token":
            return self.answer_token(dict(parse_qsl(body)))
        if path == "/register":
            self.registered.append(json.loads(body))
            deployment = "https://purl.imsglobal.org/spec/lti-tool-configuration.deployment_id"
            return 201, "application/json", {"client_id": "registered-1", deployment: "9"}
        if self.status >= 400:
            return self.status, "text/plain", None
        if path == "/lineitems":
            number = len(self.line_items) + 1
            item = {**json.loads(body), "id": f"{self.url}/lineitems/{number}?course=1"}
            self.line_items.append(item)
            return 201, "application/vnd.ims.lis.v2.lineitem+json", item
        if path.endswith("/scores"):
            self.scores.append((path.split("/")[-2], json.loads(body)))
            return 204, "", None
        return 404, "text/plain", None

    def answer_token(self, form):
        """Check what we sign as an LMS does, and give a token."""
        assertion = form["client_assertion"]
        public = jwt.PyJWK(self.tool_keys[jwt.get_unverified_header(assertion)["kid"]]).key
        claims = jwt.decode(assertion, public, algorithms=["RS256"], audience=self.audience)
        assert claims["iss"] == claims["sub"] == self.client_id
        return 200, "application/json", {"access_token": f"t-{form['scope']}", "expires_in": 3600}

    def configuration(self):
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/auth",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "registration_endpoint": f"{self.url}/register",
            "https://purl.imsglobal.org/spec/lti-platform-configuration": {
                "product_family_code": "moodle"
            },
        }


def go_on_as_new(client, answer):
    """Follow a launch of somebody new; where nobody is signed in, say that they are new here."""
    where = answer.headers.get("Location", "")
    if not where.startswith("/lti/who/"):
        return answer
    page = client.get(where)
    is_asked = "blog/lti/lti_welcome.html" in [one.name for one in page.templates]
    return client.post(where) if is_asked else page


@contextmanager
def running_lms():
    """Run one for the length of a block."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self, status, kind, document, headers=()):
            is_page = document is None or isinstance(document, str)
            body = ((document or "") if is_page else json.dumps(document)).encode()
            self.send_response(status)
            if kind:
                self.send_header("Content-Type", kind)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            parts = urlsplit(self.path)
            lms.asked.append(parts.path)
            self.answer(*lms.answer_get(parts.path, parse_qs(parts.query)))

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            path = urlsplit(self.path).path
            lms.asked.append(path)
            self.answer(*lms.answer_post(path, body))

        def log_message(self, *args):
            """Log nothing: the requests are in ``lms``."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    lms = Lms(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield lms
    finally:
        server.shutdown()
        server.server_close()
