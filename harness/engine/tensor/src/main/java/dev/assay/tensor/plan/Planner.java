package dev.assay.tensor.plan;

import dev.assay.tensor.Graph;
import dev.assay.tensor.Op;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Makes a {@link Plan} of a graph. The same graph always gives the same plan. */
public final class Planner {
  private final Graph graph;
  private final Predicate<Kernel.MatMul> fusible;
  private final Access.Resolver accesses = new Access.Resolver();
  private final Emitter emitter;
  private final Map<String, View> outputs = new LinkedHashMap<>();

  private Planner(Graph source, Predicate<Kernel.MatMul> fusible) {
    this.fusible = fusible;
    graph = Normalize.of(source);
    Fusion fusion = new Fusion(graph.order(), accesses);
    reachOutputs(fusion);
    List<Unit> units = fusion.topological();
    Realize realize = new Realize(graph, fusion, accesses, units);
    emitter = new Emitter(fusion, realize, accesses, new Joins(graph, fusion, accesses, units));
    units.forEach(emitter::emit);
  }

  public static Plan plan(Graph graph) {
    return plan(graph, _ -> false);
  }

  /**
   * A plan in which products may pass their elements on to the tile that reads them.
   *
   * @param fusible whether a product may become part of a {@link Kernel.MatMulTile}, where nothing
   *     else reads it
   */
  public static Plan plan(Graph graph, Predicate<Kernel.MatMul> fusible) {
    return new Planner(graph, fusible).finish();
  }

  /** Sees to it that bases of outputs which are forced copies have units. */
  private void reachOutputs(Fusion fusion) {
    graph.outputs().values().forEach(t -> fusion.unit(accesses.of(t).base()));
    graph.assigns().values().forEach(t -> fusion.unit(accesses.of(t).base()));
  }

  private Plan finish() {
    Set<Buffer> kept = new HashSet<>();
    graph.outputs().forEach((name, t) -> outputs.put(name, result(t, kept)));
    Schedule schedule = assign(kept);
    List<List<Kernel>> phases = schedule.phases();
    long arena = Memory.place(phases, emitter.buffers(), kept);
    Map<String, Buffer> inputs = new LinkedHashMap<>();
    List<Buffer> placed = new ArrayList<>();
    for (Buffer buffer : emitter.buffers()) {
      if (buffer.temporary() && !Memory.isPlaced(buffer)) {
        continue;
      }
      placed.add(buffer);
      if (buffer.place() instanceof Buffer.Place.Input(String name)) {
        inputs.put(name, buffer);
      }
    }
    return new Plan(graph, phases, placed, inputs, outputs, arena);
  }

  /** A contiguous view of a temporary buffer of its own that will hold t after the run. */
  private View result(Tensor t, Set<Buffer> kept) {
    Access access = accesses.of(t);
    View view = emitter.contiguous(t);
    boolean whole = view.offset() == 0 && view.buffer().size() == t.shape().size();
    if (!view.buffer().temporary() || !whole || access.base().op() instanceof Op.State) {
      View copy = View.contiguous(emitter.temporary(t.dtype(), t.shape().size()), t.shape().dims());
      emitter.copy(new View(view.buffer(), view.offset(), copy.dims(), copy.strides()), copy);
      view = copy;
    }
    kept.add(view.buffer());
    return view;
  }

  private static boolean isState(Tensor t, Variable variable) {
    return t.op() instanceof Op.State(Variable read) && read.equals(variable);
  }

  /**
   * Directs new values of variables into their storage, in place where no reader of the old value
   * would notice.
   */
  private Schedule assign(Set<Buffer> kept) {
    record Pending(Buffer state, Buffer source) {}
    List<Pending> pending = new ArrayList<>();
    Set<Buffer> claimed = new HashSet<>(kept);
    for (Map.Entry<Variable, Tensor> entry : graph.assigns().entrySet()) {
      Tensor t = entry.getValue();
      if (t.shape().size() == 0 || isState(t, entry.getKey())) {
        continue;
      }
      View view = emitter.contiguous(t);
      Buffer source = view.buffer();
      boolean own = source.temporary() && view.offset() == 0 && source.size() == view.size();
      if (!own || !claimed.add(source)) {
        source = emitter.temporary(t.dtype(), t.shape().size());
        View copy = View.contiguous(source, t.shape().dims());
        emitter.copy(new View(view.buffer(), view.offset(), copy.dims(), copy.strides()), copy);
        claimed.add(source);
      }
      pending.add(new Pending(emitter.state(entry.getKey()), source));
    }
    Schedule schedule = new Schedule(Products.fuse(emitter.kernels(), claimed, fusible));
    List<Pending> late = new ArrayList<>();
    for (Pending p : pending) {
      if (schedule.writesInPlace(p.source, p.state)) {
        p.source.place(p.state.place());
      } else {
        late.add(p);
      }
    }
    for (Pending p : late) {
      int before = emitter.kernels().size();
      emitter.copy(
          View.contiguous(p.source, p.source.size()), View.contiguous(p.state, p.state.size()));
      schedule.append(emitter.kernels().get(before), p.state);
    }
    return schedule;
  }
}
