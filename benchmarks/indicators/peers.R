# The methods in R, timed on the rows that run.py wrote: with PHEindicatormethods and epitools where they are installed,
# and with the same formulas written for whole columns in R itself.
#
# Prints "absent<TAB>package" or "time<TAB>peer<TAB>method<TAB>seconds", and writes each method's numbers to a file.

given <- read.csv("given.csv")
places <- read.csv("places.csv")
groups <- read.csv("groups.csv")
times <- as.integer(commandArgs(TRUE)[1])
exact <- as.integer(commandArgs(TRUE)[2])

timed <- function(peer, method, work, numbers) {
  found <- work()
  # Repeated within one timing, because R's clock counts in milliseconds.
  once <- max(system.time(work())[["elapsed"]], 0.001)
  many <- max(1, ceiling(0.05 / once))
  taken <- replicate(times, system.time(for (i in seq_len(many)) work())[["elapsed"]] / many)
  writeLines(format(numbers(found), digits = 15, trim = TRUE), paste0(peer, "-", method, ".txt"))
  cat("time", peer, method, format(median(taken), digits = 6, scientific = FALSE), sep = "\t")
  cat("\n")
}

z <- qnorm(0.975)
few <- given$count < 10
base_rates <- function() {
  count <- given$count
  low <- count * (1 - 1 / (9 * count) - z / (3 * sqrt(count)))^3
  above <- count + 1
  high <- above * (1 - 1 / (9 * above) + z / (3 * sqrt(above)))^3
  low[few] <- qchisq(0.025, 2 * count[few]) / 2
  high[few] <- qchisq(0.975, 2 * count[few] + 2) / 2
  scale <- 100000 / given$people
  list(value = count * scale, low = low * scale, high = high * scale)
}
timed("R itself", "rates", base_rates, function(f) c(f$value, f$low, f$high))

base_proportions <- function() {
  x <- given$count; n <- given$people
  spread <- z * sqrt(z^2 + 4 * x * (1 - x / n))
  list(low = (2 * x + z^2 - spread) / (2 * (n + z^2)), high = (2 * x + z^2 + spread) / (2 * (n + z^2)))
}
timed("R itself", "proportions", base_proportions, function(f) c(f$low, f$high))

base_exact <- function() {
  lapply(given$count[seq_len(exact)], function(x) poisson.test(x)$conf.int)
}
timed("R itself", "exact", base_exact, function(f) unlist(lapply(f, as.numeric)))

base_gradient <- function() {
  share <- groups$people / sum(groups$people)
  place <- cumsum(share) - share / 2
  root <- sqrt(share)
  design <- cbind(root, root * place)
  fit <- solve(crossprod(design), t(design))
  line <- fit %*% (root * groups$value)
  drawn <- matrix(rnorm(100000 * nrow(groups), groups$value, groups$error), nrow(groups))
  lines <- fit %*% (root * drawn)
  list(line = line, slope = quantile(lines[2, ], c(0.025, 0.975), type = 1),
       ratio = quantile((lines[1, ] + lines[2, ]) / lines[1, ], c(0.025, 0.975), type = 1))
}
timed("R itself", "gradient", base_gradient, function(f) c(f$line[2], (f$line[1] + f$line[2]) / f$line[1]))

if (requireNamespace("epitools", quietly = TRUE)) {
  timed("epitools", "proportions", function() epitools::binom.wilson(given$count, given$people),
        function(f) c(f$lower, f$upper))
  timed("epitools", "exact", function() epitools::pois.exact(given$count[seq_len(exact)]),
        function(f) as.numeric(rbind(f$lower, f$upper)))
  by_place <- split(places, places$place)
  timed("epitools", "standardised",
        function() vapply(by_place, function(p) epitools::ageadjust.direct(p$count, p$people, stdpop = p$standard)[["adj.rate"]], 0),
        function(f) 100000 * as.numeric(f))
} else {
  cat("absent", "epitools\n", sep = "\t")
}

if (requireNamespace("PHEindicatormethods", quietly = TRUE)) {
  suppressPackageStartupMessages({library(PHEindicatormethods); library(dplyr)})
  timed("PHEindicatormethods", "rates", function() phe_rate(given, count, people, confidence = 0.95),
        function(f) c(f$value, f$lowercl, f$uppercl))
  timed("PHEindicatormethods", "proportions", function() phe_proportion(given, count, people, confidence = 0.95),
        function(f) c(f$lowercl, f$uppercl))
  timed("PHEindicatormethods", "standardised",
        function() calculate_dsr(group_by(places, place), x = count, n = people, stdpop = standard, type = "value"),
        function(f) f$value)
  timed("PHEindicatormethods", "gradient",
        function() phe_sii(groups, quantile, people, value = value, se = error, repetitions = 100000, rii = TRUE),
        function(f) c(f$sii, f$rii))
} else {
  cat("absent", "PHEindicatormethods\n", sep = "\t")
}
