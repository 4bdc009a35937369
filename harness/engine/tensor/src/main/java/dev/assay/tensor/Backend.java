package dev.assay.tensor;

import java.util.Map;

/**
 * Runs graphs on one kind of processor. Programs and variables of one backend instance belong
 * together and die with it.
 */
public interface Backend extends AutoCloseable {
  /** {@code reference}, {@code cpu}, {@code jcuda}. */
  String id();

  /**
   * What results depend on or are measured on: device, threads, vector width, BLAS, precision.
   * Ordered.
   */
  Map<String, String> facts();

  /** A new variable, all zeros. */
  Variable variable(String name, DType dtype, Shape shape);

  /** Compiles a graph whose variables come from this backend. */
  Program compile(Graph graph);

  /** Frees all memory of its programs and variables. */
  @Override
  void close();
}
