"""Evidence for commissioning decisions: the library. Knows nothing of the web."""
