"""The one door to the database: rows stay inside, values come out."""
