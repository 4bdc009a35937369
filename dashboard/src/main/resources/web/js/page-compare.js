"use strict";
/* Two to six runs beside each other. */
assay.comparePage = (() => {
  const { html, api, chart, diff, format, kinds, parts, route } = assay;
  const { useState } = assay.hooks;
  const MOST = 6;

  const nameOf = ({ run }) => [run.model, run.params].filter(Boolean).join(" ");

  /** Names that tell the runs apart: what several share is followed by what differs. */
  function names(documents) {
    const same = Map.groupBy(documents, nameOf);
    return documents.map((one) => {
      if (same.get(nameOf(one)).length === 1) return nameOf(one);
      const { backend, precision, dataset, trainSeed, id } = one.run;
      const parts = [backend, precision, dataset, `seed ${trainSeed}`, id];
      const others = same.get(nameOf(one)).filter((other) => other !== one);
      const told = (part, i) =>
        others.some(
          ({ run }) => [run.backend, run.precision, run.dataset, `seed ${run.trainSeed}`, run.id][i] !== part,
        );
      const differing = parts.filter(told);
      return `${nameOf(one)} · ${differing.slice(0, Math.max(1, differing.length - 1)).join(" · ")}`;
    });
  }

  /** Numbers by what they mean: only equal metric, kind, unit, signature and dataset share a row. */
  function metricRows(documents) {
    const table = new Map();
    documents.forEach(({ run, metrics }, i) => {
      for (const one of metrics) {
        const key = JSON.stringify([run.dataset, one.metric, one.kind, one.unit, one.signature, one.sampler]);
        if (!table.has(key)) table.set(key, { ...one, key, values: documents.map(() => null) });
        table.get(key).values[i] = one;
      }
    });
    return [...table.values()];
  }

  /**
   * The value that is better than all others of its row beyond doubt: its interval meets no other.
   * Measured values have none and stand for themselves; other values without one tell nothing.
   */
  function winner({ values, direction, kind }) {
    const known = values.filter(Boolean);
    if (known.length < 2 || direction === "none") return undefined;
    const sign = direction === "higher" ? -1 : 1;
    const [first, ...others] = known.toSorted((a, b) => sign * (a.value - b.value));
    if (kind === "measured") return first;
    const apart = (other) =>
      [first.low, first.high, other.low, other.high].every(format.isNumber) &&
      (first.high < other.low || other.high < first.low);
    return others.every(apart) ? first : undefined;
  }

  function Heads({ labels, documents }) {
    return labels.map(
      (label, i) => html`<th scope="col" class="number side">
      <span class="side-name"><span class="dot s${i + 1}"></span>
      <a href=${route.href(["run", documents[i].run.id])}>${label}</a></span></th>`,
    );
  }

  function Metrics({ documents, labels }) {
    const table = metricRows(documents).sort((a, b) => (a.kind === "measured") - (b.kind === "measured"));
    return html`<div class="card scroll" tabindex="0" role="region" aria-label="Numbers"><table class="table">
      <caption class="unseen">Numbers; only those in one line mean the same</caption>
      <thead><tr><th scope="col">Metric</th><${Heads} labels=${labels} documents=${documents} /></tr></thead>
      <tbody>${table.map((row) => {
        const top = winner(row);
        return html`<tr key=${row.key}><th scope="row" title=${row.signature}>${row.metric} ${kinds.arrow(row.direction)}${" "}
            <span class="badge ${kinds.of(row.kind).style}">${kinds.of(row.kind).label}</span>
            <div class="small soft mono">${[row.unit === "1" ? "" : row.unit, row.sampler].filter(Boolean).join(" · ")}</div></th>
          ${row.values.map(
            (one) =>
              html`<td class="number ${one && one === top ? "winner" : ""}">${
                !one
                  ? html`<span class="soft">–</span>`
                  : row.kind === "measured"
                    ? format.quantity(one.value, one.unit)
                    : html`<${assay.boardTable.Value} row=${one} mark=${kinds.of(one.kind).mark} />`
              }</td>`,
          )}
        </tr>`;
      })}</tbody></table></div>`;
  }

  function Paired({ ids, labels }) {
    const { data, error } = api.useGet(api.isStatic() ? null : "compare", { run: ids });
    if (api.isStatic()) return null;
    if (error) return html`<p class="soft">${error.detail}</p>`;
    if (!data) return html`<${parts.Waiting} size="low" />`;
    if (data.paired.length === 0) {
      return html`<p class="soft">No two of them scored the same items, or share two seeds.</p>`;
    }
    const verdict = (row) =>
      row.verdict === "tie"
        ? "a tie"
        : `${labels[row.verdict === "first" ? row.first : row.second]} is better`;
    return html`<div class="card scroll" tabindex="0" role="region" aria-label="Paired differences"><table class="table">
      <caption class="unseen">Paired differences</caption>
      <thead><tr><th scope="col">First − second</th><th scope="col">metric</th><th scope="col" class="number">difference</th>
        <th scope="col" class="number">95 % interval</th><th scope="col" class="number">p</th><th scope="col" class="number">pairs</th>
        <th scope="col">verdict</th></tr></thead>
      <tbody>${data.paired.map(
        (row) => html`<tr>
        <th scope="row">${labels[row.first]} − ${labels[row.second]}</th>
        <td>${row.metric} ${kinds.arrow(row.direction)}</td>
        <td class="number value">${format.number(row.difference, 3)}</td>
        <td class="number">${format.number(row.low, 3)} to ${format.number(row.high, 3)}</td>
        <td class="number">${row.p < 1e-4 ? "< 0.0001" : format.number(row.p, 2)}</td>
        <td class="number soft">${format.count(row.n)} ${row.over}</td>
        <td>${verdict(row)}</td></tr>`,
      )}</tbody></table></div>`;
  }

  function Curves({ curves, labels }) {
    const all = Map.groupBy(
      curves.flatMap((document, i) => (document?.series ?? []).map((one) => ({ ...one, i }))),
      ({ name }) => name,
    );
    const shared = [...all.keys()].filter((name) => all.get(name).length > 1);
    const [name, setName] = useState("");
    const [by, setBy] = useState("step");
    if (shared.length === 0) return html`<p class="soft">No curve is common to two of them.</p>`;
    const shown = shared.includes(name) ? name : shared[0];
    const series = all.get(shown).map((one) => ({
      name: labels[one.i],
      colour: one.i + 1,
      x: one[by],
      y: one.value,
      points: one.value.length < 3,
    }));
    return html`<div class="card padded">
      <div class="row chart-options">
        ${
          shared.length > 1 &&
          html`<${parts.Select} label="Curve" value=${shown}
          options=${shared.map((value) => ({ value, label: value }))} onChange=${setName} />`
        }
        <${parts.Pills} label="Against" value=${by} onChange=${setBy}
          options=${[
            { value: "step", label: "Steps" },
            { value: "seconds", label: "Seconds" },
          ]} />
      </div>
      <${chart.Curves} series=${series} label="${shown} of each run" yLabel=${shown}
        xLabel=${by === "step" ? "steps" : "seconds of training"} xText=${by === "step" ? format.si : format.duration} />
    </div>`;
  }

  /** A key that may go on in the next line after a dot. */
  function broken(key) {
    return key.split(/(?<=\.)/).map((part) => html`${part}<wbr />`);
  }

  function Difference({ sides, labels, documents, title }) {
    const [all, setAll] = useState(false);
    const table = diff.rows(sides);
    const differing = table.filter(({ same }) => !same);
    const shown = all ? table : differing;
    return html`<section class="section">
      <div class="section-head"><h2>${title}</h2>
        <span class="small soft">${differing.length} of ${table.length} differ</span>
        ${
          table.length > 0 &&
          html`<button type="button" class="button quiet" aria-pressed=${all}
          onClick=${() => setAll(!all)}>${all ? "Only what differs" : "Show all"}</button>`
        }</div>
      ${
        shown.length === 0
          ? html`<p class="soft">Nothing differs.</p>`
          : html`<div class="card scroll" tabindex="0" role="region" aria-label=${title}><table class="table diff">
          <caption class="unseen">${title}</caption>
          <thead><tr><th scope="col">Key</th><${Heads} labels=${labels} documents=${documents} /></tr></thead>
          <tbody>${shown.map(
            (row) => html`<tr key=${row.key} class=${row.same ? "same" : ""}>
            <th scope="row" class="mono">${broken(row.key)}</th>
            ${row.values.map((value) => html`<td class="number mono text">${value ?? html`<span class="soft">absent</span>`}</td>`)}
          </tr>`,
          )}</tbody></table></div>`
      }
    </section>`;
  }

  function Add({ ids }) {
    const [q, setQ] = useState("");
    const { data } = api.useGet(ids.length < MOST ? "runs" : null, { q, size: 50 });
    if (ids.length >= MOST) return null;
    const words = q.toLowerCase().split(/\s+/).filter(Boolean);
    const found = (data?.runs ?? []).filter(
      (run) =>
        run.status === "DONE" &&
        !ids.includes(run.id) &&
        words.every((word) =>
          `${run.model} ${run.params} ${run.dataset} ${run.experiment} ${run.backend}`
            .toLowerCase()
            .includes(word),
        ),
    );
    return html`<div class="controls">
      <${parts.Search} label="Find a run" value=${q} placeholder="model, setting, dataset" onInput=${setQ} />
      <label class="field grow"><span>Add it</span>
        <select class="select" id="add" value="" onChange=${(event) => event.target.value && route.go(["compare", ...ids, event.target.value])}>
          <option value="">Choose one of ${found.length} …</option>
          ${found.slice(0, 50).map(
            (run) => html`<option key=${run.id} value=${run.id}>
            ${[run.model, run.params, run.dataset, run.backend, `seed ${run.trainSeed}`].filter(Boolean).join(" · ")}</option>`,
          )}
        </select></label>
    </div>`;
  }

  function Chosen({ ids, documents, labels }) {
    return html`<ul class="chosen" aria-label="Chosen runs">${documents.map(
      ({ run }, i) => html`<li class="card">
      <span class="dot s${i + 1}"></span>
      <div><a href=${route.href(["run", run.id])}>${labels[i]}</a>
        <div class="small soft">${[run.dataset, run.backend, `seed ${run.trainSeed}`].join(" · ")}</div></div>
      <a class="button icon quiet" aria-label="Leave out ${labels[i]}"
        href=${route.href(["compare", ...ids.filter((id) => id !== ids[i])])}>×</a></li>`,
    )}</ul>`;
  }

  function Section({ title, children }) {
    return html`<section class="section"><div class="section-head"><h2>${title}</h2></div>${children}</section>`;
  }

  function Loaded({ ids, documents, curves }) {
    const labels = names(documents);
    const side = { labels, documents };
    return html`<${Chosen} ids=${ids} ...${side} />
      <${Add} ids=${ids} />
      ${
        ids.length < 2
          ? html`<${parts.Empty} title="Choose one more"><p>Two to six runs can stand beside each other.</p><//>`
          : html`
        <${Section} title="Numbers"><${Metrics} ...${side} /><//>
        ${!api.isStatic() && html`<${Section} title="Paired differences"><${Paired} ids=${ids} labels=${labels} /><//>`}
        <${Section} title="Curves"><${Curves} curves=${curves} labels=${labels} /><//>
        <${Section} title="Samples"><div class="beside-samples">${documents.map(
          ({ run }, i) => html`<div key=${run.id}>
          <h3 class="side-name"><span class="dot s${i + 1}"></span>${labels[i]}</h3><${assay.samples.Samples} run=${run.id} few /></div>`,
        )}</div><//>
        <${Difference} title="Settings" sides=${documents.map(({ config }) => config)} ...${side} />
        <${Difference} title="Environment" sides=${documents.map(({ provenance }) => provenance)} ...${side} />`
      }`;
  }

  return function ComparePage({ path }) {
    const ids = [...new Set(path)].slice(0, MOST);
    const { data, error, retry, stale } = api.useLoad(ids.join(" "), async () => ({
      documents: await api.all(ids.map((id) => [`runs/${id}`])),
      curves: await api.all(
        ids.map((id) => [`runs/${id}/curves`]),
        true,
      ),
    }));
    return html`<${parts.Head} title="Compare" under="Two to six runs beside each other: numbers, curves, samples, settings." />
      ${
        ids.length === 0
          ? html`<${Add} ids=${ids} /><${parts.Empty} title="Choose runs">
            <p>Find them above, or tick rows on the leaderboard and press Compare.</p><//>`
          : error && !stale && !data
            ? html`<${parts.Failure} error=${error} retry=${retry} />`
            : !data || stale
              ? html`<${parts.Waiting} />`
              : html`<${Loaded} ids=${ids} ...${data} />`
      }`;
  };
})();
