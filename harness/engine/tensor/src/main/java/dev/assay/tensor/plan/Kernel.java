package dev.assay.tensor.plan;

import dev.assay.tensor.DType;
import dev.assay.tensor.Op;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One piece of work of a plan. Results are written to contiguous views unless stated. */
public sealed interface Kernel {
  /** Every view it reads. */
  List<View> reads();

  /** Every view it writes. */
  List<View> writes();

  /** One instruction of a {@link Tile}: values are numbered, each is assigned once. */
  sealed interface Instr {
    /** Value {@code dst} is read through a view whose dims are the domain's, or its row part's. */
    record Load(int dst, boolean row, View view) implements Instr {}

    /** Value {@code dst} is a number. */
    record Const(int dst, float value) implements Instr {}

    /**
     * Value {@code dst} = op of values: {@link Op.Unary}, {@link Op.Binary}, {@link Op.Where} or
     * {@link Op.Cast}.
     */
    record Apply(int dst, boolean row, Op op, List<Integer> args) implements Instr {}

    /** Row value {@code dst} = reduction of {@code arg} along each row. */
    record Reduce(int dst, Op.ReduceFn fn, int arg) implements Instr {}

    /**
     * Value {@code src} is written through a view whose dims are the domain's, or its row part's.
     */
    record Store(int src, boolean row, View view) implements Instr {}
  }

  /**
   * Elementwise code and reductions along rows, over an index space of {@code dims} whose first
   * {@code rowAxes} axes number the rows. A row value has one element per row and repeats along it.
   *
   * @param reduces whether rows must be processed whole
   */
  record Tile(int[] dims, int rowAxes, boolean reduces, List<Instr> code) implements Kernel {
    /** Number of rows. */
    public int rows() {
      return Strides.size(java.util.Arrays.copyOf(dims, rowAxes));
    }

    /** Elements of a row. */
    public int columns() {
      return Strides.size(java.util.Arrays.copyOfRange(dims, rowAxes, dims.length));
    }

    @Override
    public List<View> reads() {
      List<View> views = new ArrayList<>();
      for (Instr i : code) {
        if (i instanceof Instr.Load load) {
          views.add(load.view());
        }
      }
      return views;
    }

    @Override
    public List<View> writes() {
      List<View> views = new ArrayList<>();
      for (Instr i : code) {
        if (i instanceof Instr.Store store) {
          views.add(store.view());
        }
      }
      return views;
    }
  }

  /**
   * out [outer, columns] = reduction over the middle axis of an elementwise expression on [outer,
   * middle, columns].
   *
   * @param code instructions over {@code dims}, without stores; its last instruction makes the
   *     value that is reduced
   * @param dims index space, a refinement of [outer, middle, columns]
   * @param chunk middle elements that are reduced at once; with more than one chunk, out is [outer,
   *     chunks, columns]
   */
  record ReduceMiddle(
      Op.ReduceFn fn,
      int outer,
      int middle,
      int columns,
      int chunk,
      int[] dims,
      List<Instr> code,
      View out)
      implements Kernel {
    /** Chunks of the middle axis. */
    public int chunks() {
      return (middle + chunk - 1) / chunk;
    }

    @Override
    public List<View> reads() {
      return new Tile(dims, dims.length, false, code).reads();
    }

    @Override
    public List<View> writes() {
      return List.of(out);
    }
  }

  /**
   * out [batch.., m, n] = a [batch.., m, k] · b [batch.., k, n]; of each operand's last two axes
   * one has stride 1.
   */
  record MatMul(View a, View b, View out) implements Kernel {
    @Override
    public List<View> reads() {
      return List.of(a, b);
    }

    @Override
    public List<View> writes() {
      return List.of(out);
    }
  }

