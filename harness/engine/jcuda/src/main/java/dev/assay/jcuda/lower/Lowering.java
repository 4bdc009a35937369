package dev.assay.jcuda.lower;

import dev.assay.jcuda.driver.Launch.Grid;
import dev.assay.jcuda.ptx.ElementwiseKernel;
import dev.assay.jcuda.ptx.Epilogue;
import dev.assay.jcuda.ptx.MiddleKernel;
import dev.assay.jcuda.ptx.PadKernel;
import dev.assay.jcuda.ptx.RowKernel;
import dev.assay.jcuda.ptx.Source;
import dev.assay.tensor.DType;
import dev.assay.tensor.Op;
import dev.assay.tensor.plan.Kernel;
import dev.assay.tensor.plan.View;
import java.util.ArrayList;
import java.util.List;

/** Turns the kernels of a plan, a phase at a time, into work. */
public final class Lowering {
  private static final int VECTOR_BYTES = 16;
  private static final int SCATTER_THREADS = 256;

  /** Instructions in a kernel that tiles share, at most: its parameters must fit into 4 KB. */
  private static final int MERGED = 400;

  /** Columns of a row that one block of {@code scatter_add} sums. */
  private static final int SCATTER_COLUMNS = 1024;

  private final Addresses addresses;
  private final Tables tables;
  private final Precision precision;
  private final Products products;

  /** Puts what kernels read, and nothing writes, into memory of the program. */
  @FunctionalInterface
  public interface Tables {
    /** The address of a copy of the words. */
    long place(long[] words);
  }

  public Lowering(Addresses addresses, Tables tables, Precision precision, Products products) {
    this.addresses = addresses;
    this.tables = tables;
    this.precision = precision;
    this.products = products;
  }

  /**
   * The work of kernels that do not depend on each other. Elementwise ones, such as the updates of
   * all parameters, share launches.
   */
  public List<Work> works(List<Kernel> phase) {
    List<Work> works = new ArrayList<>();
    List<Kernel.Tile> tiles = new ArrayList<>();
    for (Kernel kernel : phase) {
      if (kernel instanceof Kernel.Tile tile && !tile.reduces()) {
        tiles.add(tile);
      } else {
        works.add(work(kernel));
      }
    }
    List<List<Kernel.Tile>> together = new ArrayList<>();
    int size = 0;
    for (List<Kernel.Tile> alike : ElementwiseKernel.alike(tiles, this::isAligned)) {
      int own = alike.get(0).code().size();
      if (size + own > MERGED && !together.isEmpty()) {
        works.add(elementwise(together));
        together = new ArrayList<>();
        size = 0;
      }
      together.add(alike);
      size += own;
    }
    if (!together.isEmpty()) {
      works.add(elementwise(together));
    }
    return works;
  }

  /** Whether a product can pass its elements on to the tile that reads them. */
  public static boolean isFusible(Kernel.MatMul product, Precision precision, Products products) {
    return MatMulWork.of(product, _ -> 0, precision).isWhole()
        && products.isOwn(new Products.Product(product, _ -> 0, precision));
  }

  private Work elementwise(List<List<Kernel.Tile>> groups) {
    return generated(ElementwiseKernel.of(groups, this::isAligned));
  }

  private Work work(Kernel kernel) {
    return switch (kernel) {
      case Kernel.Tile tile -> tile(tile);
      case Kernel.ReduceMiddle reduce -> middle(reduce);
      case Kernel.MatMul matmul ->
          products.work(new Products.Product(matmul, addresses, precision));
      case Kernel.MatMulTile fused -> matMulTile(fused);
      case Kernel.Conv conv -> ConvolutionWork.of(conv, addresses, precision);
      case Kernel.Attention attention -> new AttentionWork(attention, addresses, precision);
      case Kernel.AttentionGrad gradient -> new AttentionGradWork(gradient, addresses, precision);
      case Kernel.Gather gather -> gather(gather);
      case Kernel.ScatterAdd scatter -> scatterAdd(scatter);
      case Kernel.PutRows put -> putRows(put);
      case Kernel.ArgMax argMax -> argMax(argMax);
      case Kernel.Random random -> random(random);
      case Kernel.Pad pad -> generated(PadKernel.of(pad));
    };
  }

  private Work matMulTile(Kernel.MatMulTile fused) {
    View product = fused.product().out();
    int columns = product.dims()[product.dims().length - 1];
    Epilogue epilogue = Epilogue.of(fused.tile(), product.buffer(), columns, this::isAligned);
    Addresses known = buffer -> buffer == product.buffer() ? 0 : addresses.of(buffer);
    return MatMulWork.of(fused.product(), known, precision).with(epilogue, of(epilogue.views()));
  }

  private boolean isAligned(View view) {
    return addresses.of(view) % VECTOR_BYTES == 0;
  }

