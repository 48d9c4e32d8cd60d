# Rcapture: the lowest BIC over hierarchical models of pairs.
source(file.path(Sys.getenv("DRIVERS"), "told.R"))
need("Rcapture")
found <- timed(Rcapture::closedpMS.t(as.matrix(table_read), dfreq = TRUE, maxorder = 2,
                                     stopiflong = FALSE))
best <- found$results[which.min(found$results[, "BIC"]), ]
tell("estimate", best[["abundance"]])
