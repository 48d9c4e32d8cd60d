# LCMCR: REPLICATES chains of 10,000 + 100,000 sweeps each, up to ten classes; medians apart.
source(file.path(Sys.getenv("DRIVERS"), "told.R"))
need("LCMCR")
told <- table_read
told[seq_len(lists)] <- lapply(told[seq_len(lists)], factor, levels = c(0, 1))
chain <- function(seed) {
  sampler <- LCMCR::lcmCR(captures = told, tabular = TRUE, in_list_label = "1",
                          not_in_list_label = "0", K = 10, a_alpha = 0.25, b_alpha = 0.25,
                          seed = seed, buffer_size = 10000, thinning = 10, verbose = FALSE)
  LCMCR::lcmCR_PostSampl(sampler, burnin = 10000, samples = 10000, thinning = 10, output = FALSE)
}
drawn <- timed(lapply(seq_len(replicates), chain))
medians <- sapply(drawn, median)
tell("error", sd(medians) / sqrt(length(medians)))
tell("low", quantile(unlist(drawn), 0.025)[[1]])
tell("estimate", median(unlist(drawn)))
tell("high", quantile(unlist(drawn), 0.975)[[1]])