  private Work generated(Source source) {
    List<Number> arguments = of(source.views());
    source.tables().forEach(table -> arguments.add(tables.place(table.words(addresses::of))));
    return once(Call.generated(source, arguments));
  }

  private static Work once(Call... calls) {
    return _ -> List.of(calls);
  }

  private List<Number> of(List<View> views) {
    List<Number> arguments = new ArrayList<>();
    views.forEach(view -> arguments.add(addresses.of(view)));
    return arguments;
  }

  private Work tile(Kernel.Tile tile) {
    return tile.reduces() ? generated(RowKernel.of(tile)) : elementwise(List.of(List.of(tile)));
  }

  private Work middle(Kernel.ReduceMiddle kernel) {
    int slices = kernel.outer() * kernel.chunks();
    int parts = MiddleKernel.parts(kernel);
    Source source = MiddleKernel.of(kernel);
    long out = addresses.of(kernel.out());
    List<Number> arguments = of(source.views());
    if (parts == 1) {
      arguments.add(out);
      return once(Call.generated(source, arguments));
    }
    boolean maximum = kernel.fn() == Op.ReduceFn.MAX;
    return new Combined(
        (long) slices * parts * kernel.columns(),
        partials -> {
          List<Number> all = new ArrayList<>(arguments);
          all.add(partials);
          return Call.generated(source, all);
        },
        new Combined.Shape(slices, parts, kernel.columns(), maximum),
        out);
  }

  private Work gather(Kernel.Gather kernel) {
    View table = kernel.table();
    int n = kernel.indices().size();
    int rows = table.dims()[0];
    // a table without rows does not tell how wide they are
    int width = kernel.out().buffer().size() / n;
    return once(
        Call.rows(
            "gather",
            (long) n * width,
            addresses.of(table),
            addresses.of(kernel.indices()),
            addresses.of(kernel.out()),
            rows,
            (long) table.strides()[0],
            n,
            width));
  }

  private Work scatterAdd(Kernel.ScatterAdd kernel) {
    int rows = kernel.out().dims()[0];
    int width = kernel.out().dims()[1];
    int across = (width + SCATTER_COLUMNS - 1) / SCATTER_COLUMNS;
    return once(
        Call.committed(
            "rows",
            "scatter_add",
            new Grid(rows, across, 1),
            SCATTER_THREADS,
            0,
            List.of(
                addresses.of(kernel.indices()),
                addresses.of(kernel.values()),
                addresses.of(kernel.out()),
                kernel.indices().size(),
                width)));
  }

  private Work putRows(Kernel.PutRows kernel) {
    int rows = kernel.out().dims()[0];
    int width = kernel.out().dims()[1];
    int n = kernel.indices().size();
    long x = addresses.of(kernel.x());
    long out = addresses.of(kernel.out());
    List<Call> calls = new ArrayList<>();
    if (x != out) {
      calls.add(Call.rows("copy", kernel.out().size(), x, out, kernel.out().size()));
    }
    if (n > 0) {
      calls.add(
          Call.rows(
              "put_rows",
              (long) n * width,
              addresses.of(kernel.indices()),
              addresses.of(kernel.values()),
              out,
              rows,
              n,
              width));
    }
    return once(calls.toArray(Call[]::new));
  }

  private Work argMax(Kernel.ArgMax kernel) {
    int rows = kernel.x().dims()[0];
    int warp = 32;
    return once(
        Call.rows(
            "arg_max",
            (long) rows * warp,
            addresses.of(kernel.x()),
            addresses.of(kernel.out()),
            rows,
            kernel.x().dims()[1]));
  }

  private Work random(Kernel.Random kernel) {
    int streams = kernel.key().size() / 2;
    int length = kernel.out().size() / streams;
    int word = 4;
    return once(
        Call.rows(
            "draw",
            (long) streams * ((length + word - 1) / word),
            addresses.of(kernel.key()),
            addresses.of(kernel.out()),
            kernel.op().path(),
            streams,
            length,
            kernel.op().distribution() == Op.Distribution.NORMAL ? 1 : 0));
  }

  /** A launch that leaves results for parts of a sum, and one that joins them. */
  record Combined(long partials, java.util.function.LongFunction<Call> first, Shape shape, long out)
      implements Work {
    /** Partial results are [outer, parts, inner]. */
    record Shape(int outer, int parts, int inner, boolean maximum) {}

    @Override
    public long workspaceBytes() {
      return partials * DType.BYTES;
    }

    @Override
    public List<Call> calls(long workspace) {
      return List.of(
          first.apply(workspace),
          Call.rows(
              "combine",
              (long) shape.outer * shape.inner,
              workspace,
              out,
              shape.outer,
              shape.parts,
              shape.inner,
              shape.maximum ? 1 : 0));
    }
  }
}
