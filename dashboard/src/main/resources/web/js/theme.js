"use strict";
/*
 * The first script, and the only one that blocks: it sets the theme before anything is painted.
 * Every other script adds its part to `assay` and takes what it needs from there; index.html lists
 * them in order. They are plain scripts because a browser loads no modules from file://, where a
 * published site must open.
 */
const assay = {};

assay.theme = (() => {
  const KEY = "assay.theme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const listeners = new Set();

  function stored() {
    try {
      const value = localStorage.getItem(KEY);
      return value === "dark" || value === "light" ? value : null;
    } catch {
      return null; // storage is blocked
    }
  }

  /** "dark" or "light": what is shown now. */
  function current() {
    return root.dataset.theme ?? (system.matches ? "dark" : "light");
  }

  function toggle() {
    root.dataset.theme = current() === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(KEY, root.dataset.theme);
    } catch {
      // lasts for this page then
    }
    changed();
  }

  function changed() {
    colours.clear();
    for (const listener of listeners) listener();
  }

  /** Calls back on each change; returns the function that ends it. */
  function listen(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  const colours = new Map();

  /** The colour of a custom property such as "--accent" in the theme shown now, for a canvas. */
  function colour(property) {
    if (!colours.has(property)) {
      const probe = document.body.appendChild(document.createElement("span"));
      probe.style.color = `var(${property})`;
      colours.set(property, getComputedStyle(probe).color);
      probe.remove();
    }
    return colours.get(property);
  }

  const choice = stored();
  if (choice) root.dataset.theme = choice;
  system.addEventListener("change", changed);
  return { current, toggle, listen, colour };
})();
