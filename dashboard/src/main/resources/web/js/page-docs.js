"use strict";
/* The cards of models, datasets and metrics. */
assay.docsPage = (() => {
  const { html, api, kinds, parts, route } = assay;
  const { useEffect } = assay.hooks;

  const KINDS = [
    { value: "models", label: "Models" },
    { value: "datasets", label: "Datasets" },
    { value: "metrics", label: "Metrics" },
    { value: "words", label: "Words" },
  ];

  function Settings({ title, settings }) {
    if (settings.length === 0) return null;
    return html`<h3>${title}</h3><div class="scroll" tabindex="0" role="region" aria-label=${title}><table class="table inner">
      <caption class="unseen">${title}</caption>
      <thead><tr><th scope="col">key</th><th scope="col">default</th><th scope="col">allowed</th><th scope="col">meaning</th></tr></thead>
      <tbody>${settings.map(
        (one) => html`<tr key=${one.key}><th scope="row" class="mono">${one.key}</th>
        <td class="mono">${one.standard}</td><td class="soft">${one.allowed}</td><td class="text">${one.meaning}</td></tr>`,
      )}</tbody>
    </table></div>`;
  }

  function Model({ model, open }) {
    return html`<details class="card doc" open=${open} id="doc-${model.id}">
      <summary><h2 class="doc-name">${model.name}</h2> <code>${model.id}</code>
        <span class="badge">${model.family}</span><span class="soft small">${model.year}</span></summary>
      <div class="doc-body"><p>${model.paper}, ${model.year}</p><p class="soft">${model.equations}</p>
        <${Settings} title="Settings" settings=${model.params} />
        <${Settings} title="Sampler" settings=${model.samplers} />
        <p><a href=${route.href(["docs", "models", model.id])}>Link to this card</a></p></div>
    </details>`;
  }

  function Dataset({ dataset, open }) {
    return html`<details class="card doc" open=${open} id="doc-${dataset.id}">
      <summary><h2 class="doc-name">${dataset.name}</h2> <code>${dataset.id}</code></summary>
      <div class="doc-body"><p>${dataset.summary}</p>
        <${parts.Facts} entries=${[
          ["split", dataset.split],
          ["licence", dataset.license],
          ["cite", dataset.citation],
        ]} /></div>
    </details>`;
  }

  function Metric({ metric, open }) {
    return html`<details class="card doc" open=${open} id="doc-${metric.id}">
      <summary><h2 class="doc-name">${metric.name}</h2> <code>${metric.id}</code>
        <span class="soft small">${metric.unit === "1" ? "" : metric.unit} ${kinds.arrow(metric.direction)}</span></summary>
      <div class="doc-body"><p>${kinds.explain(metric.id)}</p><p class="soft">${metric.source}</p></div>
    </details>`;
  }

  function Words() {
    const names = ["exact/mass", "lower_bound/mass", "estimate/density", "pseudo", "sample", "measured"];
    return html`<div class="card padded"><dl class="facts words">
      ${names.map((name) => html`<dt><span class="badge ${kinds.of(name).style}">${kinds.of(name).label}</span></dt><dd>${kinds.of(name).text}</dd>`)}
      <dt><span class="badge outline">mass</span></dt><dd>${kinds.of("exact/mass").measureText}</dd>
      <dt><span class="badge outline">density</span></dt><dd>${kinds.of("exact/density").measureText}</dd>
      <dt>#</dt><dd>The rank. Rows that cannot be told from the best of their group share it: their 95 % intervals overlap.</dd>
      <dt>↓ ↑</dt><dd>Lower is better; higher is better.</dd>
      <dt>score</dt><dd>Where a value lies between a trivial sampler (0 %) and other real data (100 %).</dd>
    </dl></div>`;
  }

  const CARDS = {
    models: (one, open) => html`<${Model} key=${one.id} model=${one} open=${open} />`,
    datasets: (one, open) => html`<${Dataset} key=${one.id} dataset=${one} open=${open} />`,
    metrics: (one, open) => html`<${Metric} key=${one.id} metric=${one} open=${open} />`,
  };

  function Cards({ kind, cards, query, chosen }) {
    const words = (query.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const found = cards.filter((card) => {
      const text = Object.values(card)
        .filter((value) => typeof value === "string")
        .join(" ")
        .toLowerCase();
      return words.every((word) => text.includes(word));
    });
    useEffect(() => {
      // in the next frame, since the page itself starts at its top
      const frame = requestAnimationFrame(() =>
        document.getElementById(`doc-${chosen}`)?.scrollIntoView(),
      );
      return () => cancelAnimationFrame(frame);
    }, [chosen]);
    if (found.length === 0)
      return html`<${parts.Empty} title="No card fits"><p>Search for another word.</p><//>`;
    return html`<div class="docs">${found.map((card) => CARDS[kind](card, card.id === chosen))}</div>`;
  }

  return function DocsPage({ path, query }) {
    const { data, error, retry } = api.useGet("docs");
    const kind = KINDS.some(({ value }) => value === path[0]) ? path[0] : "models";
    return html`<${parts.Head} title="Docs" under="What takes part: the papers, their equations, the settings and their defaults." />
      <div class="controls">
        <${parts.Pills} label="Cards" value=${kind} options=${KINDS} onChange=${(value) => route.go(["docs", value])} />
        ${
          kind !== "words" &&
          html`<${parts.Search} label="Search" value=${query.q ?? ""} placeholder="name, paper, family"
          onInput=${(q) => route.update({ q })} />`
        }
      </div>
      ${
        kind === "words"
          ? html`<${Words} />`
          : error && !data
            ? html`<${parts.Failure} error=${error} retry=${retry} />`
            : !data
              ? html`<${parts.Waiting} />`
              : html`<${Cards} kind=${kind} cards=${data[kind]} query=${query} chosen=${path[1]} />`
      }`;
  };
})();
