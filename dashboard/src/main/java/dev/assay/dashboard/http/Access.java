package dev.assay.dashboard.http;

/** What a request must show. */
public enum Access {
  /** Nothing: it gives away no data. */
  PUBLIC,
  /** A token with scope {@code read}, unless reading is open. */
  READ,
  /** A token with scope {@code upload}, always. */
  UPLOAD
}
