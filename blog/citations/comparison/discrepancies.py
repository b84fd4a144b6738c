"""Discrepancies of a record, and the sentences that people read about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


@dataclass(frozen=True)
class Discrepancy:
    """A fault of a record, or a difference between it (``ours``) and a registry's (``theirs``).

    ``change`` has the CSL fields to set, None to remove one; {} where no click can fix it.
    """

    name: str
    ours: str = ""
    theirs: str = ""
    change: Mapping[str, object] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Return a sentence without the values, for a list or a label."""
        wording = WORDINGS[self.name]
        sentence = wording.differs if self.ours else wording.missing or wording.differs
        return gettext(sentence)

    @property
    def sentence(self) -> str:
        """Return a sentence with the values, where it has any."""
        wording = WORDINGS[self.name]
        sentences = {
            (True, True): wording.with_both,
            (True, False): wording.with_ours,
            (False, True): wording.with_theirs,
        }
        sentence = sentences.get((bool(self.ours), bool(self.theirs)))
        if not sentence:
            return self.words
        return gettext(sentence) % {"ours": self.ours, "theirs": self.theirs}


@dataclass(frozen=True)
class Wording:
    """The sentences for one kind of discrepancy; those with values where there are any to show."""

    differs: str
    missing: str = ""
    with_both: str = ""
    with_ours: str = ""
    with_theirs: str = ""


WORDINGS = {
    "view-of": Wording(_("The title begins with “View of”, which a web page has added.")),
    "site-tail": Wording(_("The title ends with the name of the website.")),
    "turned-name": Wording(
        _("A name is in the wrong order."),
        with_both=_("A name is in the wrong order: “%(ours)s” should be “%(theirs)s”."),
    ),
    "lost-hyphen": Wording(
        _("A name has lost its hyphen."),
        with_both=_("A name has lost its hyphen: “%(ours)s” should be “%(theirs)s”."),
    ),
    "journal-page": Wording(
        _("This journal article is recorded as a web page."),
        with_both=_(
            "This journal article is recorded as a web page of “%(ours)s”. "
            "It was published in “%(theirs)s”."
        ),
        with_ours=_("This journal article is recorded as a web page of “%(ours)s”."),
        with_theirs=_(
            "This journal article is recorded as a web page. It was published in “%(theirs)s”."
        ),
    ),
    "other-work": Wording(
        _("The DOI belongs to another work."),
        with_both=_("This is “%(ours)s”, but the DOI belongs to “%(theirs)s”."),
    ),
    "title": Wording(
        _("The title differs."),
        _("The title is missing."),
        with_both=_("The title is “%(ours)s” here, but “%(theirs)s” in the registry."),
        with_theirs=_("The title is missing. In the registry it is “%(theirs)s”."),
    ),
    "author": Wording(
        _("The authors differ."),
        _("The authors are missing."),
        with_both=_("The authors are “%(ours)s” here, but “%(theirs)s” in the registry."),
        with_theirs=_("The authors are missing. In the registry they are “%(theirs)s”."),
    ),
    "year": Wording(
        _("The year differs."),
        _("The year is missing."),
        with_both=_("The year is “%(ours)s” here, but “%(theirs)s” in the registry."),
        with_theirs=_("The year is missing. In the registry it is “%(theirs)s”."),
    ),
    "journal": Wording(
        _("The journal differs."),
        _("The journal is missing."),
        with_both=_("The journal is “%(ours)s” here, but “%(theirs)s” in the registry."),
        with_theirs=_("The journal is missing. In the registry it is “%(theirs)s”."),
    ),
    "volume": Wording(
        _("The volume differs."),
        _("The volume is missing."),
        with_both=_("The volume is “%(ours)s” here, but “%(theirs)s” in the registry."),
        with_theirs=_("The volume is missing. In the registry it is “%(theirs)s”."),
    ),
    "issue": Wording(
        _("The issue differs."),
        _("The issue is missing."),
        with_both=_("The issue is “%(ours)s” here, but “%(theirs)s” in the registry."),
        with_theirs=_("The issue is missing. In the registry it is “%(theirs)s”."),
    ),
    "place": Wording(
        _("The page or article number differs."),
        _("The page or article number is missing."),
        with_both=_(
            "The page or article number is “%(ours)s” here, but “%(theirs)s” in the registry."
        ),
        with_theirs=_("The page or article number is missing. In the registry it is “%(theirs)s”."),
    ),
    "doi": Wording(
        _("The DOI differs."),
        _("The DOI is missing."),
        with_both=_("The DOI is “%(ours)s” here, but “%(theirs)s” in the registry."),
        with_theirs=_("The DOI is missing. In the registry it is “%(theirs)s”."),
    ),
}
