"use strict";
/* A dataset and one of its boards, chosen at the head of a page that shows one board. */
assay.choice = (() => {
  const { html, api, kinds, parts, route } = assay;

  /** What tells a board from the others of its metric, as plain text. */
  function describe(board) {
    const made = kinds.signature(board.signature);
    const method = made
      .filter(([key, value]) => key === "k" || (key === "method" && value !== "exact"))
      .map(([, value]) => value);
    const badge = kinds.of(board.kind).label;
    return [board.metric, badge, board.measure, method.join(" ")].filter(Boolean).join(" · ");
  }

  /** The parts of its signature that a board does not share with those that else read the same. */
  function telling(board, boards) {
    const entries = (one) => kinds.signature(one.signature);
    const parts = (one) => entries(one).map((entry) => entry.join(":"));
    const alike = boards.filter((other) => describe(other) === describe(board));
    const own = parts(board).filter((part) => alike.some((other) => !parts(other).includes(part)));
    const keys = new Set(entries(board).map(([key]) => key));
    const missing = new Set(alike.flatMap(entries).map(([key]) => key)).difference(keys);
    return [...own, ...[...missing].map((key) => `no ${key}`)];
  }

  /** Labels of boards, no two the same. */
  function labels(boards) {
    return boards.map((board) => ({
      value: board.id,
      label: [describe(board), ...telling(board, boards)].join(" · "),
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

  return { BoardChoice, describe, telling };
})();
