"""``python -m wherewithal``: the command line where its script is not on the path."""

from wherewithal.cli.main import main

main()
