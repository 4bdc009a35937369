"use strict";
/*
 * Where data comes from: the server's API, or the scripts in data/ of a published site, which a
 * browser also loads from a folder. Both give the same documents.
 */
assay.api = (() => {
  const { useEffect, useRef, useState } = assay.hooks;
  const TOKEN = "assay.token";
  const watchers = new Set();

  const site = () => globalThis.assayData?.site;
  const isStatic = () => site()?.static === true;

  /** A token is kept for this tab alone; where storage is blocked, until the page is left. */
  const storage = {
    read() {
      try {
        return sessionStorage.getItem(TOKEN) ?? "";
      } catch {
        return "";
      }
    },
    write(text) {
      try {
        sessionStorage.setItem(TOKEN, text);
      } catch {
        // blocked
      }
    },
  };

  let token = storage.read();
  let admitted = false;
  let refusal = "";

  /** Whether the server gives nothing away before it has a token. */
  const isClosed = () => site()?.needsToken === true && !admitted;

  function headers(more = {}) {
    return token ? { ...more, Authorization: `Bearer ${token}` } : more;
  }

  /** Has every document that is shown loaded again. */
  function changed() {
    for (const watcher of watchers) watcher();
  }

  /** Calls back when documents may have changed. @returns {() => void} ends that */
  function listen(watcher) {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }

  /** Forgets the token; the page asks for another and says why. */
  function leave(reason) {
    token = "";
    storage.write("");
    admitted = false;
    refusal = reason;
    changed();
  }

  /** Tries a token. */
  async function admit(text = token) {
    token = text;
    try {
      globalThis.assayData.site = await (await open("site")).json();
    } catch (error) {
      leave(error.detail);
      return;
    }
    storage.write(text);
    admitted = true;
    refusal = "";
    changed();
  }

  /** Loads all again, what there is to filter by included. */
  async function renew() {
    const fresh = await get("site").catch(() => null);
    if (fresh) globalThis.assayData.site = fresh;
    changed();
  }

  async function problem(response) {
    const body = await response.json().catch(() => ({}));
    return {
      status: response.status,
      title: body.title ?? `The server answered ${response.status}`,
      detail: body.detail ?? "It did not say why.",
    };
  }

  /** @returns {Promise<Response>} of an address below api/v1/; throws {title, detail, status} */
  async function open(path, options = {}) {
    const response = await fetch(`api/v1/${path}`, {
      ...options,
      headers: headers(options.headers),
    }).catch((error) => {
      if (error.name === "AbortError") throw error;
      throw {
        title: "The server does not answer",
        detail: "Is `assay serve` still running? This page tries again when you ask it to.",
      };
    });
    if (response.ok) return response;
    const error = await problem(response);
    if (response.status === 401 && admitted) leave(error.detail);
    throw error;
  }

  const scripts = new Map();

  function fromScript(path) {
    if (!scripts.has(path)) {
      scripts.set(
        path,
        new Promise((resolve, reject) => {
          const script = document.createElement("script");
          script.src = `data/${path}.js`;
          script.onload = () => resolve(globalThis.assayData[path]);
          script.onerror = () =>
            reject({ title: "Not on this site", detail: `It was published without ${path}.`, status: 404 });
          document.head.append(script);
        }),
      );
    }
    return scripts.get(path);
  }

  function address(path, query) {
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      for (const one of [value].flat()) {
        if (one !== undefined && one !== null && one !== "") search.append(key, one);
      }
    }
    return search.size > 0 ? `${path}?${search}` : path;
  }

  /**
   * One document.
   * @param {string} path below api/v1/, such as "boards/3f2a9c01d4e5b6a7"
   * @param {object} query has no meaning in a published site
   */
  async function get(path, query = {}) {
    if (isStatic()) return fromScript(path);
    return (await open(address(path, query))).json();
  }

  /** Several documents at once; null where one is missing, if `optional`. */
  function all(requests, optional = false) {
    return Promise.all(
      requests.map(([path, query]) => {
        const answer = get(path, query);
        return optional ? answer.catch(() => null) : answer;
      }),
    );
  }

  /**
   * A document for a component. While another one loads, the former stays, and where it cannot be loaded again too; a document is loaded
   * again when the server says that something has changed.
   * @param {string | null} key what is loaded; null for nothing yet
   * @param {() => Promise<any>} load
   * @returns {{data?: any, error?: object, stale: boolean, retry: () => void}}
   */
  function useLoad(key, load) {
    const [state, setState] = useState({});
    const [turn, setTurn] = useState(0);
    const latest = useRef(0);
    useEffect(() => listen(() => setTurn((n) => n + 1)), []);
    useEffect(() => {
      if (key === null) return;
      const ticket = ++latest.current;
      const done = (result) =>
        ticket === latest.current && setState((former) => ({ key, ...result(former) }));
      load().then(
        (data) => done(() => ({ data })),
        (error) => done((former) => ({ error, data: former.key === key ? former.data : undefined })),
      );
    }, [key, turn]);
    return { ...state, stale: state.key !== key, retry: () => setTurn((n) => n + 1) };
  }

  /** useLoad of one document. */
  function useGet(path, query = {}) {
    return useLoad(path === null ? null : address(path, query), () => get(path, query));
  }

  /** The address of a sample file; where reading wants a token, of a copy in memory. */
  function useFile(href) {
    const [url, setUrl] = useState("");
    const guarded = !isStatic() && token !== "";
    useEffect(() => {
      if (!guarded) return undefined;
      let made = "";
      let gone = false;
      open(href)
        .then((response) => response.blob())
        .then((blob) => {
          if (gone) return;
          made = URL.createObjectURL(blob);
          setUrl(made);
        })
        .catch(() => setUrl(""));
      return () => {
        gone = true;
        if (made) URL.revokeObjectURL(made);
      };
    }, [href, guarded]);
    return guarded ? url : `${isStatic() ? "data" : "api/v1"}/${href}`;
  }

  return {
    site,
    isStatic,
    isClosed,
    hasToken: () => token !== "",
    refusal: () => refusal,
    admit,
    listen,
    renew,
    open,
    get,
    all,
    useLoad,
    useGet,
    useFile,
  };
})();
