"use strict";
/* One run: what it is, what came out, how it was made, and how to make it again. */
assay.runPage = (() => {
  const { html, api, chart, diff, format, kinds, parts, route } = assay;
  const { useState } = assay.hooks;

  function Copy({ text }) {
    const [done, setDone] = useState(false);
    if (!navigator.clipboard) return null;
    const copy = () =>
      navigator.clipboard.writeText(text).then(
        () => {
          setDone(true);
          setTimeout(() => setDone(false), 1500);
        },
        () => setDone(false),
      );
    return html`<button type="button" class="button" onClick=${copy}>
      <${parts.Icon} name="copy" />${done ? "Copied" : "Copy"}
    </button>`;
  }

  function Section({ title, aside, children }) {
    return html`<section class="section">
      <div class="section-head"><h2>${title}</h2>${aside}</div>
      ${children}
    </section>`;
  }

  function Tiles({ run, metrics }) {
    const likelihood =
      metrics.find(({ kind }) => kind.includes("/")) ?? metrics.find(({ kind }) => kind === "sample");
    const measured = (name) => metrics.find(({ metric }) => metric === name);
    const text = (one) => one && format.quantity(one.value, one.unit);
    const head = likelihood && format.withInterval(likelihood.value, likelihood.low, likelihood.high);
    const tiles = [
      [
        likelihood && `${likelihood.metric}${likelihood.unit === "1" ? "" : `, ${likelihood.unit}`}`,
        likelihood &&
          html`${kinds.of(likelihood.kind).mark} ${head.value} <span class="half">${head.half}</span>`,
      ],
      ["trained for", run.seconds > 0 && format.duration(run.seconds)],
      ["updates", run.steps > 0 && format.count(run.steps)],
      ["samples a second", text(measured("sample.examples_per_second"))?.replace("/s", "")],
      ["parameters", text(measured("parameters"))],
      ["memory", text(measured("memory.peak_bytes"))],
    ].filter(([, value]) => value);
    if (tiles.length === 0) return null;
    return html`<dl class="card tiles">${tiles.map(
      ([name, value]) => html`<div class="tile"><dt>${name}</dt><dd>${value}</dd></div>`,
    )}</dl>`;
  }

  function Seeds({ seeds, run }) {
    if (seeds.length < 2) return null;
    return html`<div class="pills" role="group" aria-label="Seeds">${seeds.map(
      (one) =>
        html`<a href=${route.href(["run", one.id])} aria-current=${one.id === run.id ? "true" : undefined}>seed ${one.seed}</a>`,
    )}
    </div>`;
  }

  function Curves({ run, names }) {
    const { data, error } = api.useGet(names.length > 0 ? `runs/${run}/curves` : null);
    const [by, setBy] = useState("step");
    if (names.length === 0) return html`<p class="soft">It kept no curves.</p>`;
    if (error && !data) return html`<p class="soft">${error.detail}</p>`;
    if (!data) return html`<${parts.Waiting} />`;
    const series = data.series
      .filter(({ value }) => value.length > 0)
      .map((one, i) => ({
        name: one.name,
        colour: 1 + (i % 8),
        x: one[by],
        y: one.value,
        points: one.value.length < 3,
      }));
    if (series.length === 0) return html`<p class="soft">It kept no curves.</p>`;
    return html`<div class="card padded">
      <div class="row chart-options"><${parts.Pills} label="Against" value=${by} onChange=${setBy}
        options=${[
          { value: "step", label: "Steps" },
          { value: "seconds", label: "Seconds" },
        ]} /></div>
      <${chart.Curves} series=${series} label="Learning curves" xLabel=${by === "step" ? "steps" : "seconds of training"}
        yLabel="value" xText=${by === "step" ? format.si : format.duration} />
    </div>`;
  }

  function Metrics({ metrics }) {
    if (metrics.length === 0) return html`<p class="soft">It has no numbers.</p>`;
    return html`<div class="card scroll" tabindex="0" role="region" aria-label="Metrics"><table class="table">
      <caption class="unseen">Metrics</caption>
      <thead><tr><th scope="col">Metric</th><th scope="col" class="number">value</th><th scope="col">unit</th>
        <th scope="col">kind</th><th scope="col" class="number">n</th><th scope="col">how it was made</th></tr></thead>
      <tbody>${metrics.map(
        (one) => html`<tr key=${one.metric + one.signature + one.sampler}>
        <th scope="row" title=${kinds.explain(one.metric)}>${one.metric} ${kinds.arrow(one.direction)}
          ${one.sampler && html`<div class="small soft mono">${one.sampler}</div>`}</th>
        <td class="number">${
          measured(one)
            ? html`<span class="value">${format.quantity(one.value, one.unit)}</span>`
            : html`<${assay.boardTable.Value} row=${one} mark=${kinds.of(one.kind).mark} />`
        }</td>
        <td class="soft">${one.unit === "1" ? "" : one.unit}</td>
        <td><span class="badge ${kinds.of(one.kind).style}" title=${kinds.of(one.kind).text}>${kinds.of(one.kind).label}</span></td>
        <td class="number soft">${format.count(one.n)}</td>
        <td class="mono soft text">${one.signature.split("|").join(" · ")}</td>
      </tr>`,
      )}</tbody></table></div>`;
  }

  const measured = ({ kind }) => kind === "measured";

  function Tree({ value }) {
    const leaves = [...diff.flatten(value)];
    return leaves.length > 0
      ? html`<${parts.Facts} entries=${leaves.map(([key, text]) => [key, html`<span class="mono">${text}</span>`])} />`
      : html`<p class="soft">Only its row in a table is here.</p>`;
  }

  function Log({ log }) {
    return html`${log.error && html`<pre class="error-log" tabindex="0">${log.error}</pre>`}
      ${
        log.lines.length > 0
          ? html`<pre class="log" tabindex="0">${log.skipped > 0 ? `… ${log.skipped} earlier events\n` : ""}${log.lines.join("\n")}</pre>`
          : html`<p class="soft">Nothing was logged.</p>`
      }`;
  }

  function Made({ data }) {
    return html`<div class="columns">
      <${Section} title="Settings"><div class="card padded"><${Tree} value=${data.config} /></div><//>
      <${Section} title="Provenance"><div class="card padded">
        <${Tree} value=${{ folder: data.folder, training: data.training, ...data.provenance }} />
        ${
          Object.keys(data.hashes).length > 0 &&
          html`<details class="hashes"><summary class="soft">SHA-256</summary>
          <${Tree} value=${data.hashes} /></details>`
        }
      </div><//>
    </div>`;
  }

  function Progress({ live }) {
    if (!live) return null;
    return html`<div class="section"><${assay.live.Card} run=${live} /></div>`;
  }

  function Loaded({ data }) {
    const { run } = data;
    const facts = [
      run.family,
      run.backend,
      run.precision,
      run.device !== run.backend && run.device,
      `seed ${run.trainSeed}`,
      run.updated && format.ago(run.updated),
    ]
      .filter(Boolean)
      .join(" · ");
    return html`<${parts.Head} over=${html`<a href=${route.href(["board", run.dataset])}>${run.dataset}</a> · ${run.experiment}`}
        title=${run.model} under=${html`${run.params && html`<span class="mono">${run.params}</span><br />`}${facts}`}>
        <${Seeds} seeds=${data.seeds} run=${run} />
        <${parts.StatusBadge} status=${run.status} />
      <//>
      ${run.reason && html`<div class="notice ${run.status === "SKIPPED" ? "" : "bad"}">${run.reason}</div>`}
      <${Progress} live=${data.live} />
      <${Tiles} run=${run} metrics=${data.metrics} />
      <${Section} title="Samples"><${assay.samples.Samples} run=${run.id} /><//>
      <${Section} title="Learning curves"><${Curves} run=${run.id} names=${data.curves} /><//>
      <${Section} title="Metrics"><${Metrics} metrics=${data.metrics} /><//>
      ${
        data.reproduce.command &&
        html`<${Section} title="Make it again">
        <div class="card padded again"><div class="row command"><pre>${data.reproduce.command}</pre>
          <${Copy} text=${data.reproduce.command} /></div><p class="small soft">${data.reproduce.note}</p></div><//>`
      }
      <${Made} data=${data} />
      <${Section} title="Log"><${Log} log=${data.log} /><//>`;
  }

  return function RunPage({ path }) {
    const { data, error, retry, stale } = api.useGet(path[0] ? `runs/${path[0]}` : null);
    if (!path[0])
      return html`<${parts.Empty} title="Which run?"><a class="button" href="#/runs">To the runs</a><//>`;
    if (error && stale === false && !data) return html`<${parts.Failure} error=${error} retry=${retry} />`;
    if (!data || stale) return html`<${parts.Head} title="Run" /><${parts.Waiting} />`;
    return html`<${Loaded} key=${data.run.id} data=${data} />`;
  };
})();
