"""Figures behind `figure`: joints, the mannequin, what it rests on and holds, and the arrows that explain it."""
