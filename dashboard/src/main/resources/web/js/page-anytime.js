"use strict";
/* Quality while training goes on, against seconds or steps. */
assay.anytimePage = (() => {
  const { html, api, chart, choice, format, parts, route } = assay;

  function Anytime({ board, query }) {
    const ask = { name: query.name };
    const { data, error, retry } = api.useGet(`boards/${board.id}/anytime`, ask);
    if (error && !data) return html`<${parts.Failure} error=${error} retry=${retry} />`;
    if (!data) return html`<${parts.Waiting} />`;
    const series = data.series.filter((one) => one.value.length > 0);
    if (series.length === 0) {
      return html`<${parts.Empty} title="No curves">
        <p>The runs of this board kept no learning curves: they are in one step, or only their table is here.</p>
      <//>`;
    }
    return html`<${Drawn} ...${{ data, series, query }} />`;
  }

  function Drawn({ data, series, query }) {
    const bySteps = query.by === "steps";
    const logX = query.scale !== "linear";
    const drawn = series.map((one, i) => ({
      name: [one.model, one.params, one.backend].filter(Boolean).join(" · "),
      href: route.href(["run", one.run]),
      colour: 1 + (i % 8),
      dash: i >= 8 ? [5, 4] : undefined,
      x: bySteps ? one.step : one.seconds,
      y: one.value,
      points: one.value.length < 3,
    }));
    return html`<div class="card padded">
      <div class="row chart-options">
        ${
          data.names.length > 1 &&
          !api.isStatic() &&
          html`<${parts.Select} label="Curve" value=${data.name}
          options=${data.names.map((value) => ({ value, label: value }))} onChange=${(name) => route.update({ name })} />`
        }
        <${parts.Pills} label="Against" value=${bySteps ? "steps" : ""}
          options=${[
            { value: "", label: "Seconds" },
            { value: "steps", label: "Steps" },
          ]}
          onChange=${(by) => route.update({ by })} />
        <${parts.Pills} label="Axis" value=${logX ? "" : "linear"}
          options=${[
            { value: "", label: "Logarithmic" },
            { value: "linear", label: "Linear" },
          ]}
          onChange=${(scale) => route.update({ scale })} />
      </div>
      <${chart.Curves} series=${drawn} height=${400} logX=${logX} label="${data.name} while training"
        xLabel=${bySteps ? "steps" : "seconds of training"} yLabel=${data.name}
        xText=${bySteps ? format.si : format.duration} yText=${(value) => format.number(value, 4)} />
    </div>`;
  }

  return ({ path, query }) => html`<${choice.BoardChoice}
    page="anytime" title="Anytime" path=${path} query=${query}
    under="How good each model was after how much training: the best rows of a board, one seed of each."
    fits=${(board) => board.badge !== "measured"}
    view=${(board) => html`<${Anytime} board=${board} query=${query} />`}
  />`;
})();
