from __future__ import annotations

from tests.mailing import certificate, smtp

__all__ = ["certificate", "smtp"]
