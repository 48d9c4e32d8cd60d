# SparseMSE 2: its stepwise choice, or main effects, and its BCa bootstrap.
source(file.path(Sys.getenv("DRIVERS"), "told.R"))
need("SparseMSE")
if (method == "bca") {
  found <- timed(SparseMSE::estimatepopulation(table_read, nboot = replicates, iseed = 1234,
                                               alpha = c(0.025, 0.975)))
  tell("estimate", found$popest)
  tell("acceleration", found$ahat)
  tell("low", min(found$BCaquantiles))
  tell("high", max(found$BCaquantiles))
} else {
  found <- timed(SparseMSE::estimatepopulation.0(table_read, method = method,
                                                 quantiles = c(0.025, 0.975)))
  three <- sort(as.numeric(found$estimate))
  tell("low", three[1])
  tell("estimate", three[2])
  tell("high", three[3])
}
