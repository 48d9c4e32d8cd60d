# dga: averaging over decomposable graphs, on a grid of REPLICATES points at most, up to
# thirty times the people seen, in equal steps.
source(file.path(Sys.getenv("DRIVERS"), "told.R"))
need("dga")
cells <- array(0, dim = rep(2, lists))
for (row in seq_len(nrow(table_read))) {
  place <- matrix(as.integer(table_read[row, seq_len(lists)]) + 1, nrow = 1)
  cells[place] <- cells[place] + table_read[row, lists + 1]
}
name <- paste0("graphs", lists)
data(list = name, package = "dga")
seen <- sum(table_read[[lists + 1]])
step <- ceiling(30 * seen / replicates)
grid <- seq(step, 30 * seen, by = step)
weight <- timed(dga::bma.cr(cells, grid, 2^-lists, get(name)))
along <- cumsum(colSums(weight)) / sum(weight)
at <- function(share) seen + grid[which(along >= share)[1]]
tell("low", at(0.025))
tell("estimate", at(0.5))
tell("high", at(0.975))
