"use strict";
/* A value and its interval as a dot on a line, on the scale that the rows of a table share. */
assay.interval = (() => {
  const { html, format } = assay;
  const WIDTH = 180;
  const HEIGHT = 18;
  const EDGE = 7;

  /** The range that holds all values and intervals; what lies outside of it is not drawn. @returns {[number, number] | null} */
  function range(rows) {
    const ends = rows.flatMap((row) => [row.value, row.low ?? row.value, row.high ?? row.value]);
    const known = ends.filter(format.isNumber);
    if (known.length === 0) return null;
    const [low, high] = [Math.min(...known), Math.max(...known)];
    return low === high ? [low - 0.5, high + 0.5] : [low, high];
  }

  function Interval({ value, low, high, within, reference }) {
    if (!within || !format.isNumber(value) || value < within[0] || value > within[1]) return null;
    const at = (number) => EDGE + ((number - within[0]) / (within[1] - within[0])) * (WIDTH - 2 * EDGE);
    const middle = HEIGHT / 2;
    const has = format.isNumber(low) && format.isNumber(high);
    return html`<svg
      class="interval"
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      width=${WIDTH}
      height=${HEIGHT}
      aria-hidden="true"
    >
      <line class="rail" x1=${EDGE} x2=${WIDTH - EDGE} y1=${middle} y2=${middle} />
      ${
        format.isNumber(reference) &&
        reference >= within[0] &&
        reference <= within[1] &&
        html`<line class="mark" x1=${at(reference)} x2=${at(reference)} y1="2" y2=${HEIGHT - 2} />`
      }
      ${
        has &&
        html`<line class="bar" x1=${at(low)} x2=${at(high)} y1=${middle} y2=${middle} />
        <line class="cap" x1=${at(low)} x2=${at(low)} y1=${middle - 4} y2=${middle + 4} />
        <line class="cap" x1=${at(high)} x2=${at(high)} y1=${middle - 4} y2=${middle + 4} />`
      }
      <circle class="dot-mark" cx=${at(value)} cy=${middle} r="3.6" />
    </svg>`;
  }

  return { range, Interval };
})();
