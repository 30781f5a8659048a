"""Templates of papers as data files, one a file, read by the module ``template``."""
