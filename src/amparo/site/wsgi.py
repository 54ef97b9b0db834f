"""The web application, for any WSGI server."""

from django.core.wsgi import get_wsgi_application

from amparo.base.web import current

current.hurry()
application = get_wsgi_application()
