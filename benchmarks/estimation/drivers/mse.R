# MultipleSystemsEstimation: the lowest BIC over models of pairs, or the Bayesian threshold.
source(file.path(Sys.getenv("DRIVERS"), "told.R"))
need("MultipleSystemsEstimation")
estimate <- MultipleSystemsEstimation::estimate_population
found <- timed(if (method == "bic") {
  estimate(table_read, method = "bic", nboot = replicates, maxorder = 2,
           alpha = c(0.025, 0.975))
} else {
  estimate(table_read, method = "bayesthresh", seed = 1234)
})
# Versions differ in what they return: one number by name, or a vector with "total" in it.
tell("estimate", if (is.null(found$popest)) found$estimate[["total"]] else found$popest)
limits <- if (is.numeric(found$uncertainty)) found$uncertainty["total", ] else found$quantiles
if (is.numeric(limits)) {
  tell("low", min(limits))
  tell("high", max(limits))
}
