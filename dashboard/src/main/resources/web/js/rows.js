"use strict";
/* Rows of boards: which are shown, in which order, paired over backends, on a common scale. */
assay.rows = (() => {
  const { measures } = assay;

  /** Whether each word of a query occurs in a row. */
  function matches(row, words) {
    const text = [row.model, row.params, row.sampler, row.family, row.backend, row.precision, row.experiment]
      .join(" ")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  }

  /** @param {{q?: string, family?: string, backend?: string, experiment?: string}} query */
  function filter(rows, query) {
    const words = (query.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    return rows.filter(
      (row) =>
        (!query.family || row.family === query.family || row.reference) &&
        (!query.backend || row.backend === query.backend || row.reference) &&
        (!query.experiment || row.experiment === query.experiment) &&
        matches(row, words),
    );
  }

  const TEXTS = ["model", "family", "backend", "experiment"];

  function keyOf(row, column) {
    if (measures.some(({ key }) => key === column)) return row.measures[column];
    return row[column];
  }

  /**
   * @param {string} sort a column, after "-" the largest first; empty is the board's own order
   * @returns {object[]} rows without the number come last either way
   */
  function sorted(rows, sort) {
    if (!sort) return rows;
    const column = sort.replace("-", "");
    const sign = sort.startsWith("-") ? -1 : 1;
    const missing = (key) => key === null || key === undefined;
    return [...rows].sort((a, b) => {
      const [x, y] = [keyOf(a, column), keyOf(b, column)];
      if (missing(x) || missing(y)) return missing(x) - missing(y);
      return sign * (TEXTS.includes(column) ? x.localeCompare(y) : x - y);
    });
  }

  /**
   * Where a value lies between the floor and what is attainable, in percent; null where a board
   * lacks one of the two, or has them the wrong way round.
   */
  function normaliser(rows, direction) {
    const value = (name) => rows.find((row) => row.reference === name)?.value;
    const [floor, top] = [value("floor"), value("attainable")];
    const gain = direction === "higher" ? top - floor : floor - top;
    if (!(gain > 0) || direction === "none") return null;
    return (number) => (100 * (number - floor)) / (top - floor);
  }

  /** @returns {{key: string, row: object, by: Map<string, object>}[]} one entry for each model and setting */
  function pairs(rows) {
    const grouped = Map.groupBy(
      rows.filter((row) => !row.reference),
      (row) => JSON.stringify([row.model, row.params, row.sampler, row.precision, row.experiment]),
    );
    return [...grouped].map(([key, members]) => ({
      key,
      row: members[0],
      by: new Map(members.map((row) => [row.backend, row])),
    }));
  }

  const backends = (rows) =>
    [...new Set(rows.filter((row) => !row.reference).map((row) => row.backend))].sort();

  /** The settings of a model and its sampler, as one text. */
  const settings = ({ params, sampler }) => [params, sampler].filter(Boolean).join(" ");

  return { filter, sorted, normaliser, pairs, backends, settings };
})();
