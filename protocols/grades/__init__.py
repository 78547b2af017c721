"""Grading behind `grading`: trials, reference rows and cuts, computed tests, change between visits, words."""
