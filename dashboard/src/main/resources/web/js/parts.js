"use strict";
/* Small parts that every page uses. */
assay.parts = (() => {
  const { html, kinds } = assay;
  const { useEffect, useId, useState } = assay.hooks;

  const ICONS = {
    sun: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3.1 3.1l1.1 1.1M11.8 11.8l1.1 1.1M12.9 3.1l-1.1 1.1M4.2 11.8l-1.1 1.1",
    moon: "M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1",
    down: "M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11",
    link: "M6.5 9.5a3 3 0 0 0 4.2 0l2.4-2.4a3 3 0 0 0-4.2-4.2L7.7 4M9.5 6.5a3 3 0 0 0-4.2 0L2.9 8.9a3 3 0 0 0 4.2 4.2L8.3 12",
    sort: "M3 10.5 8 5.5l5 5",
    copy: "M5.5 5.5V3a.5.5 0 0 1 .5-.5h7a.5.5 0 0 1 .5.5v7a.5.5 0 0 1-.5.5h-2.5M3 5.5h7.5V13a.5.5 0 0 1-.5.5H3a.5.5 0 0 1-.5-.5V6a.5.5 0 0 1 .5-.5z",
    flag: "M3.5 14.5v-12h8l-2 3 2 3h-8",
  };

  function Icon({ name, weight = 1.5 }) {
    return html`<svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width=${weight}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d=${ICONS[name]} />
    </svg>`;
  }

  /** Where a note of at most 320 pixels stands beneath an element, inside of the window. */
  function beneath(element) {
    const { bottom, left } = element.getBoundingClientRect();
    const width = Math.min(320, innerWidth - 24);
    return { top: `${bottom + 8}px`, left: `${Math.max(12, Math.min(left, innerWidth - width - 12))}px` };
  }

  /** A badge that explains itself under the pointer or the keyboard's focus. */
  function Badge({ label, text, style = "" }) {
    const id = useId();
    const [place, setPlace] = useState(null);
    const show = (event) => setPlace(beneath(event.currentTarget));
    const hide = () => setPlace(null);
    const key = (event) => event.key === "Escape" && hide();
    if (!text) return html`<span class="badge ${style}">${label}</span>`;
    return html`<span class="tip">
      <button type="button" class="badge ${style}" aria-describedby=${id} onMouseEnter=${show} onMouseLeave=${hide}
        onFocus=${show} onBlur=${hide} onKeyDown=${key}>${label}</button>
      <span role="tooltip" id=${id} hidden=${!place} style=${place ?? {}}>${text}</span>
    </span>`;
  }

  function KindBadge({ kind }) {
    const known = kinds.of(kind);
    return html`<${Badge} label=${known.label} text=${known.text} style=${known.style} />
      ${
        known.measure && html`<${Badge} label=${known.measure} text=${known.measureText} style="outline" />`
      }`;
  }

  function StatusBadge({ status }) {
    const known = kinds.status(status);
    return html`<${Badge} label=${known.label} text=${known.text} style=${known.style} />`;
  }

  /** The head of a page. */
  function Head({ over, title, under, children }) {
    useEffect(() => {
      document.title = `${title} · Assay`;
    }, [title]);
    return html`<header class="head">
      <div class="head-text">
        ${over && html`<p class="over">${over}</p>`}
        <h1 tabindex="-1">${title}</h1>
        ${under && html`<p class="under">${under}</p>`}
      </div>
      ${children && html`<div class="row">${children}</div>`}
    </header>`;
  }

  /** What stands where there is nothing to show, and what to do about it. */
  function Empty({ title, children }) {
    return html`<div class="card state" role="status">
      <h2>${title}</h2>
      ${children}
    </div>`;
  }

  /** @param {{title?: string, detail?: string}} error a problem of the server, or of the network */
  function Failure({ error, retry }) {
    return html`<div class="card state" role="alert">
      <h2>${error.title || "Something went wrong"}</h2>
      <p>${error.detail || String(error.message ?? error)}</p>
      ${retry && html`<button type="button" class="button" onClick=${retry}>Try again</button>`}
    </div>`;
  }

  /** Keeps the place of what is still loading. */
  function Waiting({ size = "tall" }) {
    return html`<div class="skeleton ${size}" role="status">
      <span class="unseen">Loading</span>
    </div>`;
  }

  /** @param {{value: string, label: string}[]} options */
  function Select({ label, value, options, onChange }) {
    return html`<label class="field">
      <span>${label}</span>
      <select class="select" value=${value} onChange=${(event) => onChange(event.target.value)}>
        ${options.map(
          (option) =>
            html`<option value=${option.value} selected=${option.value === value}>
              ${option.label}
            </option>`,
        )}
      </select>
    </label>`;
  }

  function Search({ label, value, placeholder, onInput }) {
    return html`<label class="field grow">
      <span>${label}</span>
      <input
        class="input"
        type="search"
        value=${value}
        placeholder=${placeholder}
        autocomplete="off"
        spellcheck=${false}
        onInput=${(event) => onInput(event.target.value)}
      />
    </label>`;
  }

  /** Buttons of which one is pressed. */
  function Pills({ label, value, options, onChange }) {
    return html`<div class="pills" role="group" aria-label=${label}>
      ${options.map(
        (option) =>
          html`<button
            type="button"
            aria-pressed=${option.value === value}
            onClick=${() => onChange(option.value)}
          >
            ${option.label}
          </button>`,
      )}
    </div>`;
  }

  /** Names and values; those without a value are left out. */
  function Facts({ entries }) {
    const known = entries.filter(([, value]) => value !== undefined && value !== "" && value !== null);
    return html`<dl class="facts">
      ${known.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
    </dl>`;
  }

  return {
    Icon,
    Badge,
    KindBadge,
    StatusBadge,
    Head,
    Empty,
    Failure,
    Waiting,
    Select,
    Search,
    Pills,
    Facts,
  };
})();
