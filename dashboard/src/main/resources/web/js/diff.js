"use strict";
/* What differs between the settings of several runs. */
assay.diff = (() => {
  /** Leaves of nested plain data by their path: {"models.gmm.k": "8"}. */
  function flatten(value, path = "", into = new Map()) {
    if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) {
        flatten(inner, path ? `${path}.${key}` : key, into);
      }
    } else {
      into.set(path, typeof value === "string" ? value : JSON.stringify(value));
    }
    return into;
  }

  /**
   * @param {object[]} sides plain data
   * @returns {{key: string, values: (string | undefined)[], same: boolean}[]} each path of any
   *     side, in the order in which it comes first
   */
  function rows(sides) {
    const flat = sides.map((side) => flatten(side ?? {}));
    const keys = new Set(flat.flatMap((side) => [...side.keys()]));
    return [...keys].map((key) => {
      const values = flat.map((side) => side.get(key));
      return { key, values, same: values.every((value) => value === values[0]) };
    });
  }

  return { flatten, rows };
})();
