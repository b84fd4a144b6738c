"""The WSGI application: `gunicorn plnsite.wsgi --preload`."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from plnsite.warm_up import warm_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plnsite.settings")

# All that is loaded here stays: to look it through again and again takes a fifth of the start.
gc.disable()
application = get_wsgi_application()
if not settings.DEBUG:
    warm_up()
gc.enable()
