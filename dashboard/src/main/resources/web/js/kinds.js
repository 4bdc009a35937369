"use strict";
/* What the words beside a number mean: its kind, its measure, its status, its metric. */
assay.kinds = (() => {
  const KINDS = {
    exact: {
      label: "exact",
      mark: "",
      style: "exact",
      text: "The model's own likelihood, computed exactly.",
    },
    lower_bound: {
      label: "≤ bound",
      mark: "≤",
      style: "bound",
      text: "From a bound on the likelihood: the true value is no worse than the number.",
    },
    estimate: {
      label: "≈ estimate",
      mark: "≈",
      style: "estimate",
      text: "An estimate of the likelihood: the true value may be better or worse.",
    },
    pseudo: {
      label: "pseudo",
      mark: "~",
      style: "pseudo",
      text: "A pseudo-likelihood: it compares only with itself, and is no likelihood.",
    },
    sample: {
      label: "from samples",
      mark: "",
      style: "",
      text: "Computed from samples that the model drew, beside held-out data.",
    },
    measured: {
      label: "measured",
      mark: "",
      style: "",
      text: "Measured while the run ran. It belongs to the machine as much as to the model.",
    },
  };

  const MEASURES = {
    mass: "Of probability masses: the data is discrete, so likelihoods are at most 1.",
    density: "Of densities: the data is continuous, so values depend on its units.",
  };

  const STATUSES = {
    RUNNING: ["running", "At work, or cut off; the next run of the experiment goes on from there."],
    DONE: ["done", "All numbers are there."],
    SKIPPED: ["", "The model cannot learn such data, or the backend is not available."],
    DIVERGED: ["bad", "A loss, a sample or a score became infinite or no number."],
    TIMED_OUT: ["bad", "The first update took longer than the whole time limit."],
    FAILED: ["bad", "An error ended it; the log says which."],
    CANCELLED: ["warn", "Stopped by the user; the next run goes on from the last checkpoint."],
  };

  const METRICS = {
    nll: "Negative log-likelihood of held-out data, in nats: how surprised the model is.",
    "bits-per-dim": "Negative log-likelihood in bits for each dimension of the data.",
    "bits-per-byte": "Negative log-likelihood in bits for each byte of the raw text.",
    c2st: "How well a classifier tells samples from data: 0 is not at all, 1 is always.",
    mmd: "Maximum mean discrepancy between samples and data.",
    "energy-distance": "Energy distance between samples and data; 0 where they agree.",
    memorization: "Share of samples nearer to a training example than held-out data is; 0.5 is chance.",
    fid: "Fréchet distance between features of samples and data.",
    kid: "Kernel distance between features of samples and data.",
    precision: "Share of samples that lie where data lies.",
    recall: "Share of data that lies where samples lie.",
    "train.seconds": "Time of the training updates alone.",
    "train.examples_per_second": "Training examples a second.",
    "step.milliseconds": "Median time of an update.",
    "sample.seconds": "Time to draw the samples.",
    "sample.examples_per_second": "Samples drawn a second.",
    "memory.peak_bytes": "Largest memory of the process while the run ran.",
    "energy.joules": "Energy of the processors while training.",
    parameters: "Numbers that the model consists of.",
    "parameters.trained": "Of the parameters those that training sets.",
    flops_per_step: "Floating-point operations of an update.",
  };

  const SHORT = {
    "train.seconds": "train",
    "train.examples_per_second": "train rate",
    "step.milliseconds": "step",
    "sample.seconds": "sampling",
    "sample.examples_per_second": "samples/s",
    "memory.peak_bytes": "memory",
    "energy.joules": "energy",
    flops_per_step: "flop/step",
  };

  /** @param {string} kind such as "exact/mass" or "sample" */
  function of(kind) {
    const [name, measure] = String(kind).split("/");
    const known = KINDS[name] ?? { label: name, mark: "", style: "", text: "" };
    return { ...known, measure: measure ?? "", measureText: MEASURES[measure] ?? "" };
  }

  function status(name) {
    const [style, text] = STATUSES[name] ?? ["", ""];
    return { label: String(name).toLowerCase().replaceAll("_", " "), style, text };
  }

  const arrow = (direction) => ({ lower: "↓", higher: "↑" })[direction] ?? "";

  /** "v1|method:iwae|k:50" as [["version", "v1"], ["method", "iwae"], ["k", "50"]]. */
  function signature(text) {
    return String(text ?? "")
      .split("|")
      .filter(Boolean)
      .map((part) => {
        const at = part.indexOf(":");
        return at < 0 ? ["version", part] : [part.slice(0, at), part.slice(at + 1)];
      });
  }

  return {
    of,
    status,
    arrow,
    signature,
    explain: (metric) => METRICS[metric] ?? "",
    short: (metric) => SHORT[metric] ?? metric,
  };
})();
