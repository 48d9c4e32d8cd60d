# Base R: the log-linear model of independent lists, or with the pairs named, by stats::glm.
# A pair that shares nobody leaves with its cells, its parameter being minus infinity.
source(file.path(Sys.getenv("DRIVERS"), "told.R"))
tell("version", paste(R.version$major, R.version$minor, sep = "."))
names(table_read) <- c(head(names(table_read), lists), "people")
cells <- expand.grid(rep(list(0:1), lists))[-1, ]
names(cells) <- head(names(table_read), lists)
key <- function(rows) do.call(paste, rows[seq_len(lists)])
held <- tapply(table_read$people, key(table_read), sum)
cells$people <- as.vector(held[key(cells)])
cells$people[is.na(cells$people)] <- 0
pairs <- if (length(words) > 3) strsplit(strsplit(words[4], ",")[[1]], ":") else list()
for (pair in pairs) {
  on_both <- cells[[pair[1]]] * cells[[pair[2]]]
  if (sum(on_both * cells$people) == 0) {
    cells <- cells[on_both == 0, ]
  } else {
    cells[[paste(pair, collapse = ".and.")]] <- on_both
  }
}
fit <- timed(glm(people ~ ., family = poisson, data = cells,
                 control = glm.control(epsilon = 1e-14, maxit = 200)))
tell("estimate", sum(table_read[[lists + 1]]) + exp(coef(fit)[["(Intercept)"]]))
