"""Government annual reports in, verified facts out."""
