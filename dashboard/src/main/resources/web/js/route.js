"use strict";
/*
 * The address: #/board/quickstart/uci-digits?metric=nll is the path ["board", "quickstart",
 * "uci-digits"] and the query {metric: "nll"}. It stands after the # so that the same address works
 * on a server and from a folder. All that a page lets one choose stands in it.
 */
assay.route = (() => {
  const { useEffect, useState } = assay.hooks;

  function decode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text; // a stray % in a hand-written address
    }
  }

  function parse(hash) {
    const [path, query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
    return {
      path: path.split("/").filter(Boolean).map(decode),
      query: Object.fromEntries(new URLSearchParams(query)),
    };
  }

  /** The link to a path and query; empty values are left out. */
  function href(path, query = {}) {
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined && value !== null && value !== "") search.set(key, value);
    }
    const tail = search.size > 0 ? `?${search}` : "";
    return `#/${path.map(encodeURIComponent).join("/")}${tail}`;
  }

  function go(path, query) {
    location.hash = href(path, query);
  }

  /** Changes the query of the page shown now, without a step in the browser's history. */
  function update(changes) {
    const { path, query } = parse(location.hash);
    history.replaceState(null, "", href(path, { ...query, ...changes }));
    dispatchEvent(new HashChangeEvent("hashchange"));
  }

  /** The route shown now; the component is drawn again when it changes. */
  function useRoute() {
    const [hash, setHash] = useState(location.hash);
    useEffect(() => {
      const changed = () => setHash(location.hash);
      addEventListener("hashchange", changed);
      changed();
      return () => removeEventListener("hashchange", changed);
    }, []);
    return parse(hash);
  }

  return { parse, href, go, update, useRoute };
})();
