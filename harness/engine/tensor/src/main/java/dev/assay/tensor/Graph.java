package dev.assay.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a program computes: named outputs, and the new values of variables. All reads of a variable
 * see the value from before the replay.
 *
 * @param outputs by name
 * @param assigns new values by variable
 */
public record Graph(Map<String, Tensor> outputs, Map<Variable, Tensor> assigns) {
  public Graph {
    outputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    assigns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(assigns));
    assigns.forEach((variable, value) -> {
      if (!value.shape().equals(variable.shape()) || value.dtype() != variable.dtype()) {
        throw new ShapeException(
            "variable '"
                + variable.name()
                + "' is "
                + variable.dtype()
                + " "
                + variable.shape()
                + " but was assigned "
                + value.dtype()
                + " "
                + value.shape());
      }
    });
  }

  public static Builder builder() {
    return new Builder();
  }

  /** All tensors that the outputs and assignments need, operands before users; deterministic. */
  public List<Tensor> order() {
    List<Tensor> roots = new ArrayList<>(outputs.values());
    roots.addAll(assigns.values());
    return order(roots);
  }

  /** All tensors that {@code roots} need, operands before users. */
  public static List<Tensor> order(List<Tensor> roots) {
    List<Tensor> order = new ArrayList<>();
    Set<Tensor> done = new HashSet<>();
    Set<Tensor> opened = new HashSet<>();
    Deque<Tensor> stack = new ArrayDeque<>();
    for (Tensor root : roots) {
      stack.push(root);
      while (!stack.isEmpty()) {
        Tensor top = stack.peek();
        if (done.contains(top)) {
          stack.pop();
        } else if (opened.add(top)) {
          for (int i = top.operands().size() - 1; i >= 0; i--) {
            if (!done.contains(top.operands().get(i))) {
              stack.push(top.operands().get(i));
            }
          }
        } else {
          stack.pop();
          done.add(top);
          order.add(top);
        }
      }
    }
    return order;
  }

  /** One line per tensor, operands before users, then the outputs and assignments. */
  @Override
  public String toString() {
    Map<Tensor, Integer> number = new HashMap<>();
    StringBuilder text = new StringBuilder();
    for (Tensor t : order()) {
      number.put(t, number.size());
      text.append('%').append(number.get(t)).append(" = ").append(t);
      String separator = " (";
      for (Tensor operand : t.operands()) {
        text.append(separator).append('%').append(number.get(operand));
        separator = ", ";
      }
      text.append(t.operands().isEmpty() ? "\n" : ")\n");
    }
    outputs.forEach((name, t) ->
        text.append("output ").append(name).append(" = %").append(number.get(t)).append('\n'));
    assigns.forEach((variable, t) ->
        text.append("assign ")
            .append(variable.name())
            .append(" = %")
            .append(number.get(t))
            .append('\n'));
    return text.toString();
  }

  /** Collects outputs and assignments. */
  public static final class Builder {
    private final Map<String, Tensor> outputs = new LinkedHashMap<>();
    private final Map<Variable, Tensor> assigns = new LinkedHashMap<>();

    private Builder() {}

    /**
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder output(String name, Tensor value) {
      if (outputs.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("two outputs are named '" + name + "'");
      }
      return this;
    }

    /**
     * @throws IllegalArgumentException if the variable was assigned already
     */
    public Builder assign(Variable variable, Tensor value) {
      if (assigns.putIfAbsent(variable, value) != null) {
        throw new IllegalArgumentException("variable '" + variable.name() + "' is assigned twice");
      }
      return this;
    }

    public Builder assign(Map<Variable, Tensor> values) {
      values.forEach(this::assign);
      return this;
    }

    public Graph build() {
      return new Graph(outputs, assigns);
    }
  }
}
