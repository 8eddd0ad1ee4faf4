"""The WSGI application that `make run` serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "console.settings")

application = get_wsgi_application()

# Models and catalogues live as long as the worker: to look through them again and again for
# garbage would take a seventh of a request's time.
gc.freeze()
gc.set_threshold(20_000, 20, 100)
