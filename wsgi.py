"""Entry point for any WSGI server: ``gunicorn wsgi:app``. Settings come from the environment."""

from consult.web import create_app

app = create_app()
