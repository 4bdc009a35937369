"use strict";
/* A dataset and one of its boards, chosen at the head of a page that shows one board. */
assay.choice = (() => {
  const { html, api, kinds, parts, route } = assay;

  /** What tells a board from the others of its metric, as plain text. */
  function describe(board) {
    const made = kinds.signature(board.signature);
    const method = made.filter(([key]) => key === "method" || key === "k").map(([, value]) => value);
    const badge = kinds.of(board.kind).label;
    return [board.metric, badge, board.measure, method.join(" ")].filter(Boolean).join(" · ");
  }

  /** Labels of boards; where two would read the same, the whole signature tells them apart. */
  function labels(boards) {
    const seen = Map.groupBy(boards, describe);
    return boards.map((board) => ({
      value: board.id,
      label:
        seen.get(describe(board)).length > 1 ? `${describe(board)} · ${board.signature}` : describe(board),
    }));
  }

  /**
   * @param {{page: string, title: string, under: string, path: string[], query: object,
   *     fits?: (board: object) => boolean, controls?: (board: object) => any,
   *     view: (board: object) => any}} props fits says which boards the page can show
   */
  function BoardChoice({ page, title, under, path, query, fits = () => true, controls, view }) {
    const datasets = api.site().facets.datasets;
    const dataset = path[0] ?? datasets[0];
    const ask = api.isStatic() ? {} : { dataset, size: 1000 };
    const { data, error, retry } = api.useGet(dataset ? "boards" : null, ask);
    const boards = (data?.boards ?? []).filter((board) => board.dataset === dataset && fits(board));
    const board = boards.find(({ id }) => id === query.board) ?? boards[0];
    return html`<${parts.Head} title=${title} under=${under} />
      <div class="controls">
        <${parts.Select} label="Dataset" value=${dataset ?? ""}
          options=${datasets.map((value) => ({ value, label: value }))}
          onChange=${(value) => route.go([page, value])} />
        <${parts.Select} label="Board" value=${board?.id ?? ""} options=${labels(boards)}
          onChange=${(value) => route.update({ board: value, name: "" })} />
        ${board && controls?.(board)}
      </div>
      ${
        error && !data
          ? html`<${parts.Failure} error=${error} retry=${retry} />`
          : !dataset || (data && !board)
            ? html`<${parts.Empty} title="Nothing to draw yet">
              <p>Runs with numbers appear here as soon as they are done.</p>
              <pre>./assay run experiments/quickstart.yaml</pre>
            <//>`
            : !data
              ? html`<${parts.Waiting} />`
              : html`<div key=${board.id}>${view(board)}</div>`
      }`;
  }

  return { BoardChoice, describe };
})();
