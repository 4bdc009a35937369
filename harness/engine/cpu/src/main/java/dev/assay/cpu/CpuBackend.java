package dev.assay.cpu;

import dev.assay.cpu.crew.Crew;
import dev.assay.cpu.gemm.Gemm;
import dev.assay.cpu.gemm.Gemms;
import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.vector.Loops;
import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Variable;
import java.lang.foreign.Arena;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs plans on the cores of this machine: vector loops and a single-threaded BLAS over fixed
 * tiles.
 */
public final class CpuBackend implements Backend {
  private final Crew crew;
  private final Arena arena = Arena.ofShared();
  private final Gemm gemm;
  private boolean closed;

  /**
   * @param threads compute threads, at least 1; results do not depend on it
   */
  public CpuBackend(int threads) {
    crew = new Crew(threads);
    Loops.prepare();
    gemm = Gemms.select().gemm();
  }

  @Override
  public String id() {
    return CpuProvider.ID;
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("device", "cpu");
    facts.put("precision", "fp32");
    facts.put("threads", String.valueOf(crew.threads()));
    facts.put("vector_bits", String.valueOf(Memory.FLOATS.vectorBitSize()));
    facts.put("blas", gemm.name());
    facts.put("blas_core", gemm.core());
    return Collections.unmodifiableMap(facts);
  }

  @Override
  public Variable variable(String name, DType dtype, Shape shape) {
    requireOpen();
    long address = Memory.allocate(arena, (long) shape.size() * DType.BYTES);
    return new CpuVariable(this, name, dtype, shape, address);
  }

  @Override
  public Program compile(Graph graph) {
    requireOpen();
    return new CpuProgram(this, crew, graph);
  }

  Gemm gemm() {
    return gemm;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the cpu backend is closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      crew.close();
      arena.close();
    }
  }
}
