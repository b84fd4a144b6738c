"""Addresses: the charter of norms, and proposals for it."""

from django.urls import path

from blog.views.charter import charter, proposal

course_patterns = [
    path("charter/", charter.charter, name="charter"),
    path("charter/start/", charter.charter_start, name="charter_start"),
    path("charter/propose/", proposal.norm_new, name="norm_new"),
    path("charter/<int:pk>/change/", proposal.norm_edit, name="norm_edit"),
    path("charter/<int:pk>/drop/", proposal.norm_drop, name="norm_drop"),
    path("charter/proposals/<int:pk>/", proposal.proposal_page, name="proposal_page"),
    path("charter/proposals/<int:pk>/accept/", proposal.proposal_accept, name="proposal_accept"),
    path("charter/proposals/<int:pk>/decline/", proposal.proposal_decline, name="proposal_decline"),
    path(
        "charter/proposals/<int:pk>/take-back/",
        proposal.proposal_take_back,
        name="proposal_take_back",
    ),
]
