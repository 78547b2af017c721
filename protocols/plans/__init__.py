"""From findings to a plan, behind `findings` and `planning`: what is raised, what bars a card, what is chosen."""
