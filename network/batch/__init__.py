"""Recurring work on all courses, without an actor."""
