"""Backups: ``manage.py backup`` writes them and ``manage.py restore`` reads them (ADR 0056)."""
