"""The instrument: commands, screens and the record."""

__version__ = "0.1.0"
