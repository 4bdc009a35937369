package dev.assay.tensor.plan;

import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import java.util.List;
import java.util.Map;

/**
 * A compiled graph: kernels in phases, and where every buffer lives.
 *
 * @param graph the graph after simplification
 * @param phases kernels of one phase do not depend on each other and may run at the same time
 * @param buffers all buffers, with places
 * @param inputs by name
 * @param outputs contiguous views by name, valid after a run
 * @param arenaBytes size of the arena that temporary buffers share
 */
public record Plan(
    Graph graph,
    List<List<Kernel>> phases,
    List<Buffer> buffers,
    Map<String, Buffer> inputs,
    Map<String, View> outputs,
    long arenaBytes) {

  /** Bytes that the kernels of one replay read and write, counting each view once per kernel. */
  public long bytesMoved() {
    long bytes = 0;
    for (List<Kernel> phase : phases) {
      for (Kernel kernel : phase) {
        for (View view : kernel.reads()) {
          bytes += distinct(view);
        }
        for (View view : kernel.writes()) {
          bytes += distinct(view);
        }
      }
    }
    return bytes;
  }

  private static long distinct(View view) {
    long elements = 1;
    for (int i = 0; i < view.dims().length; i++) {
      elements *= view.strides()[i] == 0 ? 1 : view.dims()[i];
    }
    return elements * DType.BYTES;
  }

  /** Kernels by phase, bytes moved and the memory plan, for people. */
  public String explain() {
    StringBuilder text = new StringBuilder();
    int kernels = phases.stream().mapToInt(List::size).sum();
    text.append(
        "%d kernels in %d phases, %.2f MB moved, arena %.2f MB%n"
            .formatted(kernels, phases.size(), bytesMoved() / 1e6, arenaBytes / 1e6));
    for (int i = 0; i < phases.size(); i++) {
      text.append("phase ").append(i).append('\n');
      for (Kernel kernel : phases.get(i)) {
        text.append("  ").append(describe(kernel)).append('\n');
      }
    }
    text.append("buffers\n");
    for (Buffer buffer : buffers) {
      String place =
          buffer.place() instanceof Buffer.Place.Arena(long offset) ? "arena+" + offset : "own";
      text.append("  ")
          .append(buffer)
          .append(' ')
          .append(buffer.dtype())
          .append(" [")
          .append(buffer.size())
          .append("] ")
          .append(place)
          .append('\n');
    }
    return text.toString();
  }

  private static String describe(Kernel kernel) {
    String operands = kernel.reads() + " -> " + kernel.writes();
    return switch (kernel) {
      case Kernel.Tile tile -> {
        StringBuilder ops = new StringBuilder();
        for (Kernel.Instr instr : tile.code()) {
          switch (instr) {
            case Kernel.Instr.Apply apply -> ops.append(' ').append(name(apply.op()));
            case Kernel.Instr.Reduce reduce -> ops.append(" row-").append(reduce.fn());
            case Kernel.Instr.Load _, Kernel.Instr.Const _, Kernel.Instr.Store _ -> {}
          }
        }
        yield "Tile " + tile.rows() + "x" + tile.columns() + ops + ": " + operands;
      }
      case Kernel.ReduceMiddle r ->
          "Reduce "
              + r.fn()
              + " "
              + r.outer()
              + "x"
              + r.middle()
              + "x"
              + r.columns()
              + " in "
              + r.chunks()
              + ": "
              + operands;
      default -> kernel.getClass().getSimpleName() + ": " + operands;
    };
  }

  private static String name(dev.assay.tensor.Op op) {
    return switch (op) {
      case dev.assay.tensor.Op.Unary(var fn) -> fn.name();
      case dev.assay.tensor.Op.Binary(var fn) -> fn.name();
      default -> op.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
    };
  }
}
