"""The names that fields of CSL have in BibTeX files, where the old formats have none.

BibLaTeX's own name where there is one, else that of CSL without its hyphens: styles leave out
fields they do not know, and reference managers keep them.
"""

ROLES = {
    **{role: role for role in ("author", "editor", "translator", "director", "host", "guest")},
    **{role: role for role in ("producer", "composer", "illustrator", "interviewer", "narrator")},
    **{role: role for role in ("chair", "curator", "compiler", "organizer", "recipient")},
    "container-author": "bookauthor",
    "collection-editor": "collectioneditor",
    "contributor": "contributor",
    "editorial-director": "editorialdirector",
    "executive-producer": "executiveproducer",
    "reviewed-author": "reviewedauthor",
    "script-writer": "scriptwriter",
    "series-creator": "seriescreator",
}
FIELDS = {
    "archive": "archive",
    "archive-place": "archiveplace",
    "archive_location": "archivelocation",
    "authority": "authority",
    "container-title-short": "shortjournal",
    "event": "event",
    "jurisdiction": "jurisdiction",
    "medium": "medium",
    "number-of-pages": "pagetotal",
    "number-of-volumes": "volumes",
    "original-title": "origtitle",
    "page-first": "pagefirst",
    "part-number": "part",
    "part-title": "parttitle",
    "PMCID": "pmcid",
    "PMID": "pmid",
    "reviewed-genre": "reviewedgenre",
    "reviewed-title": "reviewedtitle",
    "season": "season",
    "section": "section",
    "volume-title": "volumetitle",
}
DATES = {"original-date": "origdate", "event-date": "eventdate", "submitted": "submitted"}
