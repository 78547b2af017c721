"""How the instrument looks at this computer: its themes, its signs, and what each line goes through to the terminal."""
