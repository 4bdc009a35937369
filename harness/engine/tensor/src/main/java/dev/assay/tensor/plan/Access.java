package dev.assay.tensor.plan;

import dev.assay.tensor.Op;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tensor seen through its movement operations: element i is element {@code offset + Σ iₖ ·
 * strides[k]} of {@code base}'s elements. The base is no movement operation, unless a reshape that
 * no strides can express forces a copy of it.
 */
record Access(Tensor base, int offset, int[] dims, int[] strides) {
  /** Whether element i is element i of the base, which has no others. */
  boolean isIdentity() {
    return offset == 0
        && Strides.size(dims) == base.shape().size()
        && Strides.isContiguous(dims, strides);
  }

  /**
   * Whether the last {@code columns} elements of the index space repeat one element, and rows count
   * through the base.
   */
  boolean isRowBroadcast(int columns) {
    if (offset != 0) {
      return false;
    }
    int repeated = 1;
    int k = dims.length - 1;
    while (k >= 0 && repeated < columns && (strides[k] == 0 || dims[k] == 1)) {
      repeated *= dims[k--];
    }
    int[] head = Arrays.copyOf(dims, k + 1);
    return repeated == columns
        && Strides.size(head) == base.shape().size()
        && Strides.isContiguous(head, Arrays.copyOf(strides, k + 1));
  }

  /** Computes and remembers accesses. */
  static final class Resolver {
    private final Map<Tensor, Access> known = new HashMap<>();
    private final Map<Integer, Tensor> iotas = new HashMap<>();

    Access of(Tensor t) {
      Access access = known.get(t);
      if (access == null) {
        access = resolve(t);
        known.put(t, access);
      }
      return access;
    }

    private Access resolve(Tensor t) {
      int[] dims = t.shape().dims();
      return switch (t.op()) {
        case Op.Fill _ -> new Access(t, 0, dims, new int[dims.length]);
        case Op.Iota(int axis) -> {
          int[] strides = new int[dims.length];
          strides[axis] = 1;
          Tensor line = iotas.computeIfAbsent(dims[axis], n -> Tensor.iota(Shape.of(n), 0));
          yield new Access(line, 0, dims, strides);
        }
        case Op.Permute(List<Integer> axes) -> {
          Access x = of(t.operand(0));
          int[] strides = new int[dims.length];
          Arrays.setAll(strides, i -> x.strides[axes.get(i)]);
          yield new Access(x.base, x.offset, dims, strides);
        }
        case Op.Broadcast _ -> {
          Access x = of(t.operand(0));
          int[] strides = x.strides.clone();
          for (int i = 0; i < strides.length; i++) {
            strides[i] = x.dims[i] == 1 ? 0 : strides[i];
          }
          yield new Access(x.base, x.offset, dims, strides);
        }
        case Op.Slice(List<Integer> starts, List<Integer> _) -> {
          Access x = of(t.operand(0));
          int offset = x.offset;
          for (int i = 0; i < dims.length; i++) {
            offset += starts.get(i) * x.strides[i];
          }
          yield new Access(x.base, offset, dims, x.strides);
        }
        case Op.Flip(int axis) -> {
          Access x = of(t.operand(0));
          int[] strides = x.strides.clone();
          int offset = x.offset + Math.max(0, dims[axis] - 1) * strides[axis];
          strides[axis] = -strides[axis];
          yield new Access(x.base, offset, dims, strides);
        }
        case Op.Reshape _ -> {
          Access x = of(t.operand(0));
          int[] strides = Strides.reshape(x.dims, x.strides, dims);
          yield strides != null
              ? new Access(x.base, x.offset, dims, strides)
              : new Access(t.operand(0), 0, dims, Strides.contiguous(dims));
        }
        default -> new Access(t, 0, dims, Strides.contiguous(dims));
      };
    }
  }
}
