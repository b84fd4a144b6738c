"""Domains of emails: the exact rule, and nothing that only looks like it."""

import pytest

from blog.text.email_domains import is_of_domain

RULES = ("example.edu",)
BELOW = ("*.example.edu",)


@pytest.mark.parametrize(
    ("email", "domains", "expected"),
    [
        ("ada@example.edu", RULES, True),
        ("ada@EXAMPLE.EDU", RULES, True),
        ("ada+pln@example.edu", RULES, True),
        ('"a@example.com"@example.edu', RULES, True),
        ("ada@evil-example.edu", RULES, False),
        ("ada@example.edu.evil.com", RULES, False),
        ("ada@sub.example.edu", RULES, False),
        ("ada@exаmple.edu", RULES, False),  # a Cyrillic letter
        ("ada@xn--exmple-4nf.edu", RULES, False),
        ("ada@example.edu\n@evil.com", RULES, False),
        ('"ada@example.edu"@evil.com', RULES, False),
        ("ada@example.edu@evil.com", RULES, False),
        ("ada@example.edu.", RULES, False),
        ("ada@", RULES, False),
        ("ada", RULES, False),
        ("ada@sub.example.edu", BELOW, True),
        ("ada@a.b.example.edu", BELOW, True),
        ("ada@example.edu", BELOW, False),
        ("ada@.example.edu", BELOW, False),
        ("ada@evilexample.edu", BELOW, False),
        ("ada@sub.example.edu", RULES + BELOW, True),
        ("ada@anything.example", (), True),
    ],
)
def test_only_the_exact_rule_passes(email, domains, expected):
    assert is_of_domain(email, domains) is expected
