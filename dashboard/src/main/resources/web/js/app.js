"use strict";
/* The frame around every page, and which page an address shows. */
(() => {
  const { html, api, route, theme, parts } = assay;
  const { useEffect, useRef, useState } = assay.hooks;

  const PAGES = [
    { id: "board", label: "Leaderboard", page: assay.boardPage },
    { id: "frontier", label: "Frontier", page: assay.frontierPage },
    { id: "anytime", label: "Anytime", page: assay.anytimePage },
    { id: "compare", label: "Compare", page: assay.comparePage },
    { id: "runs", label: "Runs", page: assay.runsPage },
    { id: "live", label: "Live", page: assay.livePage },
    { id: "history", label: "History", page: assay.historyPage },
    { id: "docs", label: "Docs", page: assay.docsPage },
    { id: "run", label: "Run", page: assay.runPage, under: "runs" },
  ];

  function ThemeButton() {
    const [now, setNow] = useState(theme.current());
    useEffect(() => theme.listen(() => setNow(theme.current())), []);
    const other = now === "dark" ? "light" : "dark";
    return html`<button
      type="button"
      id="theme"
      class="button icon quiet"
      aria-label="Change to ${other} colours"
      onClick=${theme.toggle}
    >
      <${parts.Icon} name=${now === "dark" ? "sun" : "moon"} />
    </button>`;
  }

  function Top({ shown }) {
    const links = PAGES.filter(({ under, id }) => !under && !(api.isStatic() && id === "live"));
    return html`<header class="top">
      <div class="top-inner">
        <a class="brand" href="#/"><img src="icon.svg" width="22" height="22" alt="" />Assay</a>
        <nav class="nav" aria-label="Pages">
          ${links.map(
            ({ id, label }) =>
              html`<a href=${route.href([id])} aria-current=${id === shown ? "page" : undefined}>
                ${label}${id === "live" && html`<${assay.live.Mark} />`}
              </a>`,
          )}
        </nav>
        <${ThemeButton} />
      </div>
    </header>`;
  }

  function TokenForm() {
    const [text, setText] = useState("");
    if (api.hasToken()) return html`<${parts.Waiting} />`;
    return html`<form
      class="card state"
      onSubmit=${(event) => {
        event.preventDefault();
        if (text.trim()) api.admit(text.trim());
      }}
    >
      <h2>This server wants a token</h2>
      <p>
        Whoever runs it makes one with <code>assay token create --scope read</code>. It is kept for
        this tab alone.
      </p>
      ${api.refusal() && html`<p class="notice" role="alert">${api.refusal()}</p>`}
      <div class="row">
        <label class="unseen" for="token">Token</label>
        <input id="token" class="input" type="password" autocomplete="off" value=${text}
          onInput=${(event) => setText(event.target.value)} />
        <button class="button primary">Read</button>
      </div>
    </form>`;
  }

  function Damaged({ site }) {
    if (!site.damaged?.length) return null;
    return html`<details class="notice">
      <summary>${site.damaged.length} runs cannot be read and are left out</summary>
      <ul class="small">${site.damaged.map((line) => html`<li>${line}</li>`)}</ul>
    </details>`;
  }

  function Lost({ path }) {
    return html`<${parts.Empty} title="There is no such page">
      <p>Nothing is at “${path.join("/")}”. The address may have been cut off.</p>
      <a class="button" href="#/">To the leaderboard</a>
    <//>`;
  }

  /** A new page starts at its top, and a screen reader at its beginning. */
  function useStart(main, key) {
    const first = useRef(true);
    useEffect(() => {
      scrollTo(0, 0);
      if (!first.current) main.current.focus({ preventScroll: true });
      first.current = false;
    }, [key]);
  }

  function App() {
    const { path, query } = route.useRoute();
    const [, draw] = useState(0);
    const main = useRef(null);
    const id = path[0] ?? "board";
    const entry = PAGES.find((page) => page.id === id);
    useEffect(() => assay.live.watch(() => draw((n) => n + 1)), []);
    useEffect(() => api.listen(() => draw((n) => n + 1)), []);
    useEffect(() => {
      if (api.isClosed() && api.hasToken()) api.admit();
    }, []);
    useStart(main, path.join("/"));
    const site = api.site();
    return html`<a class="skip" href="#main" onClick=${(event) => {
      event.preventDefault();
      main.current.focus();
    }}>Skip to the content</a>
      <${Top} shown=${entry?.under ?? id} />
      <main id="main" tabindex="-1" ref=${main}>
        ${site && html`<${Damaged} site=${site} />`}
        ${
          !site
            ? html`<${parts.Empty} title="Its data is missing">
              <p>This page found no data/site.js beside it. Publish the site again with
                ${" "}<code>assay publish --to DIR</code>, or open it through <code>assay serve</code>.</p>
            <//>`
            : api.isClosed()
              ? html`<${TokenForm} />`
              : entry
                ? html`<${entry.page} key=${id} path=${path.slice(1)} query=${query} />`
                : html`<${Lost} path=${path} />`
        }
      </main>
      <footer class="foot">
        Assay ${site?.version} · ${site?.title} · a number stands beside another only if it means the same
      </footer>`;
  }

  /** Drawn with its typeface from the start, unless that takes long; it never changes afterwards. */
  const typeface = document.fonts.load("14px Inter").catch(() => {});
  const patience = new Promise((resolve) => setTimeout(resolve, 400));
  Promise.race([typeface, patience]).then(() =>
    preact.render(html`<${App} />`, document.getElementById("app")),
  );
})();
