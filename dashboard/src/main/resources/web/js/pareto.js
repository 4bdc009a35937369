"use strict";
/* Which points no other point beats in both coordinates. */
assay.pareto = (() => {
  const beats = (a, b, direction) => (direction === "higher" ? a > b : a < b);

  /**
   * @template P
   * @param {P[]} points
   * @param {(point: P) => number} x, y
   * @param {"lower" | "higher"} xDirection, yDirection what is better
   * @returns {P[]} the points of the front, the best in x first; of equal ones each
   */
  function front(points, x, y, xDirection, yDirection) {
    const sign = (direction) => (direction === "higher" ? -1 : 1);
    const sorted = [...points].sort(
      (a, b) => sign(xDirection) * (x(a) - x(b)) || sign(yDirection) * (y(a) - y(b)),
    );
    const kept = [];
    for (const point of sorted) {
      const last = kept.at(-1);
      const equal = last && x(last) === x(point) && y(last) === y(point);
      if (!last || equal || beats(y(point), y(last), yDirection)) kept.push(point);
    }
    return kept;
  }

  return { front };
})();
