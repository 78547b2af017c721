"""The stand test as it is typed: one part after another, from the questions before it to recovery."""
