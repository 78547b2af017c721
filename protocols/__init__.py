"""The clinical knowledge: tests, red flags, the stand test, exercises, and what follows from them. Pure."""
