"""The application of whichever door ``DJANGO_SETTINGS_MODULE`` names."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mekhala.config.settings.casework")
application = get_wsgi_application()
