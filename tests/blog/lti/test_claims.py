"""Claims of a launch, and messages that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.lti.claims import CLOCKS_DIFFER, OLDEST, BadLaunch, DeepLinking, LaunchClaims
from blog.lti.claims import read_launch as read
from blog.lti.names import AGS_ENDPOINT, CLAIM, DL_CLAIM, NRPS_ENDPOINT

NOW = 1_800_000_000
US = {"issuer": "https://lms.example", "client_id": "us", "nonce": "n-1", "host": "pln.example"}
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"


def claims(**changes):
    return {
        "iss": "https://lms.example",
        "aud": "us",
        "sub": "s-1",
        "iat": NOW - 5,
        "exp": NOW + 300,
        "nonce": "n-1",
        f"{CLAIM}version": "1.3.0",
        f"{CLAIM}message_type": "LtiResourceLinkRequest",
        f"{CLAIM}deployment_id": "d-1",
        f"{CLAIM}target_link_uri": "https://pln.example/lti/launch/",
    } | changes


def read_launch(given, *, now=NOW):
    return read(given, now=now, **US)


def reason(given, *, now=NOW):
    with pytest.raises(BadLaunch) as refusal:
        read_launch(given, now=now)
    return refusal.value.reason


def test_least_launch():
    assert read_launch(claims()) == LaunchClaims(deployment="d-1", subject="s-1")


def test_whole_launch():
    said = claims(
        **{
            "name": " Ada  Lovelace ",
            "family_name": "Lovelace",
            "email": "ada@example.edu",
            f"{CLAIM}roles": [f"{MEMBERSHIP}#Learner"],
            f"{CLAIM}context": {"id": "c-1", "title": "Networks", "label": "N1"},
            f"{CLAIM}custom": {"prompt": "3"},
            f"{CLAIM}launch_presentation": {
                "document_target": "iframe",
                "return_url": "https://lms.example/back",
            },
            NRPS_ENDPOINT: {"context_memberships_url": "https://lms.example/members"},
            AGS_ENDPOINT: {"lineitems": "https://lms.example/items?c=1", "scope": ["a"]},
        }
    )

    assert read_launch(said) == LaunchClaims(
        deployment="d-1",
        subject="s-1",
        role="student",
        name="Ada Lovelace",
        family_name="Lovelace",
        email="ada@example.edu",
        context_id="c-1",
        context_title="Networks",
        prompt="3",
        memberships_url="https://lms.example/members",
        lineitems_url="https://lms.example/items?c=1",
        is_framed=True,
        return_url="https://lms.example/back",
    )


def test_launch_for_picking():
    settings = {
        "deep_link_return_url": "https://lms.example/picked",
        "accept_types": ["link", "ltiResourceLink"],
        "accept_multiple": True,
        "accept_lineitem": False,
        "data": "d",
    }
    said = claims(
        **{
            f"{CLAIM}message_type": "LtiDeepLinkingRequest",
            f"{DL_CLAIM}deep_linking_settings": settings,
        }
    )

    assert read_launch(said).deep_linking == DeepLinking(
        "https://lms.example/picked", "d", is_multiple=True, takes_line_items=False
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"iss": "https://other.example"}, "issuer"),
        ({"aud": "them"}, "audience"),
        ({"aud": []}, "audience"),
        ({"aud": ["us", "them"]}, "audience"),
        ({"aud": ["us", "them"], "azp": "them"}, "audience"),
        ({"azp": "them"}, "audience"),
        ({"nonce": ""}, "nonce"),
        ({"exp": True}, "expired"),
        ({"exp": float("nan")}, "expired"),
        ({"iat": float("nan")}, "expired"),
        ({"exp": float("inf")}, "expired"),
        ({"exp": 10**400}, "expired"),
        ({"iat": 10**400, "exp": 10**401}, "expired"),
        ({"exp": "tomorrow"}, "expired"),
        ({"iat": NOW + 100, "exp": NOW}, "clock"),
        ({"sub": ""}, "subject"),
        ({"sub": "x" * 256}, "subject"),
        ({f"{CLAIM}deployment_id": None}, "deployment"),
        ({f"{CLAIM}version": "1.1"}, "message"),
        ({f"{CLAIM}message_type": "LtiDeepLinkingRequest"}, "links"),
        ({f"{CLAIM}target_link_uri": "https://pln.example.evil/lti/launch/"}, "target"),
        ({f"{CLAIM}target_link_uri": None}, "target"),
        ({f"{CLAIM}target_link_uri": "https://[pln.example/"}, "target"),
    ],
)
def test_launch_that_is_refused(changes, expected):
    assert reason(claims(**changes)) == expected


@pytest.mark.parametrize("audience", ["us", ["us"]])
def test_audience_in_both_forms(audience):
    assert read_launch(claims(aud=audience)).subject == "s-1"


def test_several_audiences_name_us_as_the_party():
    assert read_launch(claims(aud=["us", "them"], azp="us")).subject == "s-1"


@pytest.mark.parametrize("data", ["a\0b", "a\ud800b"])
def test_what_cannot_be_stored_is_not_sent_back(data):
    settings = {
        "deep_link_return_url": "https://lms.example/picked",
        "accept_types": ["ltiResourceLink"],
        "data": data,
    }
    picking = {
        f"{CLAIM}message_type": "LtiDeepLinkingRequest",
        f"{DL_CLAIM}deep_linking_settings": settings,
    }

    assert reason(claims(**picking)) == "links"


@pytest.mark.parametrize(
    "url", ["https://*/x", "https://evil.example;sandbox/x", "https://'self'/x", "https://a,b/x"]
)
def test_page_of_the_lms_is_no_rule_of_a_policy(url):
    settings = {"deep_link_return_url": url, "accept_types": ["ltiResourceLink"]}
    picking = {
        f"{CLAIM}message_type": "LtiDeepLinkingRequest",
        f"{DL_CLAIM}deep_linking_settings": settings,
    }

    assert reason(claims(**picking)) == "links"
    assert not read_launch(
        claims(**{f"{CLAIM}launch_presentation": {"return_url": url}})
    ).return_url


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
names = st.sampled_from(
    [
        *(*claims(), "azp", "name", "email", "given_name", AGS_ENDPOINT, NRPS_ENDPOINT),
        *(f"{CLAIM}{one}" for one in ("roles", "context", "custom", "launch_presentation")),
        f"{DL_CLAIM}deep_linking_settings",
    ]
)


@given(st.dictionaries(names, anything, max_size=6))
def test_whatever_is_claimed_is_read_or_refused(changes):
    try:
        found = read_launch(claims(**changes))
    except BadLaunch:
        return
    assert found.deployment
    assert 0 < len(found.subject) <= 255
    assert found.role in ("", "student", "assistant", "instructor")


@given(st.sampled_from(["iss", "aud", "nonce", f"{CLAIM}version"]), anything)
def test_no_other_value_passes_for_what_must_be_ours(name, value):
    expected = claims()[name]
    if value in (expected, [expected]):
        return

    reason(claims(**{name: value}))


@given(st.integers(-OLDEST * 3, OLDEST * 3))
def test_launch_passes_in_its_time_alone(later):
    """Within the life of the token, give or take clocks that differ by five minutes."""
    is_in_time = -CLOCKS_DIFFER - 5 <= later <= 300 + CLOCKS_DIFFER
    if is_in_time:
        assert read_launch(claims(), now=NOW + later).subject == "s-1"
    else:
        assert reason(claims(), now=NOW + later) in ("expired", "clock")
