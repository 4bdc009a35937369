package dev.assay.tensor.reference;

import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Op;
import dev.assay.tensor.Program;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Evaluates graphs as they are written, operation by operation, every result rounded to float32
 * after being computed in float64. Slow and simple: the arithmetic truth for other backends.
 */
public final class ReferenceBackend implements Backend {
  private boolean closed;

  @Override
  public String id() {
    return ReferenceProvider.ID;
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("device", "jvm");
    facts.put("threads", "1");
    facts.put("precision", "fp32 storage, fp64 arithmetic");
    return facts;
  }

  @Override
  public Variable variable(String name, DType dtype, Shape shape) {
    requireOpen();
    return new ReferenceVariable(this, name, dtype, shape);
  }

  /**
   * @throws IllegalArgumentException if the graph uses a variable of another backend
   */
  @Override
  public Program compile(Graph graph) {
    requireOpen();
    graph.assigns().keySet().forEach(this::own);
    for (Tensor t : graph.order()) {
      if (t.op() instanceof Op.State(Variable variable)) {
        own(variable);
      }
    }
    return new ReferenceProgram(this, graph);
  }

  @Override
  public void close() {
    closed = true;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the backend is closed");
    }
  }

  /** The variable, which must be one of this backend's. */
  ReferenceVariable own(Variable variable) {
    if (variable instanceof ReferenceVariable own && own.belongsTo(this)) {
      return own;
    }
    throw new IllegalArgumentException(
        "variable '" + variable.name() + "' belongs to another backend instance");
  }
}
