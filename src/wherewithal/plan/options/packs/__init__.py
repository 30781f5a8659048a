"""Parameter packs: dated, sourced rates as data files, one a file, read by the module ``pack``."""
