"""What ``manage.py backup`` writes and ``manage.py restore`` reads (ADR 0056)."""
