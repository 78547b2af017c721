"""What is kept of a visit, behind `visit`: its cells, and a case told in cells."""
