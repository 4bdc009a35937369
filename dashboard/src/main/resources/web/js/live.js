"use strict";
/* Runs in progress, by server-sent events read with fetch, so that a token can go along. */
assay.live = (() => {
  const { html, api, format, parts, route } = assay;
  const { useEffect, useState } = assay.hooks;
  const KEPT = 240;

  const running = new Map();
  const ended = [];
  const tracks = new Map();
  const listeners = new Set();
  let connection = "waiting";
  let lastId = "";
  let started = false;

  const tell = () => listeners.forEach((listener) => listener());

  /** Splits a stream into events; what is not yet complete waits. */
  function parser(onEvent) {
    let text = "";
    return (chunk) => {
      text += chunk;
      const blocks = text.split(/\r?\n\r?\n/);
      text = blocks.pop();
      for (const block of blocks) {
        const event = { event: "message", data: [], id: undefined };
        for (const line of block.split(/\r?\n/)) {
          const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line);
          if (field === "data") event.data.push(value);
          else if (field === "event" || field === "id") event[field] = value;
        }
        if (event.data.length > 0) onEvent({ ...event, data: event.data.join("\n") });
      }
    };
  }

  function track(run) {
    const points = tracks.get(run.id) ?? [];
    if (format.isNumber(run.value) && points.at(-1)?.step !== run.step) {
      points.push({ step: run.step, value: run.value });
      if (points.length > KEPT) points.splice(0, points.length - KEPT);
    }
    tracks.set(run.id, points);
  }

  let soon;

  /** Many changes at once make one load. */
  function refresh() {
    clearTimeout(soon);
    soon = setTimeout(api.renew, 700);
  }

  const APPLY = {
    /** It stands for events that were missed, changes of the boards among them. */
    snapshot(live) {
      if (lastId !== "") refresh();
      running.clear();
      for (const run of live.running) APPLY.progress(run);
    },
    progress(run) {
      running.set(run.id, run);
      track(run);
    },
    ended(run) {
      running.delete(run.id);
      ended.unshift(run);
      ended.splice(12);
    },
    index: refresh,
  };

  function apply({ event, data, id }) {
    if (Object.hasOwn(APPLY, event)) APPLY[event](JSON.parse(data));
    if (id !== undefined) lastId = id;
    tell();
  }

  let reading = new AbortController();

  /** A page that nobody sees keeps no connection: a browser has only six of them for a server. */
  function shown() {
    if (document.visibilityState === "visible") return Promise.resolve();
    return new Promise((resolve) =>
      document.addEventListener("visibilitychange", resolve, { once: true }),
    ).then(shown);
  }

  /** Before the server is shown a token there is nothing to read. */
  function admitted() {
    if (!api.isClosed()) return Promise.resolve();
    return new Promise((resolve) => {
      const ignore = api.listen(() => {
        if (api.isClosed()) return;
        ignore();
        resolve();
      });
    });
  }

  function stop() {
    reading.abort();
  }

  async function read() {
    reading = new AbortController();
    const response = await api.open("events", {
      headers: lastId ? { "Last-Event-ID": lastId } : {},
      cache: "no-store",
      signal: reading.signal,
    });
    connection = "open";
    tell();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const feed = parser(apply);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      feed(value);
    }
  }

  async function keepReading() {
    addEventListener("pagehide", stop);
    document.addEventListener("visibilitychange", () => document.hidden && stop());
    for (let wait = 1000; ; wait = Math.min(wait * 2, 30_000)) {
      await shown();
      await admitted();
      await read().catch(() => {});
      if (connection === "open") wait = 1000;
      connection = reading.signal.aborted ? "waiting" : "lost";
      tell();
      if (!reading.signal.aborted) await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  /** Calls back when anything has moved; the first caller opens the stream. */
  function watch(listener) {
    listeners.add(listener);
    if (!started && api.site() && !api.isStatic()) {
      started = true;
      keepReading();
    }
    return () => listeners.delete(listener);
  }

  function useLive() {
    const [, draw] = useState(0);
    useEffect(() => watch(() => draw((n) => n + 1)), []);
    return { running: [...running.values()], ended, connection };
  }

  /** A dot in the navigation while something runs. */
  function Mark() {
    const { running: now } = useLive();
    const moving = now.filter((run) => !run.stalled).length;
    return (
      moving > 0 && html`<span class="dot live s3 mark" role="img" aria-label="${moving} running"></span>`
    );
  }

  function Spark({ points }) {
    const known = points.filter(({ value }) => format.isNumber(value));
    if (known.length < 2) return html`<svg class="spark" viewBox="0 0 240 44" aria-hidden="true"></svg>`;
    const xs = assay.scale.scale(
      known.map(({ step }) => step),
      false,
      [2, 238],
    );
    const ys = assay.scale.scale(
      known.map(({ value }) => value),
      false,
      [42, 2],
    );
    const path = known.map(
      ({ step, value }, i) => `${i ? "L" : "M"}${xs.at(step).toFixed(1)} ${ys.at(value).toFixed(1)}`,
    );
    return html`<svg class="spark" viewBox="0 0 240 44" preserveAspectRatio="none" aria-hidden="true"><path d=${path.join("")} /></svg>`;
  }

  function Card({ run }) {
    const left = run.etaSeconds === null ? "" : `${format.duration(run.etaSeconds)} left`;
    return html`<article class="card padded live-card">
      <header class="row"><a class="live-name" href=${route.href(["run", run.id])}>${run.model}</a>
        ${
          run.stalled
            ? html`<${parts.Badge} label="cut off" style="warn" text="Nobody works on it; the next assay run goes on from its last checkpoint." />`
            : html`<span class="badge running"><span class="dot live"></span>running</span>`
        }</header>
      <p class="small soft settings">${run.params && html`<span class="mono">${run.params}</span>`}
        <span>${run.dataset} · ${run.backend} · seed ${run.trainSeed}</span></p>
      <progress max="1" value=${run.fraction ?? undefined} aria-label="Progress of ${run.model}"></progress>
      <dl class="live-facts">
        <div><dt>step</dt><dd>${format.count(run.step)}</dd></div>
        <div><dt>${run.curve ?? "loss"}</dt><dd>${format.number(run.value)}</dd></div>
        <div><dt>rate</dt><dd>${run.examplesPerSecond === null ? "–" : `${format.si(run.examplesPerSecond)}/s`}</dd></div>
        <div><dt>time</dt><dd>${left || format.duration(run.seconds)}</dd></div>
      </dl>
      <${Spark} points=${tracks.get(run.id) ?? []} />
    </article>`;
  }

  return { watch, useLive, Mark, Card, parser };
})();
