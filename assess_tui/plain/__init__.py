"""The same visit line by line, for screen readers, slow links and terminals that cannot draw. No Textual."""
