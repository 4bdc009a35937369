"use strict";
/* All runs, the latest first. */
assay.runsPage = (() => {
  const { html, api, format, parts, route } = assay;
  const SIZE = 100;
  const FILTERS = ["status", "dataset", "model", "backend", "experiment"];

  /** What the server does with a query, for a site that has none. */
  function select(runs, query) {
    const words = (query.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const found = runs.filter((run) => {
      const text = [run.experiment, run.model, run.params, run.family, run.dataset, run.backend]
        .join(" ")
        .toLowerCase();
      return (
        FILTERS.every((name) => !query[name] || run[name] === query[name]) &&
        words.every((word) => text.includes(word))
      );
    });
    const number = Number(query.page ?? 1);
    const pages = Math.ceil(found.length / SIZE);
    return {
      runs: found.slice((number - 1) * SIZE, number * SIZE),
      page: { number, size: SIZE, pages, total: found.length },
    };
  }

  function Filters({ query }) {
    const { facets } = api.site();
    const lists = {
      status: facets.statuses,
      dataset: facets.datasets,
      model: facets.models,
      backend: facets.backends,
      experiment: facets.experiments,
    };
    return html`<div class="controls" role="search">
      ${FILTERS.filter((name) => lists[name].length > 1).map(
        (name) => html`<${parts.Select} key=${name}
        label=${name[0].toUpperCase() + name.slice(1)} value=${query[name] ?? ""}
        options=${[
          { value: "", label: "All" },
          ...lists[name].map((value) => ({
            value,
            label: name === "status" ? value.toLowerCase().replaceAll("_", " ") : value,
          })),
        ]}
        onChange=${(value) => route.update({ [name]: value, page: "" })} />`,
      )}
      <${parts.Search} label="Search" value=${query.q ?? ""} placeholder="model, setting, dataset"
        onInput=${(q) => route.update({ q, page: "" })} />
    </div>`;
  }

  function Table({ runs }) {
    return html`<div class="card scroll" tabindex="0" role="region" aria-label="Runs"><table class="table runs">
      <caption class="unseen">Runs</caption>
      <thead><tr><th scope="col">Model</th><th scope="col">dataset</th><th scope="col">status</th>
        <th scope="col" class="wide">experiment</th><th scope="col" class="wide">backend</th>
        <th scope="col" class="number wide">seed</th><th scope="col" class="number wide">trained</th>
        <th scope="col" class="number">when</th></tr></thead>
      <tbody>${runs.map(
        (run) => html`<tr key=${run.id}>
        <th scope="row"><div class="model-name"><a href=${route.href(["run", run.id])}>${run.model}</a></div>
          ${run.params && html`<div class="small soft mono settings">${run.params}</div>`}</th>
        <td><a href=${route.href(["board", run.dataset])}>${run.dataset}</a></td>
        <td><${parts.StatusBadge} status=${run.status} /></td>
        <td class="wide">${run.experiment}</td>
        <td class="wide soft">${run.backend} · ${run.precision}</td>
        <td class="number wide">${run.trainSeed}</td>
        <td class="number wide">${run.seconds > 0 ? format.duration(run.seconds) : "–"}</td>
        <td class="number soft" title=${run.updated ?? ""}>${run.updated ? format.ago(run.updated) : "–"}</td>
      </tr>`,
      )}</tbody></table></div>`;
  }

  function Pager({ page }) {
    if (page.pages < 2) return null;
    const to = (number) => () => route.update({ page: number === 1 ? "" : number });
    return html`<nav class="row pager" aria-label="Pages of runs">
      <button type="button" class="button" disabled=${page.number <= 1} onClick=${to(page.number - 1)}>Newer</button>
      <span class="soft">${format.count(page.number)} of ${format.count(page.pages)}</span>
      <button type="button" class="button" disabled=${page.number >= page.pages} onClick=${to(page.number + 1)}>Older</button>
    </nav>`;
  }

  function Found({ data, query }) {
    if (data.page.total > 0) return html`<${Table} runs=${data.runs} /><${Pager} page=${data.page} />`;
    const filtered = ["q", ...FILTERS].some((name) => query[name]);
    return filtered
      ? html`<${parts.Empty} title="No run fits">
          <button type="button" class="button" onClick=${() => route.go(["runs"])}>Show all runs</button><//>`
      : html`<${parts.Empty} title="No runs yet"><p>They appear here while they run:</p>
          <pre>./assay run experiments/quickstart.yaml</pre><//>`;
  }

  return function RunsPage({ query }) {
    const ask = { size: SIZE, page: query.page, q: query.q };
    for (const name of FILTERS) ask[name] = query[name];
    const { data, error, retry } = api.useLoad(JSON.stringify(ask), async () =>
      api.isStatic() ? select((await api.get("runs")).runs, query) : api.get("runs", ask),
    );
    return html`<${parts.Head} title="Runs" under=${data && `${format.count(data.page.total)} runs, the latest first`} />
      <${Filters} query=${query} />
      ${
        error && !data
          ? html`<${parts.Failure} error=${error} retry=${retry} />`
          : !data
            ? html`<${parts.Waiting} />`
            : html`<${Found} data=${data} query=${query} />`
      }`;
  };
})();
