package dev.assay.tensor.suite;

import static dev.assay.tensor.suite.BackendTests.differentiated;

import dev.assay.tensor.DType;
import dev.assay.tensor.Gradients;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.Variable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fused attention and its adjoint. */
interface AttentionTests extends BackendTests {
  @Test
  default void awkwardNumbersOfQueriesKeysAndComponents() {
    // batch, heads, queries, keys, components
    int[][] sizes = {
      {2, 3, 1, 1, 1},
      {2, 3, 1, 7, 3},
      {2, 3, 7, 7, 13},
      {2, 3, 13, 65, 8},
      {1, 2, 65, 64, 16},
      {1, 2, 64, 65, 1},
      {2, 3, 3, 207, 5},
      {1, 2, 130, 130, 4}
    };
    for (int[] size : sizes) {
      for (boolean causal : new boolean[] {false, true}) {
        check(
            "attention of " + Shape.of(size) + (causal ? ", causal" : ""),
            made -> {
              Tensor q = made.normal(size[0], size[1], size[2], size[4]);
              Tensor k = made.normal(size[0], size[1], size[3], size[4]);
              Tensor v = made.normal(size[0], size[1], size[3], size[4]);
              differentiated(made, Tensors.attention(q, k, v, null, 0.6f, causal), q, k, v);
            });
      }
    }
  }

  @Test
  default void groupsOfHeadsShareKeys() {
    for (int groups : new int[] {1, 2, 6}) {
      check(
          groups + " groups",
          made -> {
            Tensor q = made.normal(2, 6, 9, 5);
            Tensor k = made.normal(2, groups, 11, 5);
            Tensor v = made.normal(2, groups, 11, 5);
            differentiated(made, Tensors.attention(q, k, v, null, 0.4f, true), q, k, v);
          });
    }
  }

  @Test
  default void lengthsHideTheKeysBeyond() {
    for (boolean causal : new boolean[] {false, true}) {
      check(
          "lengths" + (causal ? ", causal" : ""),
          made -> {
            Tensor q = made.normal(7, 2, 5, 3);
            Tensor k = made.normal(7, 1, 9, 3);
            Tensor v = made.normal(7, 1, 9, 3);
            // No key, some, all, and more than there are; some rows see nothing.
            Tensor lengths = made.values(DType.I32, new double[] {0, 1, 3, 5, 8, 9, 12}, 7);
            differentiated(made, Tensors.attention(q, k, v, lengths, 0.5f, causal), q, k, v);
          });
    }
  }

  @Test
  default void fewerKeysThanQueriesLeavesTheFirstQueriesBlind() {
    check(made -> {
      Tensor q = made.normal(1, 2, 9, 4);
      Tensor k = made.normal(1, 2, 4, 4);
      Tensor v = made.normal(1, 2, 4, 4);
      differentiated(made, Tensors.attention(q, k, v, null, 0.5f, true), q, k, v);
    });
  }

  @Test
  default void largeScoresDoNotOverflow() {
    check(made -> {
      Tensor q = made.uniform(-30, 30, 1, 2, 13, 8);
      Tensor k = made.uniform(-30, 30, 1, 2, 17, 8);
      Tensor v = made.normal(1, 2, 17, 8);
      differentiated(made, Tensors.attention(q, k, v, null, 1, false), q, k, v);
    });
  }

  @Test
  default void headsSplitFromOneProjection() {
    check(made -> {
      Tensor x = made.normal(2, 13, 12);
      Tensor w = made.normal(12, 36);
      List<Tensor> qkv = x.matmul(w).mul(0.3f).split(-1, 3);
      List<Tensor> heads =
          qkv.stream().map(t -> t.reshape(2, 13, 3, 4).permute(0, 2, 1, 3)).toList();
      Tensor y = Tensors.attention(heads.get(0), heads.get(1), heads.get(2), null, 0.5f, true);
      differentiated(made, y.permute(0, 2, 1, 3).reshape(2, 13, 12), x, w);
    });
  }

  @Test
  default void decodingFromACacheThatIsWrittenInPlace() {
    check(made -> {
      Variable cache = made.variable(8, 6);
      Variable time = made.variable(new int[] {2}, 1);
      Tensor key = made.normal(1, 6);
      Tensor filled = cache.tensor().putRows(time.tensor(), key);
      Tensor length = time.tensor().toFloat().add(1).toInt();
      Tensor k = filled.reshape(1, 8, 2, 3).permute(0, 2, 1, 3);
      Tensor q = made.normal(1, 2, 1, 3);
      made.out(Tensors.attention(q, k, k, length, 0.5f, true));
      made.assign(cache, filled);
      made.assign(time, length);
    });
  }

  @Test
  default void theAdjointHasAnAdjoint() {
    check(made -> {
      Tensor q = made.normal(1, 2, 4, 3);
      Tensor k = made.normal(1, 1, 5, 3);
      Tensor v = made.normal(1, 1, 5, 3);
      Tensor y = Tensors.attention(q, k, v, null, 0.5f, true);
      List<Tensor> inputs = List.of(q, k, v);
      Tensor penalty =
          Gradients.of(y.mul(made.constant(1, 2, 4, 3)).sum(), inputs).stream()
              .map(g -> g.square().sum())
              .reduce(Tensor::add)
              .orElseThrow();
      made.out(penalty);
      made.out(Gradients.of(penalty, inputs));
    });
  }
}
