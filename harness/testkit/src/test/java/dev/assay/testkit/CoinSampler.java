package dev.assay.testkit;

/** No settings. */
record CoinSampler() {}
