package dev.assay.jcuda.lower;

import dev.assay.jcuda.driver.Launch.Grid;
import dev.assay.tensor.DType;
import dev.assay.tensor.Op;
import dev.assay.tensor.plan.Kernel;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions and their adjoints, as products that are never laid out.
 *
 * @param name of the kernel, without precision and tile
 * @param window the kernel's parameters from the image's height to the outputs of a group
 * @param rows of the product's result in a group
 * @param columns of it
 * @param depth extent of the summed axis
 * @param pixels rows of the images that the kernel counts
 * @param operands addresses of first, second and result
 */
record ConvolutionWork(
    String name,
    List<Number> window,
    int groups,
    int rows,
    int columns,
    int depth,
    int pixels,
    List<Long> operands,
    long results,
    Precision precision)
    implements Work {
  private static final int THREADS = 256;
  private static final String FILTER = "convolution_filter";

  static ConvolutionWork of(Kernel.Conv conv, Addresses addresses, Precision precision) {
    List<Long> operands =
        List.of(addresses.of(conv.first()), addresses.of(conv.second()), addresses.of(conv.out()));
    int[] first = conv.first().dims();
    int[] second = conv.second().dims();
    int[] out = conv.out().dims();
    int results = conv.out().size();
    return switch (conv.op()) {
      case Op.Conv2d(Op.Window w) -> {
        int group = second[3] / w.groups();
        int pixels = out[0] * out[1] * out[2];
        int depth = second[0] * second[1] * second[2];
        yield new ConvolutionWork(
            "convolution",
            window(first, second, out, w),
            w.groups(),
            pixels,
            group,
            depth,
            pixels,
            operands,
            results,
            precision);
      }
      case Op.Conv2dInput(Op.Window w, int _, int _) -> {
        int group = second[3] / w.groups();
        int pixels = out[0] * out[1] * out[2];
        yield new ConvolutionWork(
            "convolution_input",
            window(out, second, first, w),
            w.groups(),
            pixels,
            second[2],
            second[0] * second[1] * group,
            pixels,
            operands,
            results,
            precision);
      }
      case Op.Conv2dFilter(Op.Window w, int _, int _) -> {
        int pixels = second[0] * second[1] * second[2];
        yield new ConvolutionWork(
            FILTER,
            window(first, out, second, w),
            w.groups(),
            out[0] * out[1] * out[2],
            out[3] / w.groups(),
            pixels,
            pixels,
            operands,
            results,
            precision);
      }
      default -> throw new IllegalStateException("no convolution: " + conv.op());
    };
  }

  /** Of x [n, h, w, c], filter [kh, kw, c / groups, o] and y [n, h', w', o]. */
  private static List<Number> window(int[] x, int[] filter, int[] y, Op.Window w) {
    return List.of(
        x[1],
        x[2],
        x[3],
        y[1],
        y[2],
        y[3],
        filter[0],
        filter[1],
        w.strideHeight(),
        w.strideWidth(),
        w.padTop(),
        w.padLeft(),
        w.dilationHeight(),
        w.dilationWidth(),
        filter[2],
        filter[3] / w.groups());
  }

  private boolean ofFilter() {
    return name.equals(FILTER);
  }

  private Tiling tiling() {
    return Tiling.of(groups, rows, columns, depth, ofFilter(), Tiling.LARGE, precision);
  }

  @Override
  public long workspaceBytes() {
    int parts = tiling().parts();
    return ofFilter() && parts > 1 ? parts * results * DType.BYTES : 0;
  }

  @Override
  public List<Call> calls(long workspace) {
    Tiling tiling = tiling();
    int parts = ofFilter() ? tiling.parts() : 1;
    List<Number> arguments = new ArrayList<>();
    arguments.add(operands.get(0));
    arguments.add(operands.get(1));
    arguments.add(parts == 1 ? operands.get(2) : workspace);
    arguments.addAll(window);
    arguments.add(pixels);
    if (ofFilter()) {
      arguments.add(parts);
      arguments.add(tiling.share());
    }
    Grid grid = new Grid(tiling.blocksOf(rows), tiling.blocksOf(columns), groups * parts);
    String kernel = name + "_" + precision.id() + "_" + tiling.size();
    List<Call> calls = new ArrayList<>();
    calls.add(Call.committed("convolution", kernel, grid, THREADS, 0, arguments));
    if (parts > 1) {
      calls.add(
          Call.rows("combine", results, workspace, operands.get(2), 1, parts, (int) results, 0));
    }
    return calls;
  }
}
