"""The stand test behind `standing`: readings in order, what they show, what they ask for, how a test runs."""
