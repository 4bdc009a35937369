"use strict";
/* Numbers, units and times as people read them. */
assay.format = (() => {
  const MINUS = "\u2212";
  const THIN = "\u202f";
  const PREFIXES = [
    [1e15, "P"],
    [1e12, "T"],
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ];

  /** An interval narrower than this part of its value is no more than rounding. */
  const ROUNDING = 1e-9;

  const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

  function signed(text) {
    return text.replace("-", MINUS);
  }

  /** Decimals that show `digits` significant digits of `value`; 0 to 12. */
  function decimalsFor(value, digits) {
    if (!isNumber(value) || value === 0) return digits - 1;
    const rounded = Number(Math.abs(value).toPrecision(digits));
    return Math.min(12, Math.max(0, digits - 1 - Math.floor(Math.log10(rounded))));
  }

  /** With that many decimals. */
  function fixed(value, decimals) {
    if (!isNumber(value)) return "–";
    const text = value.toFixed(decimals);
    return signed(Number(text) === 0 ? text.replace("-", "") : text);
  }

  /** With significant digits: 17.39, 0.0008274, 8.27×10⁻⁷, 123k. */
  function number(value, digits = 4) {
    if (!isNumber(value)) return "–";
    const size = Math.abs(value);
    if (size === 0) return "0";
    if (size >= 1e5) return si(value, Math.min(digits, 3));
    if (size < 1e-4) return power(value, Math.min(digits, 3));
    return fixed(value, decimalsFor(value, digits));
  }

  function power(value, digits) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    const raised = [...String(Number(exponent))]
      .map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]))
      .join("");
    return `${signed(mantissa)}×10${raised}`;
  }

  /** With a prefix of thousands: 51.3k, 1.30M. */
  function si(value, digits = 3) {
    if (!isNumber(value)) return "–";
    const size = Number(Math.abs(value).toPrecision(digits));
    for (const [factor, prefix] of PREFIXES) {
      if (size >= factor) {
        return fixed(value / factor, decimalsFor(size / factor, digits)) + prefix;
      }
    }
    if (Number.isInteger(value)) return signed(String(value));
    return size < 1e-3 ? power(value, digits) : fixed(value, decimalsFor(value, digits));
  }

  /** A whole number with thin spaces between thousands: 12 500. */
  function count(value) {
    if (!isNumber(value)) return "–";
    return signed(String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, THIN));
  }

  /** A duration: 0.26 ms, 83 ms, 15.0 s, 2 min 05 s, 1 h 03 min. */
  function duration(seconds) {
    if (!isNumber(seconds)) return "–";
    if (seconds === 0) return "0 s";
    if (seconds < 1e-3) return `${number(seconds * 1e6, 2)} µs`;
    if (seconds < 1) return `${fixed(seconds * 1e3, decimalsFor(seconds * 1e3, 2))} ms`;
    if (seconds < 99.5) return `${fixed(seconds, decimalsFor(seconds, 3))} s`;
    const whole = Math.round(seconds);
    const two = (n) => String(n).padStart(2, "0");
    if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
    const minutes = Math.round(whole / 60);
    if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
    return `${number(whole / 86400, 3)} days`;
  }

  /** Memory: 412 MiB. */
  function bytes(value) {
    if (!isNumber(value)) return "–";
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let unit = 0;
    let size = value;
    while (Math.abs(size) >= 1023.5 && unit < units.length - 1) {
      size /= 1024;
      unit++;
    }
    return `${unit === 0 ? count(size) : fixed(size, decimalsFor(size, 3))} ${units[unit]}`;
  }

  const BY_UNIT = {
    s: duration,
    ms: (value) => duration(value / 1e3),
    B: bytes,
    byte: bytes,
    bytes: bytes,
    "1/s": (value) => `${si(value)}/s`,
    J: (value) => `${si(value)}${THIN}J`,
    flop: (value) => si(value),
    1: (value) => (Number.isInteger(value) ? si(value) : number(value)),
  };

  /** The value of a metric by its unit, without the unit where a heading says it. */
  function quantity(value, unit) {
    return isNumber(value) ? (BY_UNIT[unit] ?? number)(value) : "–";
  }

  /**
   * A value beside its 95 % interval: as many decimals as show two digits of the half width, so
   * that no digit is written that the interval does not carry.
   * @returns {{value: string, half: string}} half is empty without an interval
   */
  function withInterval(value, low, high) {
    if (!isNumber(value)) return { value: "–", half: "" };
    const half = isNumber(low) && isNumber(high) ? (high - low) / 2 : 0;
    if (!(half > Math.abs(value) * ROUNDING)) return { value: number(value), half: "" };
    if (Math.abs(value) >= 1e5 || half < 1e-7) {
      return { value: number(value), half: `±${THIN}${number(half, 2)}` };
    }
    const decimals = Math.min(decimalsFor(half, 2), Math.max(decimalsFor(value, 5), 2));
    return { value: fixed(value, decimals), half: `±${THIN}${fixed(half, decimals)}` };
  }

  /** The label of a tick: the same text without zeros that say nothing, "24.0" as "24". */
  function tick(text) {
    return text.replace(/(\.\d*?)0+(?!\d)/, "$1").replace(/\.(?!\d)/, "");
  }

  /** How long ago an ISO time was: "just now", "4 min ago", "3 days ago". */
  function ago(iso, now = Date.now()) {
    const seconds = (now - Date.parse(iso)) / 1e3;
    if (!isNumber(seconds)) return "";
    const steps = [
      [60, "just now"],
      [3600, (s) => `${Math.floor(s / 60)} min ago`],
      [86400, (s) => `${Math.floor(s / 3600)} h ago`],
      [2 * 86400, "yesterday"],
      [30 * 86400, (s) => `${Math.floor(s / 86400)} days ago`],
    ];
    for (const [limit, text] of steps) {
      if (seconds < limit) return typeof text === "string" ? text : text(seconds);
    }
    return new Date(iso).toISOString().slice(0, 10);
  }

  return { isNumber, fixed, number, si, count, duration, bytes, quantity, withInterval, tick, ago };
})();
