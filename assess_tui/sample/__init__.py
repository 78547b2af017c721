"""The sample clinic: invented people, written into a record the way a therapist would."""
