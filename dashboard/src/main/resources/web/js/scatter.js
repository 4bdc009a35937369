"use strict";
/* Points on two axes, each a link, with the line of those that none beats. */
assay.scatter = (() => {
  const { html, format, scale, pareto } = assay;
  const { useEffect, useRef, useState } = assay.hooks;
  const MARGIN = { top: 14, right: 22, bottom: 46, left: 66 };

  /** Half of a marker is 5.5 pixels; the shape says the kind. */
  const SHAPES = {
    circle: "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0",
    square: "M-4.8 -4.8h9.6v9.6h-9.6z",
    diamond: "M0 -6.4L6.4 0L0 6.4L-6.4 0z",
    triangle: "M0 -6.2L6 4.8L-6 4.8z",
  };

  /** The width of an element as it is drawn now. */
  function useWidth() {
    const ref = useRef(null);
    const [width, setWidth] = useState(0);
    useEffect(() => {
      const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
      observer.observe(ref.current);
      return () => observer.disconnect();
    }, []);
    return [ref, width];
  }

  function Axis({ horizontal, ticks, at, span, cross, label, text }) {
    const line = (tick) =>
      horizontal
        ? { x1: at(tick), x2: at(tick), y1: cross[0], y2: cross[1] }
        : { x1: cross[0], x2: cross[1], y1: at(tick), y2: at(tick) };
    const middle = (span[0] + span[1]) / 2;
    return html`<g class="axis" aria-hidden="true">
      ${ticks.map(
        (tick) =>
          html`<line ...${line(tick)} />
            ${
              horizontal
                ? html`<text x=${at(tick)} y=${cross[1] + 18} text-anchor="middle">${format.tick(text(tick))}</text>`
                : html`<text x=${cross[0] - 9} y=${at(tick) + 4} text-anchor="end">${format.tick(text(tick))}</text>`
            }`,
      )}
      ${
        horizontal
          ? html`<text class="axis-label" x=${middle} y=${cross[1] + 39} text-anchor="middle">
            ${label}
          </text>`
          : html`<text
            class="axis-label"
            transform="translate(14 ${middle}) rotate(-90)"
            text-anchor="middle"
          >
            ${label}
          </text>`
      }
    </g>`;
  }

  function Hover({ point, at, width }) {
    const right = at.x > width / 2;
    const style = {
      top: `${Math.max(4, at.y - 20)}px`,
      [right ? "right" : "left"]: `${(right ? width - at.x : at.x) + 14}px`,
    };
    return html`<div class="hover" style=${style} aria-hidden="true">${point.detail}</div>`;
  }

  /**
   * @param {{key: string, href: string, x: number, y: number, low?: number, high?: number,
   *     colour: number, shape: string, name: string, detail: any, front?: string}[]} points front
   *     names the group within which points are compared
   * @param {{label: string, direction: string, log: boolean, text: (v: number) => string}} x, y
   */
  function Scatter({ points, x, y, height = 460, label }) {
    const [ref, width] = useWidth();
    const [over, setOver] = useState(null);
    const shown = points.find((point) => point.key === over);
    return html`<div class="scatter" ref=${ref}>
      ${width > 0 && html`<${Plot} ...${{ points, x, y, width, height, label, over, setOver }} />`}
      ${
        width > 0 &&
        shown &&
        html`<${Hover} point=${shown} at=${place(points, x, y, width, height)(shown)} width=${width} />`
      }
    </div>`;
  }

  function axes(points, x, y, width, height) {
    const ends = points.flatMap((p) => [p.y, p.low, p.high]).filter(format.isNumber);
    return {
      across: scale.scale(
        points.map((p) => p.x),
        x.log,
        [MARGIN.left, width - MARGIN.right],
        Math.max(3, Math.round(width / 110)),
      ),
      up: scale.scale(y.log ? ends.filter((end) => end > 0) : ends, y.log, [
        height - MARGIN.bottom,
        MARGIN.top,
      ]),
    };
  }

  function place(points, x, y, width, height) {
    const { across, up } = axes(points, x, y, width, height);
    return (point) => ({ x: across.at(point.x), y: up.at(point.y) });
  }

  function Plot({ points, x, y, width, height, label, over, setOver }) {
    const { across, up } = axes(points, x, y, width, height);
    const span = { x: [MARGIN.left, width - MARGIN.right], y: [MARGIN.top, height - MARGIN.bottom] };
    const groups = Map.groupBy(points, (point) => point.front ?? "");
    const fronts = [...groups].map(([group, members]) => ({
      group,
      line: pareto.front(
        members,
        (p) => p.x,
        (p) => p.y,
        x.direction,
        y.direction,
      ),
    }));
    const best = new Set(fronts.flatMap(({ line }) => line.map((point) => point.key)));
    return html`<svg width=${width} height=${height} role="group" aria-label=${label}>
      <${Axis} horizontal ticks=${across.ticks} at=${across.at} span=${span.x} cross=${span.y}
        label=${x.label} text=${x.text} />
      <${Axis} ticks=${up.ticks} at=${up.at} span=${span.y} cross=${span.x}
        label=${y.label} text=${y.text} />
      ${fronts.map(
        ({ group, line }) =>
          line.length > 1 && html`<path key=${group} class="front" d=${steps(line, across.at, up.at)} />`,
      )}
      ${points.map(
        (point) => html`<${Point} key=${point.key} point=${point} x=${across.at(point.x)}
          y=${up.at} best=${best.has(point.key)} over=${over === point.key} setOver=${setOver}
          limits=${span.y} />`,
      )}
    </svg>`;
  }

  /** A staircase: between two points of the front nothing better than the worse of both is known. */
  function steps(line, x, y) {
    let path = `M${x(line[0].x)} ${y(line[0].y)}`;
    for (let i = 1; i < line.length; i++) path += `H${x(line[i].x)}V${y(line[i].y)}`;
    return path;
  }

  function Point({ point, x, y, best, over, setOver, limits }) {
    const clamp = (value) => Math.min(limits[1], Math.max(limits[0], value));
    const has = format.isNumber(point.low) && format.isNumber(point.high);
    return html`<a
      href=${point.href}
      class="point s${point.colour} ${best ? "best" : ""} ${over ? "over" : ""}"
      aria-label=${point.name}
      onMouseEnter=${() => setOver(point.key)}
      onMouseLeave=${() => setOver(null)}
      onFocus=${() => setOver(point.key)}
      onBlur=${() => setOver(null)}
    >
      ${
        has &&
        html`<line x1=${x} x2=${x} y1=${clamp(y(point.low) || limits[1])} y2=${clamp(y(point.high))} />`
      }
      <circle class="target" cx=${x} cy=${y(point.y)} r="13" />
      <path d=${SHAPES[point.shape]} transform="translate(${x} ${y(point.y)})" />
    </a>`;
  }

  return { Scatter, SHAPES, useWidth };
})();
