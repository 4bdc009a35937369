package dev.assay.tensor;

import dev.assay.tensor.plan.Kernel;
import dev.assay.tensor.plan.Plan;
import dev.assay.tensor.plan.View;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that threads may run a plan: no kernel of a phase touches what another of the same phase
 * writes, and a kernel that overwrites an operand does so element by element.
 */
final class PlanHazards {
  private final PlanInterpreter interpreter;

  PlanHazards(PlanInterpreter interpreter) {
    this.interpreter = interpreter;
  }

  void check(Plan plan) {
    for (List<Kernel> phase : plan.phases()) {
      Map<double[], BitSet> written = new IdentityHashMap<>();
      for (Kernel kernel : phase) {
        within(kernel);
        for (View view : kernel.writes()) {
          if (!claim(written, view)) {
            throw new AssertionError(
                "two writers meet at " + view + " in a phase\n" + plan.explain());
          }
        }
      }
      for (Kernel kernel : phase) {
        Map<double[], BitSet> others = new IdentityHashMap<>();
        written.forEach((space, cells) -> others.put(space, (BitSet) cells.clone()));
        kernel.writes().forEach(view -> cells(others, view).andNot(cells(view)));
        for (View view : kernel.reads()) {
          if (cells(others, view).intersects(cells(view))) {
            throw new AssertionError(
                "a phase writes " + view + " and reads it elsewhere\n" + plan.explain());
          }
        }
      }
    }
  }

  private void within(Kernel kernel) {
    for (View out : kernel.writes()) {
      Map<double[], BitSet> overwritten = new IdentityHashMap<>();
      cells(overwritten, out).or(cells(out));
      for (View in : kernel.reads()) {
        boolean meet = cells(overwritten, in).intersects(cells(in));
        boolean elementwise =
            kernel instanceof Kernel.Tile
                || (kernel instanceof Kernel.MatMulTile fused
                    && !fused.product().reads().contains(in));
        boolean first = kernel instanceof Kernel.PutRows put && put.x().equals(in);
        boolean same = Arrays.equals(interpreter.positions(in), interpreter.positions(out));
        if (meet && !(same && (elementwise || first))) {
          throw new AssertionError("kernel overwrites " + in + " with " + out + ": " + kernel);
        }
      }
    }
  }

  private boolean claim(Map<double[], BitSet> taken, View view) {
    BitSet own = cells(view);
    boolean free = !cells(taken, view).intersects(own);
    cells(taken, view).or(own);
    return free;
  }

  private BitSet cells(Map<double[], BitSet> bySpace, View view) {
    return bySpace.computeIfAbsent(interpreter.base(view.buffer()).space(), unused -> new BitSet());
  }

  private BitSet cells(View view) {
    BitSet cells = new BitSet();
    for (int position : interpreter.positions(view)) {
      cells.set(position);
    }
    return cells;
  }
}
