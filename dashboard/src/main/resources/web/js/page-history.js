"use strict";
/* A board's numbers over commits, and where they changed. */
assay.historyPage = (() => {
  const { html, api, chart, choice, format, kinds, parts, route, rows } = assay;
  const MOST = 8;

  const nameOf = (one) => [one.model, one.params, one.backend].filter(Boolean).join(" · ");
  const short = (commit) => String(commit ?? "").slice(0, 8);

  function Changes({ series, commits, board }) {
    const found = series.flatMap((one) => one.changes.map((change) => ({ one, change })));
    if (found.length === 0) {
      return html`<p class="soft">No change that stands out from the noise, over ${commits.length} commits.
        It takes ten to tell one.</p>`;
    }
    return html`<div class="scroll"><table class="table">
      <caption class="unseen">Changes</caption>
      <thead><tr><th scope="col">Model</th><th scope="col">At commit</th><th scope="col" class="number">before</th>
        <th scope="col" class="number">after</th><th scope="col" class="number">p</th><th scope="col">verdict</th></tr></thead>
      <tbody>${found.map(
        ({ one, change }) => html`<tr>
        <th scope="row">${nameOf(one)}</th>
        <td class="mono">${short(commits[change.at]?.commit)}</td>
        <td class="number">${format.quantity(change.before, board.unit)}</td>
        <td class="number value">${format.quantity(change.after, board.unit)}</td>
        <td class="number">${format.number(change.p, 2)}</td>
        <td>${
          change.better === null
            ? ""
            : html`<span class="badge ${change.better ? "done" : "bad"}">
          ${change.better ? "better" : "worse"}</span>`
        }</td>
      </tr>`,
      )}</tbody>
    </table></div>`;
  }

  function Drawn({ data, query }) {
    const { board, commits } = data;
    const found = rows.filter(
      data.series.map((one) => ({ sampler: "", ...one })),
      { q: query.q },
    );
    const shown = found.slice(0, MOST);
    if (shown.length === 0) return html`<${parts.Empty} title="No model fits the search" />`;
    const drawn = shown.map((one, i) => ({
      name: nameOf(one),
      colour: 1 + i,
      x: one.points.map((point) => point.at),
      y: one.points.map((point) => point.value),
      points: true,
    }));
    return html`<div class="card padded">
        <${chart.Curves} series=${drawn} height=${400} xLabel="commit" label="${board.metric} over commits"
          yLabel="${board.metric} ${kinds.arrow(board.direction)}"
          xText=${(at) => short(commits[Math.round(at)]?.commit)} whole
          yText=${(value) => format.quantity(value, board.unit)}
          marks=${shown.flatMap((one) => one.changes.map((change) => change.at))} />
        ${
          found.length > MOST &&
          html`<p class="small soft">
          The first ${MOST} of ${found.length}; search to see the others.</p>`
        }
      </div>
      <section class="section"><div class="section-head"><h2>Changes</h2></div>
        <div class="card ${shown.some((one) => one.changes.length) ? "" : "padded"}">
          <${Changes} series=${shown} commits=${commits} board=${board} />
        </div>
      </section>`;
  }

  function History({ board, query }) {
    const { data, error, retry } = api.useGet(`boards/${board.id}/history`);
    if (error && !data) return html`<${parts.Failure} error=${error} retry=${retry} />`;
    if (!data) return html`<${parts.Waiting} />`;
    if (data.commits.length < 2) {
      return html`<${parts.Empty} title="One commit so far">
        <p>History draws a line from the second commit on. Run the same experiment at another commit,
          into the same results folder or another one beside it.</p>
      <//>`;
    }
    return html`<${Drawn} data=${data} query=${query} />`;
  }

  return ({ path, query }) => html`<${choice.BoardChoice}
    page="history" title="History" path=${path} query=${query}
    under="Numbers over commits. A dashed line marks a change that stands out from the noise."
    controls=${() => html`<${parts.Search} label="Search" value=${query.q ?? ""} placeholder="model, setting"
      onInput=${(q) => route.update({ q })} />`}
    view=${(board) => html`<${History} board=${board} query=${query} />`}
  />`;
})();
