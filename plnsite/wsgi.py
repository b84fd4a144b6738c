"""The WSGI application: `gunicorn plnsite.wsgi --preload`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from plnsite.warm_up import warm_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plnsite.settings")

application = get_wsgi_application()
if not settings.DEBUG:
    warm_up()
