"use strict";
/* One board as a table: ranked, or with its backends side by side. */
assay.boardTable = (() => {
  const { html, format, interval, kinds, measures, parts, route, rows } = assay;
  const MOST_PICKED = 6;

  /** The parts of a signature that tell this board from others, and all of it on demand. */
  function Made({ board, boards }) {
    const entries = kinds.signature(board.signature);
    const method = entries
      .filter(([key, value]) => key === "k" || (key === "method" && value !== "exact"))
      .map(([key, value]) => (key === "k" ? `k = ${value}` : value));
    const told = [...method, ...assay.choice.telling(board, boards)];
    return html`${told.length > 0 && html`<span class="mono soft">${told.join(", ")}</span>`}
      ${
        entries.length > 0 &&
        html`<details class="made small">
        <summary>How it was made</summary>
        <${parts.Facts} entries=${entries} />
      </details>`
      }`;
  }

  function SortHead({ column, label, query, first = "", number = true, hint, wide }) {
    const sort = query.sort ?? "";
    const now = sort === column ? "ascending" : sort === `-${column}` ? "descending" : undefined;
    const other = first === "-" ? "" : "-";
    const next =
      sort === `${first}${column}`
        ? `${other}${column}`
        : sort === `${other}${column}`
          ? ""
          : `${first}${column}`;
    return html`<th scope="col" class="${number ? "number" : ""} ${wide ? "wide" : ""}" aria-sort=${now}>
      <button type="button" class="sorter" title=${hint} onClick=${() => route.update({ sort: next })}>
        ${label}<${parts.Icon} name="sort" weight="2.4" />
      </button>
    </th>`;
  }

  function Flags({ flags, failed }) {
    return flags.map(
      (flag) =>
        html`<${parts.Badge} label=${flag.id.replaceAll("-", " ")} text=${flag.text}
          style=${flag.id === "unranked" || failed ? "bad" : "warn"} />`,
    );
  }

  /** What tells rows of a board apart besides model and settings. */
  function telling(facets) {
    return [
      ["backend", facets.backends],
      ["precision", facets.precisions],
      ["experiment", facets.experiments],
    ]
      .filter(([, values]) => values.length > 1)
      .map(([name]) => name);
  }

  function Model({ row, told }) {
    const settings = rows.settings(row);
    const run = row.runs[0]?.id;
    return html`<div class="model">
      <div class="model-name">
        ${run ? html`<a href=${route.href(["run", run])}>${row.model}</a>` : html`<span>${row.model}</span>`}
        ${
          row.reference &&
          html`<${parts.Badge} label=${row.reference} style="outline"
          text=${row.reference === "floor" ? "A trivial sampler: every model should beat it." : "Other real data: what can be reached at best."} />`
        }
        ${
          !row.reference &&
          html`<span class="small soft told">${[row.family, ...told.map((name) => row[name])].join(" · ")}</span>`
        }
        <${Flags} flags=${row.flags} failed=${row.failed} />
      </div>
      ${settings && html`<div class="small soft mono settings">${settings}</div>`}
    </div>`;
  }

  function Value({ row, mark }) {
    const text = format.withInterval(row.value, row.low, row.high);
    return html`${mark && html`<span class="soft">${mark}${"\u202f"}</span>`}<span class="value">${text.value}</span>
      ${text.half && html` <span class="half">${text.half}</span>`}`;
  }

  function Pick({ row, picked, setPicked }) {
    const run = row.runs[0]?.id;
    if (!run) return null;
    const on = picked.includes(run);
    return html`<input type="checkbox" class="pick" checked=${on}
      disabled=${!on && picked.length >= MOST_PICKED}
      aria-label="Compare ${row.model} ${rows.settings(row)}"
      onChange=${() => setPicked(on ? picked.filter((id) => id !== run) : [...picked, run])} />`;
  }

  function seeds(row) {
    if (row.reference) return "";
    return row.failed > 0 ? `${row.seeds} of ${row.seeds + row.failed}` : String(row.seeds || "");
  }

  function Ranked({ board, shown, all, told, query, picked, setPicked }) {
    const within = interval.range(shown.filter((row) => !row.reference));
    const score = rows.normaliser(all, board.direction);
    const columns = measures
      .filter(({ key, metric }) => metric !== board.metric && shown.some((row) => row.measures[key] !== null))
      .slice(0, 5);
    const mark = kinds.of(board.kind).mark;
    const arrow = kinds.arrow(board.direction);
    const best = board.direction === "higher" ? "-" : "";
    const floor = all.find((row) => row.reference === "floor")?.value;
    return html`<table class="table board">
      <caption class="unseen">${board.metric} on ${board.dataset}, ${board.badge}</caption>
      <thead>
        <tr>
          <th scope="col" class="number rank" title="Rows that cannot be told apart share a rank">#</th>
          <${SortHead} column="model" label="Model" number=${false} query=${query} />
          <${SortHead} column="value" label="${board.metric} ${arrow}" first=${best} query=${query} />
          <th scope="col" class="wide">95 % interval</th>
          ${score && html`<th scope="col" class="number" title="0 % is the floor, 100 % what is attainable">score</th>`}
          <${SortHead} column="seeds" label="seeds" first="-" query=${query} wide />
          ${columns.map(
            ({ key, label, metric, direction }) =>
              html`<${SortHead} column=${key} label=${label} first=${direction === "higher" ? "-" : ""}
              hint=${kinds.explain(metric)} query=${query} wide />`,
          )}
          <th scope="col"><span class="unseen">Compare</span></th>
        </tr>
      </thead>
      <tbody>
        ${shown.map((row, i) => {
          const tied = !query.sort && i > 0 && row.rank !== null && shown[i - 1].rank === row.rank;
          return html`<tr key=${row.id} class="${row.reference ? "reference" : ""} ${tied ? "tied" : ""}">
            <td class="number rank">${row.rank ?? ""}</td>
            <th scope="row"><${Model} row=${row} told=${told} /></th>
            <td class="number main" data-label=${board.metric}><${Value} row=${row} mark=${mark} /></td>
            <td class="wide"><${interval.Interval} ...${row} within=${within} reference=${floor} /></td>
            ${score && html`<td class="number" data-label="score">${format.fixed(score(row.value), 0)} %</td>`}
            <td class="number wide" data-label="seeds">${seeds(row)}</td>
            ${columns.map(
              ({ key, label, text }) =>
                html`<td class="number wide" data-label=${label}>${row.reference ? "" : text(row.measures[key])}</td>`,
            )}
            <td class="number picker"><${Pick} row=${row} picked=${picked} setPicked=${setPicked} /></td>
          </tr>`;
        })}
      </tbody>
    </table>`;
  }

  const BESIDE = [
    { label: "train", key: "trainSeconds", faster: (a, b) => a / b },
    { label: "samples/s", key: "sampleExamplesPerSecond", faster: (a, b) => b / a },
  ];

  function ratio(entry, backends, { key, faster }) {
    const [a, b] = backends.map((name) => entry.by.get(name)?.measures[key]);
    if (!a || !b) return "–";
    return `${format.number(faster(a, b), 2)}×`;
  }

  /** Each model once, its backends in neighbouring columns; the last column of a pair is the speed-up. */
  function Beside({ board, shown, told }) {
    const backends = rows.backends(shown);
    const two = backends.length === 2;
    const span = backends.length + (two ? 1 : 0);
    const mark = kinds.of(board.kind).mark;
    const text = (key) => measures.find((measure) => measure.key === key).text;
    return html`<table class="table beside">
      <caption class="unseen">Backends side by side: ${board.metric} on ${board.dataset}</caption>
      <thead>
        <tr>
          <th scope="col" rowspan="2">Model</th>
          <th scope="colgroup" colspan=${backends.length} class="number edge">${board.metric} ${kinds.arrow(board.direction)}</th>
          ${BESIDE.map(({ label }) => html`<th scope="colgroup" colspan=${span} class="number edge">${label}</th>`)}
        </tr>
        <tr>
          ${[null, ...BESIDE].map(
            (group) => html`
            ${backends.map((name, i) => html`<th scope="col" class="number ${i === 0 ? "edge" : ""}">${name}</th>`)}
            ${group && two && html`<th scope="col" class="number">${backends[1]} is</th>`}`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.pairs(shown).map(
          (entry) => html`<tr key=${entry.key}>
          <th scope="row"><${Model} row=${entry.row} told=${told.filter((name) => name !== "backend")} /></th>
          ${backends.map(
            (name, i) => html`<td class="number ${i === 0 ? "edge" : ""}">
            ${entry.by.has(name) ? html`<${Value} row=${entry.by.get(name)} mark=${mark} />` : "–"}</td>`,
          )}
          ${BESIDE.map(
            (group) => html`
            ${backends.map(
              (name, i) => html`<td class="number ${i === 0 ? "edge" : ""}">
              ${text(group.key)(entry.by.get(name)?.measures[group.key])}</td>`,
            )}
            ${two && html`<td class="number value">${ratio(entry, backends, group)}</td>`}`,
          )}
        </tr>`,
        )}
      </tbody>
    </table>`;
  }

  function Section({ document, boards, query, picked, setPicked }) {
    const { board, page } = document;
    const shown = rows.sorted(rows.filter(document.rows, query), query.sort);
    const told = telling(document.facets);
    const beside = query.view === "backends" && board.badge !== "measured";
    return html`<section class="section">
      <div class="section-head">
        <h2>${board.metric}${board.unit !== "1" && html` <span class="unit">${board.unit}</span>`}</h2>
        <${parts.KindBadge} kind=${board.kind} />
        <${Made} board=${board} boards=${boards} />
        <span class="small soft count">${
          shown.length === document.rows.length
            ? `${board.rows} rows, ${board.runs} runs`
            : `${shown.length} of ${board.rows} rows`
        }</span>
      </div>
      ${
        shown.length === 0
          ? html`<div class="card state low"><p>No row fits the filters.</p></div>`
          : html`<div class="card scroll" tabindex="0" role="region" aria-label=${assay.choice.describe(board)}>
            ${
              beside
                ? html`<${Beside} ...${{ board, shown, told }} />`
                : html`<${Ranked} ...${{ board, shown, all: document.rows, told, query, picked, setPicked }} />`
            }
          </div>`
      }
      ${page.pages > 1 && html`<p class="small soft">The first ${page.size} of ${page.total} rows; filters find the others.</p>`}
    </section>`;
  }

  return { Section, Value };
})();
