"""What leaves by mail: one interface (``Outbox``), and SMTP behind it."""