  /**
   * A product whose elements go through the code of a tile as they are made. What the tile loads
   * from the product's buffer is all of it, in order; the buffer itself holds nothing.
   */
  record MatMulTile(MatMul product, Tile tile) implements Kernel {
    @Override
    public List<View> reads() {
      List<View> views = new ArrayList<>(product.reads());
      tile.reads().stream()
          .filter(view -> view.buffer() != product.out().buffer())
          .forEach(views::add);
      return views;
    }

    @Override
    public List<View> writes() {
      return tile.writes();
    }
  }

  /**
   * {@link Op.Conv2d}, {@link Op.Conv2dInput} or {@link Op.Conv2dFilter} on contiguous operands.
   */
  record Conv(Op op, View first, View second, View out) implements Kernel {
    @Override
    public List<View> reads() {
      return List.of(first, second);
    }

    @Override
    public List<View> writes() {
      return List.of(out);
    }
  }

  /** {@link Op.Attention}; q, k and v have stride 1 along their last axis; out is flat. */
  record Attention(Op.Attention op, View q, View k, View v, @Nullable View lengths, View out)
      implements Kernel {
    @Override
    public List<View> reads() {
      return lengths == null ? List.of(q, k, v) : List.of(q, k, v, lengths);
    }

    @Override
    public List<View> writes() {
      return List.of(out);
    }
  }

  /**
   * {@link Op.AttentionGrad}; operands have stride 1 along their last axis, the log-sum-exp is
   * contiguous; out is flat.
   */
  record AttentionGrad(
      Op.AttentionGrad op,
      View q,
      View k,
      View v,
      View output,
      View logSumExp,
      View adjoint,
      @Nullable View lengths,
      View out)
      implements Kernel {
    @Override
    public List<View> reads() {
      return lengths == null
          ? List.of(q, k, v, output, logSumExp, adjoint)
          : List.of(q, k, v, output, logSumExp, adjoint, lengths);
    }

    @Override
    public List<View> writes() {
      return List.of(out);
    }
  }

  /**
   * out [n, width] = table rows at contiguous indices [n]; the table is [rows, width] with any row
   * stride.
   */
  record Gather(View table, View indices, View out) implements Kernel {
    @Override
    public List<View> reads() {
      return List.of(table, indices);
    }

    @Override
    public List<View> writes() {
      return List.of(out);
    }
  }

  /** out [rows, width] = sums of contiguous values [n, width] by contiguous indices [n]. */
  record ScatterAdd(View indices, View values, View out) implements Kernel {
    @Override
    public List<View> reads() {
      return List.of(indices, values);
    }

    @Override
    public List<View> writes() {
      return List.of(out);
    }
  }

  /**
   * out [rows, width] = x with rows replaced; if out is x's own buffer, the other rows stay
   * untouched.
   */
  record PutRows(View x, View indices, View values, View out) implements Kernel {
    @Override
    public List<View> reads() {
      return List.of(x, indices, values);
    }

    @Override
    public List<View> writes() {
      return List.of(out);
    }
  }

  /** out I32 [rows] = {@link Op.ArgMax} of contiguous x [rows, n]. */
  record ArgMax(View x, View out) implements Kernel {
    @Override
    public List<View> reads() {
      return List.of(x);
    }

    @Override
    public List<View> writes() {
      return List.of(out);
    }
  }

  /** {@link Op.Random}; key is contiguous [2], or [rows, 2] for out [rows, ..]. */
  record Random(Op.Random op, View key, View out) implements Kernel {
    @Override
    public List<View> reads() {
      return List.of(key);
    }

    @Override
    public List<View> writes() {
      return List.of(out);
    }
  }

  /**
   * The contiguous buffer of {@code out} surrounds x, of any strides: out = {@code value} outside,
   * x inside.
   */
  record Pad(Op.Pad op, View x, View out) implements Kernel {
    @Override
    public List<View> reads() {
      return List.of(x);
    }

    @Override
    public List<View> writes() {
      return List.of(out);
    }
  }

  /** Type of the elements a kernel writes. */
  default DType dtype() {
    return writes().get(0).buffer().dtype();
  }
}
