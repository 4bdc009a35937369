"use strict";
/* Files made from what the page shows. */
assay.download = (() => {
  /** A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
  function cell(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return String(value);
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  /** @param {string[]} columns @param {object[]} rows @returns {string} RFC 4180 */
  function csv(columns, rows) {
    const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
    return lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
  }

  /** Has the browser save a text under a name. */
  function save(name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name.replaceAll(/[^\w.-]+/g, "-");
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  const saveCsv = (name, columns, rows) => save(`${name}.csv`, "text/csv", csv(columns, rows));
  const saveJson = (name, data) =>
    save(`${name}.json`, "application/json", `${JSON.stringify(data, null, 2)}\n`);

  return { csv, saveCsv, saveJson };
})();
