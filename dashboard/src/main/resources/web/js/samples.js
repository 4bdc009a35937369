"use strict";
/* What a run drew: grids of images beside their nearest training examples, points, text, sound. */
assay.samples = (() => {
  const { html, api, format, parts, theme } = assay;
  const { useEffect, useRef, useState } = assay.hooks;

  function Picture({ file, caption }) {
    const src = api.useFile(file.href);
    const small = file.width && file.width < 320;
    return html`<figure class="picture">
      <a href=${src || undefined} target="_blank" rel="noopener">
        <img class=${small ? "pixels" : ""} src=${src || undefined} alt=${caption} width=${file.width}
          height=${file.height} loading="lazy" />
      </a>
      <figcaption class="small soft">${caption}</figcaption>
    </figure>`;
  }

  function Sound({ file }) {
    const src = api.useFile(file.href);
    return html`<figure class="sound">
      <audio controls preload="metadata" src=${src || undefined} aria-label="Sound ${file.name}"></audio>
      <figcaption class="small soft">${file.name} · ${format.bytes(file.bytes)}</figcaption>
    </figure>`;
  }

  function Text({ file }) {
    return html`<figure>
      <pre class="drawn" tabindex="0">${file.text}</pre>
      <figcaption class="small soft">${file.name}${file.truncated ? ", its beginning" : ""}</figcaption>
    </figure>`;
  }

  const isPlane = ({ columns, rows }) =>
    columns.length === 2 && rows.length > 0 && rows.every((row) => row.every(format.isNumber));

  function drawPoints(canvas, points) {
    const size = canvas.clientWidth;
    const dense = devicePixelRatio || 1;
    canvas.width = size * dense;
    canvas.height = size * dense;
    const reach = 1.08 * Math.max(...points.flat().map(Math.abs), 1e-9);
    const at = (value) => ((value / reach + 1) / 2) * size;
    const ink = canvas.getContext("2d");
    ink.scale(dense, dense);
    ink.strokeStyle = theme.colour("--line");
    ink.beginPath();
    ink.moveTo(size / 2, 0);
    ink.lineTo(size / 2, size);
    ink.moveTo(0, size / 2);
    ink.lineTo(size, size / 2);
    ink.stroke();
    ink.fillStyle = theme.colour("--series-1");
    ink.globalAlpha = 0.55;
    for (const [x, y] of points) {
      ink.beginPath();
      ink.arc(at(x), size - at(y), 1.7, 0, 7);
      ink.fill();
    }
  }

  /** Points of the plane, about the origin, equal scales. */
  function Plane({ file }) {
    const ref = useRef(null);
    const points = file.table.rows;
    useEffect(() => {
      const draw = () => drawPoints(ref.current, points);
      draw();
      return theme.listen(draw);
    }, [file]);
    return html`<figure class="plane">
      <canvas ref=${ref} role="img" aria-label="${points.length} points drawn by the model"></canvas>
      <figcaption class="small soft">${file.table.columns.join(", ")} · ${format.count(file.table.total)} points</figcaption>
    </figure>`;
  }

  function Table({ file }) {
    const { columns, rows, total } = file.table;
    const some = rows.slice(0, 12);
    return html`<figure>
      <div class="card scroll" tabindex="0" role="region" aria-label="Rows of ${file.name}"><table class="table">
        <caption class="unseen">${file.name}</caption>
        <thead><tr>${columns.map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
        <tbody>${some.map(
          (row) =>
            html`<tr>${row.map(
              (cell) => html`<td class="number">${format.isNumber(cell) ? format.number(cell) : cell}</td>`,
            )}</tr>`,
        )}</tbody>
      </table></div>
      <figcaption class="small soft">${file.name}: ${some.length} of ${format.count(total)} rows</figcaption>
    </figure>`;
  }

  function File({ file, hasPicture }) {
    switch (file.kind) {
      case "image":
        return html`<${Picture} file=${file} caption=${file.name} />`;
      case "audio":
        return html`<${Sound} file=${file} />`;
      case "text":
        return html`<${Text} file=${file} />`;
      default:
        if (!file.table) return null;
        if (!isPlane(file.table)) return html`<${Table} file=${file} />`;
        return hasPicture ? null : html`<${Plane} file=${file} />`;
    }
  }

  function Group({ group, title }) {
    const hasPicture = group.files.some(({ kind }) => kind === "image");
    return html`<div class="drawn-group">
      ${title && html`<h3>${group.name}</h3>`}
      <div class="pictures">
        ${group.files.map((file) => html`<${File} key=${file.name} file=${file} hasPicture=${hasPicture} />`)}
        ${group.nearest && html`<${Picture} file=${group.nearest} caption="nearest training examples, place for place" />`}
      </div>
    </div>`;
  }

  /** @param {{run: string, few?: boolean}} props few shows the first group alone */
  function Samples({ run, few }) {
    const { data, error } = api.useGet(`runs/${run}/samples`);
    if (error && !data) return html`<p class="soft">${error.detail}</p>`;
    if (!data) return html`<${parts.Waiting} size="low" />`;
    if (data.groups.length === 0) return html`<p class="soft">This run kept no samples.</p>`;
    const groups = few ? data.groups.slice(0, 1) : data.groups;
    return groups.map(
      (group) => html`<${Group} key=${group.name} group=${group} title=${groups.length > 1} />`,
    );
  }

  return { Samples };
})();
