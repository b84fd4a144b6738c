"""The admin site: what the people who run the site may look up, and the little they may change.

They keep accounts and mail going; the courses are not theirs. So nothing here can be added or
deleted, people's words are never shown, and whatever changes at all changes through actions. Not
registered on purpose: drafts, revisions, feedback and scores, which belong to their owners, and
follows and ties (see ``network.admin``).
"""

from blog.admin import audit, courses, mail, people, posts, references

__all__ = ["audit", "courses", "mail", "people", "posts", "references"]
