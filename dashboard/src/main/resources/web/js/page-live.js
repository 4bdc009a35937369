"use strict";
/* What runs now. */
assay.livePage = (() => {
  const { html, format, live, parts, route } = assay;

  const SAYS = {
    open: ["done", "live"],
    waiting: ["", "connecting"],
    lost: ["warn", "connection lost, trying again"],
  };

  function Ended({ runs }) {
    if (runs.length === 0) return null;
    return html`<section class="section"><div class="section-head"><h2>Just ended</h2></div>
      <ul class="card ended" aria-live="polite">${runs.map(
        (run) => html`<li key=${run.id}>
        <a href=${route.href(["run", run.id])}>${run.model}</a>
        <span class="soft settings">${[run.params, run.dataset].filter(Boolean).join(" · ")}</span>
        <span class="soft">${run.seconds > 0 ? format.duration(run.seconds) : ""}</span>
        <${parts.StatusBadge} status=${run.status} /></li>`,
      )}</ul></section>`;
  }

  return function LivePage() {
    const { running, ended, connection } = live.useLive();
    if (assay.api.isStatic()) {
      return html`<${parts.Head} title="Live" /><${parts.Empty} title="A published site stands still">
        <p>Runs in progress are shown by <code>assay serve</code>.</p><//>`;
    }
    const [style, label] = SAYS[connection];
    return html`<${parts.Head} title="Live" under="Runs in progress, as they go.">
        <span class="badge ${style}" role="status">${label}</span>
      <//>
      ${
        running.length === 0
          ? html`<${parts.Empty} title="Nothing is running">
            <p>Start an experiment; it appears here within seconds, without loading this page again.</p>
            <pre>./assay run experiments/quickstart.yaml</pre><//>`
          : html`<div class="live-cards">${running.map((run) => html`<${live.Card} key=${run.id} run=${run} />`)}</div>`
      }
      <${Ended} runs=${ended} />`;
  };
})();
