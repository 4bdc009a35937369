"use strict";
/* Quality against what it costs: which runs no other beats in both. */
assay.frontierPage = (() => {
  const { html, api, choice, format, kinds, measures, parts, route, rows, scale, scatter } = assay;
  const SHAPES = Object.keys(scatter.SHAPES);

  const costs = measures.map(({ key, label }) => ({ value: key, label }));

  /** The answer of frontier, made from a board's rows where there is no server to ask. */
  function fromRows(document, measure) {
    const points = document.rows
      .filter((row) => row.measures[measure.key] !== null && row.runs.length > 0)
      .map((row) => ({
        ...row,
        row: row.id,
        run: row.runs[0].id,
        params: rows.settings(row),
        x: row.measures[measure.key],
        y: row.value,
      }));
    return { board: document.board, points };
  }

  function Detail({ point, board, measure }) {
    const y = format.withInterval(point.y, point.low, point.high);
    return html`<strong>${point.model}</strong>
      ${point.params && html`<span class="mono soft">${point.params}</span>`}
      <span class="soft">${[point.family, point.backend, point.precision].join(" · ")}</span>
      <span>${board.metric} <b>${y.value}</b> ${y.half}</span>
      <span>${measure.label} <b>${measure.text(point.x)}</b></span>`;
  }

  function Legend({ families, backends }) {
    return html`<ul class="legend" aria-label="Colours are families, shapes backends">
      ${families.map((family, i) => html`<li key=${family}><span class="dot s${1 + (i % 8)}"></span>${family}</li>`)}
      ${
        backends.length > 1 &&
        backends.map(
          (backend, i) => html`<li key=${backend}>
        <svg class="shape" viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true">
          <path d=${scatter.SHAPES[SHAPES[i % SHAPES.length]]} />
        </svg>${backend}</li>`,
        )
      }
      <li class="soft"><svg class="shape" viewBox="0 0 22 10" width="22" height="10" aria-hidden="true">
        <path class="front" d="M0 8H11V2H22" /></svg>none is better in both</li>
    </ul>`;
  }

  function Frontier({ board, measure, query }) {
    const ask = { x: measure.key };
    const path = `boards/${board.id}`;
    const { data, error, retry } = api.useLoad(`${path} ${measure.key}`, async () =>
      api.isStatic() ? fromRows(await api.get(path), measure) : api.get(`${path}/frontier`, ask),
    );
    if (error && !data) return html`<${parts.Failure} error=${error} retry=${retry} />`;
    if (!data) return html`<${parts.Waiting} />`;
    const points = data.points.filter((point) => point.run && !point.reference);
    if (points.length === 0) {
      return html`<${parts.Empty} title="No run has both numbers">
        <p>None was measured for “${measure.label}”. Choose another cost.</p>
      <//>`;
    }
    return html`<${Drawn} ...${{ points, board, measure, query }} />`;
  }

  function Drawn({ points, board, measure, query }) {
    const families = [...new Set(points.map((point) => point.family))].sort();
    const backends = [...new Set(points.map((point) => point.backend))].sort();
    const canLog = { x: scale.canLog(points.map((p) => p.x)), y: scale.canLog(points.map((p) => p.y)) };
    const arrow = kinds.arrow(board.direction);
    const drawn = points.map((point) => ({
      key: point.row,
      href: route.href(["run", point.run]),
      x: point.x,
      y: point.y,
      low: point.low,
      high: point.high,
      colour: 1 + (families.indexOf(point.family) % 8),
      shape: SHAPES[backends.indexOf(point.backend) % SHAPES.length],
      name: `${point.model} ${point.params}: ${board.metric} ${format.number(point.y)}, ${measure.label} ${measure.text(point.x)}`,
      detail: html`<${Detail} ...${{ point, board, measure }} />`,
    }));
    return html`<div class="card padded">
      <${Legend} families=${families} backends=${backends} />
      <${scatter.Scatter} points=${drawn} label="${board.metric} against ${measure.label}"
        x=${{
          label: `${measure.label} ${kinds.arrow(measure.direction)}`,
          direction: measure.direction,
          log: canLog.x && query.scale !== "linear",
          text: measure.text,
        }}
        y=${{
          label: `${board.metric}${board.unit === "1" ? "" : `, ${board.unit}`} ${arrow}`,
          direction: board.direction,
          log: canLog.y && query.scale !== "linear",
          text: (value) => format.number(value, 3),
        }} />
      ${
        query.scale !== "linear" &&
        !canLog.y &&
        html`<p class="small soft">
        The upright axis is linear: some values are not positive, and have no logarithm.</p>`
      }
    </div>`;
  }

  return function FrontierPage({ path, query }) {
    const measure = measures.find(({ key }) => key === query.x) ?? measures[1];
    return html`<${choice.BoardChoice}
      page="frontier" title="Frontier" path=${path} query=${query}
      under="Quality against what it costs. The line joins the runs that no other beats in both."
      fits=${(board) => board.badge !== "measured" && board.direction !== "none"}
      controls=${() => html`<${parts.Select} label="Against" value=${measure.key} options=${costs}
          onChange=${(x) => route.update({ x })} />
        <${parts.Pills} label="Axes" value=${query.scale ?? ""}
          options=${[
            { value: "", label: "Logarithmic" },
            { value: "linear", label: "Linear" },
          ]}
          onChange=${(value) => route.update({ scale: value })} />`}
      view=${(board) => html`<${Frontier} ...${{ board, measure, query }} />`}
    />`;
  };
})();
