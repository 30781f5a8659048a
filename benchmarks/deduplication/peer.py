"""bib-dedupe on one file, as a program of its own: run by run.py inside the peer's virtual environment.

    python peer.py RECORDS.csv CLUSTERS.json

CLUSTERS.json gets the lists of identifiers that bib-dedupe puts together. One processor (``cpu=1``), as for ours.
The last line printed is the processor time of the work itself, without start and files.
"""

import json
import sys
import time

import pandas as pd
from bib_dedupe.bib_dedupe import block, cluster, match, prep


def main() -> None:
    source, target = sys.argv[1:]
    records = pd.read_csv(source, dtype=str, keep_default_na=False)
    records = records.drop(columns="gold_cluster")
    started = time.process_time()
    prepared = prep(records, verbosity_level=0, cpu=1)
    matched = match(block(prepared, verbosity_level=0, cpu=1), verbosity_level=0, cpu=1)
    clusters = [sorted(group) for group in cluster(matched, verbosity_level=0)]
    seconds = time.process_time() - started
    with open(target, "w", encoding="utf-8") as file:
        json.dump(sorted(clusters), file)
    print(json.dumps({"processor_seconds": seconds}))


if __name__ == "__main__":
    main()
