"""Keys, sealing of originals and contact data, receipt codes, password hashes."""
