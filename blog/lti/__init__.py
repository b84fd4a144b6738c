"""
LTI 1.3 Advantage: the messages between this site and an LMS, and the services of the LMS.

Protocol in and out, and no rule of a course. Pure are ``claims`` (what a launch is, and why one is
refused), ``roles``, ``content_items``, ``registration`` and ``rosters``; ``tokens`` signs and
verifies, and ``services`` asks the LMS, both through the one HTTP client (ADR 0070).
"""
