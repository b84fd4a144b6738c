"""Domains of emails: exactly that one, or with `*.` its sub-domains."""

from collections.abc import Collection


def is_of_domain(email: str, domains: Collection[str]) -> bool:
    """Return whether an email is of one of some domains; of any where none is named.

    ``example.edu`` is that domain alone: no sub-domain, and nothing that only ends so.
    ``*.example.edu`` is each of its sub-domains, and not itself.
    """
    _name, _at, domain = email.strip().rpartition("@")
    return not domains or any(_is_of(domain.lower(), rule.lower()) for rule in domains)


def _is_of(domain: str, rule: str) -> bool:
    if rule.startswith("*."):
        return domain.endswith(rule[1:]) and len(domain) > len(rule) - 1
    return domain == rule
