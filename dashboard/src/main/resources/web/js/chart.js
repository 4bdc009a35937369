"use strict";
/* Curves: uPlot in the page's colours, with a legend that reads the values under the pointer. */
assay.chart = (() => {
  const { html, format, theme } = assay;
  const { useEffect, useRef, useState } = assay.hooks;

  /** Columns over one common x, as uPlot wants them. */
  function aligned(series) {
    return uPlot.join(series.map(({ x, y }) => [x, y]));
  }

  function axis(label, text, grid) {
    return {
      label,
      labelFont: "500 12px Inter, sans-serif",
      labelSize: 22,
      labelGap: 4,
      font: "12px Inter, sans-serif",
      stroke: () => theme.colour("--soft"),
      grid: { show: grid, stroke: () => theme.colour("--line"), width: 1 },
      ticks: { show: false },
      values: (_, ticks) => ticks.map((tick) => (tick === null ? "" : format.tick(text(tick)))),
    };
  }

  function options({ series, xLabel, yLabel, xText, yText, logX, logY, height, marks }, width, onMove) {
    return {
      width,
      height,
      legend: { show: false },
      cursor: { points: { size: 7 }, drag: { x: true, y: false }, focus: { prox: 24 } },
      scales: {
        x: logX
          ? { time: false, distr: 3, range: (_, low, high) => [low / 1.15, high * 1.15] }
          : { time: false },
        y: { distr: logY ? 3 : 1 },
      },
      axes: [
        { ...axis(xLabel, xText, false), size: 30 },
        { ...axis(yLabel, yText, true), size: 62 },
      ],
      series: [
        {},
        ...series.map(({ colour, dash, points }) => ({
          stroke: () => theme.colour(`--series-${colour}`),
          width: 1.75,
          dash,
          spanGaps: true,
          points: { show: points ?? false, size: 6, fill: () => theme.colour(`--series-${colour}`) },
        })),
      ],
      hooks: {
        setCursor: [(plot) => onMove(plot.cursor.idx ?? null)],
        draw: marks ? [(plot) => verticals(plot, marks)] : [],
      },
    };
  }

  /** Vertical lines at x values. */
  function verticals(plot, marks) {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.strokeStyle = theme.colour("--warn");
    ctx.setLineDash([4, 4]);
    for (const mark of marks) {
      const x = Math.round(plot.valToPos(mark, "x", true));
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  }

  /** The last known value at or before an index. */
  function valueAt(column, index) {
    for (let i = Math.min(index, column.length - 1); i >= 0; i--) {
      if (format.isNumber(column[i])) return column[i];
    }
    return undefined;
  }

  function Legend({ series, data, index, xText, yText, xLabel }) {
    const at = index ?? data[0].length - 1;
    return html`<div>
      <ul class="legend">
        ${series.map(
          (one, i) =>
            html`<li key=${one.name}>
              <span class="dot s${one.colour}"></span>
              ${one.href ? html`<a href=${one.href}>${one.name}</a>` : one.name}
              <span class="value">${yText(valueAt(data[i + 1], at))}</span>
            </li>`,
        )}
      </ul>
      <p class="readout">
        ${index === null ? "Last values" : `At ${xLabel} ${xText(data[0][index])}`}
      </p>
    </div>`;
  }

  /**
   * @param {{series: {name: string, colour: number, x: number[], y: number[], href?: string,
   *     dash?: number[], points?: boolean}[], xLabel: string, yLabel: string,
   *     xText?: (v: number) => string, yText?: (v: number) => string, logX?: boolean,
   *     logY?: boolean, height?: number, marks?: number[], label: string}} props series whose x
   *     increases
   */
  function Curves(props) {
    const { series, height = 300, label } = props;
    const settings = {
      ...props,
      height,
      xText: props.xText ?? format.si,
      yText: props.yText ?? format.number,
    };
    const frame = useRef(null);
    const plot = useRef(null);
    const [index, setIndex] = useState(null);
    const data = aligned(series);
    const shape = [props.logX, props.logY, props.xLabel, props.yLabel, props.marks];
    const looks = series.map(({ name, colour, dash, points }) => [name, colour, dash, points]);
    useEffect(() => {
      const build = () => {
        const width = frame.current.clientWidth;
        plot.current = new uPlot(options(settings, width, setIndex), data, frame.current);
      };
      build();
      const observer = new ResizeObserver(([entry]) => {
        const width = Math.floor(entry.contentRect.width);
        if (width > 0 && width !== plot.current.width) plot.current.setSize({ width, height });
      });
      observer.observe(frame.current);
      const stop = theme.listen(() => {
        plot.current.destroy();
        build();
      });
      return () => {
        observer.disconnect();
        stop();
        plot.current.destroy();
      };
    }, [JSON.stringify([shape, looks])]);
    useEffect(() => plot.current.setData(data), [JSON.stringify(series.map(({ x, y }) => [x, y]))]);
    const known = index !== null && index < data[0].length ? index : null;
    return html`<div>
      <${Legend} ...${settings} data=${data} index=${known} />
      <div class="curves height-${height}" ref=${frame} role="img" aria-label=${label}></div>
    </div>`;
  }

  return { Curves };
})();
