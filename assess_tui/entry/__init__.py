"""What is being typed and what each key does to the record. No Textual."""
