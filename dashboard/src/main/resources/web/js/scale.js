"use strict";
/* Linear and logarithmic scales with round ticks. */
assay.scale = (() => {
  /** Where a scale may be logarithmic: all values are positive. */
  const canLog = (values) => values.length > 0 && values.every((value) => value > 0);

  function linearTicks(low, high, wanted) {
    const raw = (high - low) / wanted;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = power * [1, 2, 5, 10].find((factor) => factor * power >= raw);
    const ticks = [];
    for (let i = Math.ceil(low / step); i * step <= high + step * 1e-9; i++) {
      ticks.push(Number((i * step).toPrecision(12)));
    }
    return ticks;
  }

  function logTicks(low, high, wanted) {
    const decades = Math.log10(high / low);
    if (decades < 0.8) return linearTicks(low, high, wanted);
    const factors = decades < 2.2 ? [1, 2, 5] : [1];
    const every = Math.max(1, Math.ceil(decades / wanted));
    const ticks = [];
    for (let d = Math.floor(Math.log10(low)); d <= Math.ceil(Math.log10(high)); d++) {
      if (d % every !== 0) continue;
      for (const factor of factors) {
        const tick = Number((factor * 10 ** d).toPrecision(12));
        if (tick >= low && tick <= high) ticks.push(tick);
      }
    }
    return ticks;
  }

  /**
   * @param {number[]} values at least one, finite
   * @param {boolean} log
   * @param {[number, number]} pixels where the least and the largest value go
   * @returns {{at: (value: number) => number, ticks: number[]}}
   */
  function scale(values, log, pixels, wanted = 6) {
    const shape = log ? Math.log10 : (value) => value;
    const back = log ? (value) => 10 ** value : (value) => value;
    let low = shape(Math.min(...values));
    let high = shape(Math.max(...values));
    const pad = (high - low || Math.abs(high) || 1) * 0.08;
    low -= pad;
    high += pad;
    const ticks = (log ? logTicks : linearTicks)(back(low), back(high), wanted);
    const at = (value) => pixels[0] + ((shape(value) - low) / (high - low)) * (pixels[1] - pixels[0]);
    return { at, ticks };
  }

  return { canLog, scale };
})();
