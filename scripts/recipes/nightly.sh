#!/bin/sh
# Crawls, reads what is new and writes panel and tables anew, every night. In the crontab:
#   30 2 * * * /path/to/nightly.sh /data/sites.txt /data name@example.org
# Sites of a list, an archive and results below /data. One run at a time; a run that is cut short goes on the next night.
set -eu
sites=$1
data=$2
contact=$3
extractor=${EXTRACTOR:-extractor}
exec 9>"$data/nightly.lock"
flock -n 9 || { echo "another run is at work" >&2; exit 0; }
code=0
$extractor crawl "$sites" -o "$data/archive" --contact "$contact" || code=$?
# A site that refused or was not taken whole must not keep the others from being read.
$extractor batch "$data/archive" -o "$data/results" --to parquet,lake,duckdb --quiet \
  --log "$data/batch.jsonl" --summary "$data/summary.json" --fail-over 1%
$extractor panel "$data/results" -o "$data/panel.parquet"
exit "$code"
