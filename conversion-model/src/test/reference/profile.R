# Reference numbers for ProfileIntervalTest: profile likelihood intervals by base R's glm.fit and uniroot alone.
#
#   Rscript profile.R small                    the small data sets of the test
#   Rscript profile.R FOLDER telco             telco_churn.csv in FOLDER, training rows
#   Rscript profile.R FOLDER synthetic         original_synthetic_user_conversion.csv in FOLDER, training rows
#   Rscript profile.R FOLDER telco verify      reads lines "column<TAB>lower<TAB>upper" from standard input and prints by
#                                              how much the deviance rises where the coefficient is held at each end
#
# Prints the column, its estimate and both ends at level 0.95, in log-odds per unit of the column. Training rows are
# those with i % 5 != 4. Written with R 4.2.2.

QUANTILE <- qchisq(0.95, 1)

# Columns as LogisticTrainer.linear() has them: numbers median-imputed and standardised with the population standard
# deviation, flags 0 or 1, a column for each level but the first; those that depend on earlier ones are left out.
design <- function(file, label, excluded, flags) {
  cells <- read.csv(file, colClasses = "character", check.names = FALSE, strip.white = TRUE)
  cells <- cells[(seq_len(nrow(cells)) - 1) %% 5 != 4, ]
  columns <- list()
  for (name in setdiff(names(cells), c(label, excluded))) {
    cell <- trimws(cells[[name]])
    number <- suppressWarnings(as.numeric(cell))
    if (name %in% flags) {
      columns[[name]] <- number
    } else if (all(is.na(number) == (cell == ""))) {
      number[is.na(number)] <- median(number, na.rm = TRUE)
      centred <- number - mean(number)
      columns[[name]] <- centred / sqrt(mean(centred^2))
    } else {
      for (level in sort(unique(cell), method = "radix")[-1]) {
        columns[[paste0(name, "=", level)]] <- as.numeric(cell == level)
      }
    }
  }
  all <- cbind(`(intercept)` = 1, do.call(cbind, columns))
  independent <- qr(all, tol = 1e-9)
  list(
    x = all[, sort(independent$pivot[seq_len(independent$rank)])],
    y = as.numeric(cells[[label]] %in% c("1", "Yes"))
  )
}

# Rows set apart by blanks, numbers by commas; the last one is the outcome.
rows <- function(text) {
  numbers <- do.call(rbind, lapply(strsplit(strsplit(text, " ")[[1]], ","), as.numeric))
  signals <- ncol(numbers) - 1
  x <- cbind(1, numbers[, seq_len(signals), drop = FALSE])
  colnames(x) <- c("(intercept)", paste0("x", seq_len(signals)))
  list(x = x, y = numbers[, signals + 1])
}

fit <- function(x, y, offset = rep(0, length(y))) {
  glm.fit(x, y, offset = offset, family = binomial(), control = list(epsilon = 1e-13, maxit = 50))
}

# By how much the deviance rises where one coefficient is held at b, through an offset.
rise <- function(data, free, column, b) {
  others <- setdiff(colnames(data$x), column)
  held <- fit(data$x[, others, drop = FALSE], data$y, b * data$x[, column])
  held$deviance - free$deviance
}

end <- function(data, free, column, side) {
  estimate <- free$coefficients[[column]]
  above <- function(b) rise(data, free, column, b) - QUANTILE
  step <- side * abs(estimate) / 16 + side * 1e-3
  while (above(estimate + step) < 0) step <- 2 * step
  uniroot(above, sort(c(estimate, estimate + step)), tol = 1e-15, maxiter = 1000)$root
}

profile <- function(data) {
  free <- fit(data$x, data$y)
  for (column in colnames(data$x)[-1]) {
    ends <- sapply(c(-1, 1), function(side) end(data, free, column, side))
    misses <- sapply(ends, function(b) abs(rise(data, free, column, b) - QUANTILE))
    stopifnot(misses < 1e-10)
    cat(sprintf("%s | %.15g | %.15g | %.15g\n", column, free$coefficients[[column]], ends[1], ends[2]), sep = "")
  }
}

# One signal, which all but separates the outcomes: glm.fit takes log-odds beyond 30 for certain, so the intercept is
# solved for here, as the root of its score.
far <- function(data) {
  deviance <- function(b) {
    score <- function(a) sum(data$y - plogis(a + b * data$x[, 2]))
    a <- uniroot(score, c(-50, 50) - b * mean(range(data$x[, 2])), extendInt = "yes", tol = 1e-15)$root
    -2 * sum(plogis((2 * data$y - 1) * (a + b * data$x[, 2]), log.p = TRUE))
  }
  least <- optimize(deviance, c(0, 100), tol = 1e-12)
  above <- function(b) deviance(b) - least$objective - QUANTILE
  lower <- uniroot(above, c(0, least$minimum), tol = 1e-15)$root
  upper <- uniroot(above, c(least$minimum, 1e5), tol = 1e-15)$root
  cat(sprintf("x1 | %.8g | %.15g | %.15g\n", least$minimum, lower, upper))
}

verify <- function(data) {
  free <- fit(data$x, data$y)
  lines <- read.delim(file("stdin"), header = FALSE, quote = "", col.names = c("column", "lower", "upper"))
  worst <- 0
  for (i in seq_len(nrow(lines))) {
    rises <- sapply(c(lines$lower[i], lines$upper[i]), function(b) rise(data, free, lines$column[i], b))
    cat(sprintf("%s | %.12f | %.12f\n", lines$column[i], rises[1], rises[2]))
    worst <- max(worst, abs(rises - QUANTILE))
  }
  cat(sprintf("%d columns, quantile %.12f, largest miss %.3g\n", nrow(lines), QUANTILE, worst))
  stopifnot(worst < 1e-6)
}

given <- commandArgs(TRUE)
if (given[1] == "small") {
  profile(rows(paste(
    "1,0,0 2,1,0 3,0,0 4,1,1 5,0,0 6,1,1 7,0,1 8,1,1 9,0,1 10,1,0 11,0,1 12,1,1 2,0,0 3,1,1 5,1,0",
    "8,0,0 9,1,1 1,1,0"
  )))
  far(rows("1,0 2,0 3.001,0 3,1 5,1 6,1"))
} else {
  data <- switch(given[2],
    telco = design(file.path(given[1], "telco_churn.csv"), "Churn", "customerID", "SeniorCitizen"),
    synthetic = design(
      file.path(given[1], "original_synthetic_user_conversion.csv"), "converted", character(), character()
    )
  )
  if (length(given) > 2 && given[3] == "verify") verify(data) else profile(data)
}
