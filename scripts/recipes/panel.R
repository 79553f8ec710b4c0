# Prints agencies and new requests of each year, with R and arrow. Run: Rscript panel.R PANEL.parquet
suppressPackageStartupMessages({
  library(arrow)
  library(dplyr)
})
path <- commandArgs(trailingOnly = TRUE)[1]
panel <- read_parquet(path, col_select = c("agency_id", "year", "rq_new_total"))
by_year <- panel |>
  group_by(year) |>
  summarise(
    agencies = n_distinct(agency_id),
    requests = if (all(is.na(rq_new_total))) NA else sum(rq_new_total, na.rm = TRUE)
  ) |>
  arrange(year)
write.csv(as.data.frame(by_year), row.names = FALSE, na = "", quote = FALSE)
