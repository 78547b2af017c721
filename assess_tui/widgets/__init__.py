"""Parts of screens. They know neither storage nor reports."""
