# ASySD's own functions on one file, as a program of its own: run by run.py where R and ASySD's sources are.
#
#     Rscript asysd.R ASYSD_FOLDER RECORDS.csv CLUSTERS.json
#
# The automatic part alone (manual_dedup = FALSE), on one processor. The sources are read as they are; the packages
# that only its web page and its importers use (shiny, bibliometrix, ...) are not needed for it.
suppressPackageStartupMessages({
  library(dplyr)
  library(RecordLinkage)
  library(utf8)
  library(rlang)
})
arguments <- commandArgs(trailingOnly = TRUE)
Sys.setenv(R_PARALLELLY_AVAILABLECORES_FALLBACK = "1", MC_CORES = "1")
options(mc.cores = 1, parallelly.availableCores.system = 1)
for (name in c("globals.R", "internal.R", "dedup_refs.R")) source(file.path(arguments[1], "R", name))
records <- read.csv(arguments[2], colClasses = "character", encoding = "UTF-8", na.strings = character())
fields <- c("author", "title", "year", "journal", "abstract", "doi", "number", "pages", "volume", "isbn")
for (field in c(fields, "label", "source")) if (is.null(records[[field]])) records[[field]] <- ""
citations <- data.frame(record_id = records$ID, records[c(fields, "label", "source")], stringsAsFactors = FALSE)
citations[citations == ""] <- NA
started <- proc.time()
found <- suppressWarnings(suppressMessages(dedup_citations(citations, manual_dedup = FALSE, user_input = 1)))
spent <- proc.time() - started
clusters <- strsplit(found$unique$record_ids, ", ", fixed = TRUE)
quoted <- vapply(clusters, function(ids) paste0("[\"", paste(ids, collapse = "\",\""), "\"]"), "")
writeLines(paste0("[", paste(quoted, collapse = ","), "]"), arguments[3])
cat(sprintf("{\"processor_seconds\": %.3f}\n", sum(spent[c("user.self", "sys.self", "user.child", "sys.child")])))
