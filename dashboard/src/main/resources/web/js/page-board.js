"use strict";
/* The leaderboard: all boards of one dataset and metric under each other, never in one table. */
assay.boardPage = (() => {
  const { html, api, download, kinds, parts, route, rows } = assay;
  const { useState } = assay.hooks;
  const BOARDS = 1000;

  /** Of a larger board the first come, in the order and with the filters that are chosen. */
  const ROWS = 300;
  const GROUPS = { sample: "From samples", measured: "Measured" };

  /** The metrics of a dataset in the order of its boards, by kind. */
  function metricsOf(boards) {
    const metrics = new Map();
    for (const board of boards) {
      if (!metrics.has(board.metric)) {
        metrics.set(board.metric, GROUPS[board.badge] ?? "Likelihood");
      }
    }
    return metrics;
  }

  function MetricSelect({ metrics, value, onChange }) {
    const groups = Map.groupBy(metrics.keys(), (metric) => metrics.get(metric));
    return html`<label class="field">
      <span>Metric</span>
      <select class="select" id="metric" value=${value} onChange=${(e) => onChange(e.target.value)}>
        ${[...groups].map(
          ([group, members]) =>
            html`<optgroup label=${group}>
              ${members.map(
                (metric) => html`<option value=${metric} selected=${metric === value}>${metric}</option>`,
              )}
            </optgroup>`,
        )}
      </select>
    </label>`;
  }

  const choices = (values, all) => [
    { value: "", label: all },
    ...values.map((value) => ({ value, label: value })),
  ];

  function Controls({ datasets, dataset, metrics, metric, facets, query }) {
    const clear = { sort: "", family: "", backend: "", q: "" };
    return html`<div class="controls" role="search">
      <${parts.Select} label="Dataset" value=${dataset} options=${choices(datasets, "").slice(1)}
        onChange=${(value) => route.go(["board", value])} />
      <${MetricSelect} metrics=${metrics} value=${metric}
        onChange=${(value) => route.go(["board", dataset], { ...query, sort: "", metric: value })} />
      <${parts.Select} label="Family" value=${query.family ?? ""} options=${choices(facets.families, "All")}
        onChange=${(family) => route.update({ family })} />
      <${parts.Select} label="Backend" value=${query.backend ?? ""} options=${choices(facets.backends, "All")}
        onChange=${(backend) => route.update({ backend })} />
      <${parts.Search} label="Search" value=${query.q ?? ""} placeholder="model, setting, experiment"
        onInput=${(q) => route.update({ q })} />
      ${
        facets.backends.length > 1 &&
        html`<${parts.Pills} label="View" value=${query.view ?? ""}
        options=${[
          { value: "", label: "Ranked" },
          { value: "backends", label: "Side by side" },
        ]}
        onChange=${(view) => route.update({ view })} />`
      }
      ${
        Object.keys(clear).some((key) => query[key]) &&
        html`<button type="button" class="button quiet" onClick=${() => route.update(clear)}>Reset</button>`
      }
    </div>`;
  }

  function facetsOf(documents) {
    const union = (name) => [...new Set(documents.flatMap(({ facets }) => facets[name]))].sort();
    return { families: union("families"), backends: union("backends") };
  }

  /** All boards of a metric; where one has more rows than come at once, the server filters and sorts. */
  async function load(boards, query) {
    const { family, backend, q, sort } = query;
    const order = sort?.startsWith("-") ? "desc" : undefined;
    const asked = { size: ROWS, family, backend, q, sort: sort?.replace("-", ""), order };
    const first = await api.all(boards.map(({ id }) => [`boards/${id}`, { size: ROWS }]));
    return Promise.all(
      first.map((document) =>
        document.page.pages > 1 ? api.get(`boards/${document.board.id}`, asked) : document,
      ),
    );
  }

  function Boards({ dataset, boards, query }) {
    const metrics = metricsOf(boards);
    const metric = metrics.has(query.metric) ? query.metric : metrics.keys().next().value;
    const shown = boards.filter((board) => board.metric === metric);
    const key = JSON.stringify([shown.map(({ id }) => id), query.family, query.backend, query.q, query.sort]);
    const { data, error, retry } = api.useLoad(key, () => load(shown, query));
    const [picked, setPicked] = useState([]);
    const datasets = api.site().facets.datasets;
    const documents = data?.[0]?.board.dataset === dataset ? data : null;
    const facets = documents ? facetsOf(documents) : { families: [], backends: [] };
    return html`<${parts.Head} over="Leaderboard" title=${dataset} under=${kinds.explain(metric)}>
        <${Downloads} dataset=${dataset} metric=${metric} documents=${documents} query=${query} />
      <//>
      <${Controls} ...${{ datasets, dataset, metrics, metric, facets, query }} />
      ${
        error && !documents
          ? html`<${parts.Failure} error=${error} retry=${retry} />`
          : !documents
            ? html`<${parts.Waiting} />`
            : documents.map(
                (document) =>
                  html`<${assay.boardTable.Section} key=${document.board.id} document=${document}
                  boards=${shown} query=${query} picked=${picked} setPicked=${setPicked} />`,
              )
      }
      ${
        documents &&
        documents.length > 1 &&
        html`<p class="small soft section">
        Each table has its own ranks and its own scale: its numbers do not mean the same as those of the others.
      </p>`
      }
      <${Picked} picked=${picked} clear=${() => setPicked([])} />`;
  }

  const CSV = [
    "dataset",
    "metric",
    "kind",
    "unit",
    "direction",
    "signature",
    "rank",
    "reference",
    "model",
    "params",
    "sampler",
    "family",
    "backend",
    "device",
    "precision",
    "experiment",
    "value",
    "sd",
    "low",
    "high",
    "seeds",
    "failed",
    "n",
  ];

  function Downloads({ dataset, metric, documents, query }) {
    const shown = () =>
      documents.map((document) => ({
        ...document.board,
        rows: rows.sorted(rows.filter(document.rows, query), query.sort),
      }));
    const flat = () =>
      shown().flatMap(({ rows: inner, ...board }) =>
        inner.map((row) => ({ ...board, ...row, ...row.measures })),
      );
    const columns = [...CSV, ...assay.measures.map(({ key }) => key)];
    const name = `${dataset}-${metric}`;
    return html`<button type="button" class="button" disabled=${!documents}
        onClick=${() => download.saveCsv(name, columns, flat())}>
        <${parts.Icon} name="down" />CSV
      </button>
      <button type="button" class="button" disabled=${!documents}
        onClick=${() => download.saveJson(name, shown())}>
        <${parts.Icon} name="down" />JSON
      </button>`;
  }

  function Picked({ picked, clear }) {
    if (picked.length === 0) return null;
    const enough = picked.length > 1;
    return html`<div class="picked" role="status">
      <span>${enough ? `${picked.length} runs chosen` : "Choose one more to compare"}</span>
      ${enough && html`<a class="button primary" href=${route.href(["compare", ...picked])}>Compare</a>`}
      <button type="button" class="button quiet" onClick=${clear}>Clear</button>
    </div>`;
  }

  function Nothing() {
    return html`<${parts.Empty} title="No results yet">
      <p>Results appear here as soon as a run is done. Start with the quickstart, about a minute:</p>
      <pre>./assay run experiments/quickstart.yaml</pre>
    <//>`;
  }

  return function BoardPage({ path, query }) {
    const dataset = path[0] ?? api.site().facets.datasets[0];
    const { data, error, retry, stale } = api.useGet(dataset ? "boards" : null, {
      dataset: api.isStatic() ? undefined : dataset,
      size: BOARDS,
    });
    if (!dataset) return html`<${parts.Head} title="Leaderboard" /><${Nothing} />`;
    if (error && !data) return html`<${parts.Failure} error=${error} retry=${retry} />`;
    if (!data || stale)
      return html`<${parts.Head} over="Leaderboard" title=${dataset} /><${parts.Waiting} />`;
    const boards = data.boards.filter((board) => board.dataset === dataset);
    if (boards.length === 0) {
      return html`<${parts.Head} over="Leaderboard" title=${dataset} />
        <${parts.Empty} title="No numbers for this dataset">
          <p>No run on it is done here. The other datasets are at the leaderboard's start.</p>
          <a class="button" href="#/">To the leaderboard</a>
        <//>`;
    }
    return html`<${Boards} dataset=${dataset} boards=${boards} query=${query} />`;
  };
})();
