# Run by run.py: metafor and clubSandwich on the sets given, as CSV on standard output.
#
#   Rscript metafor.R FOLDER REPEATS
#
# FOLDER holds sets.csv (set, y, v), large.csv (y, v) and levels.csv (set, y, v, study, effect). Seconds are processor
# seconds a fit, the median of three rounds.
suppressPackageStartupMessages({ library(metafor); library(clubSandwich) })
asked <- commandArgs(trailingOnly = TRUE)
repeats <- as.integer(asked[2])
timed <- function(work, times) {
  rounds <- replicate(3, {
    start <- proc.time()
    for (number in seq_len(times)) work()
    used <- proc.time() - start
    (used[["user.self"]] + used[["sys.self"]]) / times
  })
  median(rounds)
}
said <- function(kind, set, estimate, se, tau2, seconds)
  cat(sprintf("%s,%s,%.17g,%.17g,%.17g,%.9g\n", kind, set, estimate, se, tau2, seconds))
cat("kind,set,estimate,se,tau2,seconds\n")
said(paste0("version ", packageVersion("metafor"), " clubSandwich ", packageVersion("clubSandwich")), "", 0, 0, 0, 0)
sets <- read.csv(file.path(asked[1], "sets.csv"))
for (name in unique(sets$set)) {
  part <- sets[sets$set == name, ]
  for (method in c("EE", "DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "EB", "PM", "PMM", "DLIT", "GENQ")) {
    # The generalised Q takes its weights from outside; ours takes those of the common effect.
    work <- if (method == "GENQ") function() rma(y, v, data = part, method = method, weights = 1 / v)
            else function() rma(y, v, data = part, method = method)
    fit <- try(work(), silent = TRUE)
    if (!inherits(fit, "try-error"))
      said(method, name, fit$beta[1], fit$se, fit$tau2, timed(work, repeats))
  }
}
large <- read.csv(file.path(asked[1], "large.csv"))
fit <- rma(y, v, data = large)
said("large REML", "", fit$beta[1], fit$se, fit$tau2, timed(function() rma(y, v, data = large), 1))
some <- large[1:100, ]
said("leave one out of 100", "", 0, 0, 0, timed(function() leave1out(rma(y, v, data = some)), 1))
levels <- read.csv(file.path(asked[1], "levels.csv"))
for (name in unique(levels$set)) {
  part <- levels[levels$set == name, ]
  work <- function() rma.mv(y, v, random = ~ 1 | study / effect, data = part)
  fit <- work()
  said("three levels", name, fit$beta[1], fit$se, sum(fit$sigma2), timed(work, 1))
  robust <- function() coef_test(work(), vcov = "CR2", cluster = part$study)
  found <- robust()
  said("three levels with CR2", name, found$beta[1], found$SE[1], sum(fit$sigma2), timed(robust, 1))
}
