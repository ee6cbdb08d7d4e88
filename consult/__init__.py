"""consult: public consultation on a draft plan, from the first comment to the last answer."""

__version__ = "0.1.0"
