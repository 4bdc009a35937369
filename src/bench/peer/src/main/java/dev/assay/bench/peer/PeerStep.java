package dev.assay.bench.peer;

/** A step in PyTorch that can be repeated. */
interface PeerStep {
  /** Makes the next batch and runs one step on it. */
  void run();

  /** The last step's loss; NaN if it has none. */
  double loss();

  /** Trained numbers. */
  long parameters();
}
