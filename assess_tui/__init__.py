"""The instrument: commands, screens and the record."""
