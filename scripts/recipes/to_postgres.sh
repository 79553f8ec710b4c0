#!/bin/sh
# Loads a panel (CSV) into the table `panel` of a PostgreSQL database; what was there is replaced in one transaction.
# Run: ./to_postgres.sh PANEL.csv postgresql://user@host/database
set -eu
csv=$1
database=$2

# Every column as text first: the heads of the file are the columns, so that a new variable needs no change here.
columns=$(head -n 1 "$csv" | sed 's/^\xef\xbb\xbf//; s/\r$//; s/,/ text, /g')
psql "$database" -v ON_ERROR_STOP=1 --quiet <<SQL
BEGIN;
CREATE TEMP TABLE incoming ($columns text);
\\copy incoming FROM '$csv' WITH (FORMAT csv, HEADER true, ENCODING 'UTF8')
DROP TABLE IF EXISTS panel;
CREATE TABLE panel AS SELECT * FROM incoming;
ALTER TABLE panel ALTER COLUMN year TYPE integer USING year::integer;
ALTER TABLE panel ADD PRIMARY KEY (agency_id, year);
DO \$\$
DECLARE each record;
BEGIN
  FOR each IN SELECT column_name FROM information_schema.columns
    WHERE table_name = 'panel' AND column_name ~ '^(pa|rq|dp|st)_' AND column_name !~ '_s\$'
  LOOP
    EXECUTE format('ALTER TABLE panel ALTER COLUMN %I TYPE numeric USING %I::numeric', each.column_name, each.column_name);
  END LOOP;
END \$\$;
COMMIT;
SQL
psql "$database" --quiet --csv -c 'SELECT year, count(*) AS agencies, sum(rq_new_total) AS requests FROM panel GROUP BY year ORDER BY year'
