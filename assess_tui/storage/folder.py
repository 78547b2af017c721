"""What lies in a clinic's data folder. Knows no database, so that every command may ask for it."""

from __future__ import annotations

RECORD = "clinic.db"
LIBRARY = "library"
"""The clinic's own tests/ and exercises/, as TOML."""
DOCUMENTS = "documents"
"""Papers that were made, named by code and date."""
