# Shared by the drivers: the words of the command line, and answers as "name <tab> value" lines.
# Rscript DRIVER.R TABLE.csv METHOD REPLICATES [PAIRS]; exit code 3: the package is not installed.
words <- commandArgs(trailingOnly = TRUE)
table_read <- read.csv(words[1], check.names = FALSE)
method <- words[2]
replicates <- as.integer(words[3])
lists <- ncol(table_read) - 1

need <- function(package) {
  if (!requireNamespace(package, quietly = TRUE)) quit(status = 3)
  tell("version", as.character(packageVersion(package)))
}

tell <- function(name, value) {
  cat(name, "\t", format(value, digits = 15, trim = TRUE), "\n", sep = "")
}

# The call is timed alone, without reading the table and loading the package.
timed <- function(call) {
  seconds <- system.time(answer <- call)[["elapsed"]]
  tell("seconds", seconds)
  answer
}
