package dev.assay.tensor.suite;

import static dev.assay.tensor.suite.BackendTests.differentiated;

import dev.assay.tensor.DType;
import dev.assay.tensor.Gradients;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Usual compositions with their derivatives, and whole training steps. */
interface CompositionTests extends BackendTests {
  @Test
  default void softmaxesAlongEveryAxis() {
    for (int[] dims : new int[][] {{7, 13}, {1, 65}, {207, 3}, {3, 5, 7}, {2, 1025}, {4, 1}}) {
      for (int axis = 0; axis < dims.length; axis++) {
        int a = axis;
        check(
            "softmaxes of " + Shape.of(dims) + " along " + axis,
            made -> {
              Tensor x = made.uniform(-20, 20, dims);
              differentiated(made, Tensors.softmax(x, a), x);
              differentiated(made, Tensors.logSoftmax(x, a), x);
              differentiated(made, Tensors.logSumExp(x, a), x);
            });
      }
    }
  }

  @Test
  default void softmaxOfMaskedScores() {
    check(made -> {
      Tensor x = made.normal(5, 9);
      Tensor mask =
          made.integers(0, 1, 5, 9).max(Tensor.iota(Shape.of(5, 9), 1).less(Tensor.scalar(1)));
      differentiated(made, Tensors.softmax(mask.where(x, Tensor.scalar(-1e30f)), -1), x);
    });
  }

  @Test
  default void normalisations() {
    for (int n : AWKWARD) {
      check(
          "norms of " + n,
          made -> {
            Tensor x = made.normal(5, n);
            Tensor gain = made.normal(n);
            Tensor bias = made.normal(n);
            differentiated(made, Tensors.layerNorm(x, gain, bias, 1e-2f), x, gain, bias);
            differentiated(made, Tensors.rmsNorm(x, gain, 1e-2f), x, gain);
          });
    }
    for (int groups : new int[] {1, 2, 6}) {
      check(
          "groupNorm by " + groups,
          made -> {
            Tensor x = made.normal(3, 5, 4, 6);
            Tensor gain = made.normal(6);
            Tensor bias = made.normal(6);
            differentiated(made, Tensors.groupNorm(x, groups, gain, bias, 1e-3f), x, gain, bias);
          });
    }
    check(
        "batch norm",
        made -> {
          Tensor x = made.normal(33, 7);
          Tensor centred = x.sub(x.meanKeep(0));
          Tensor y = centred.mul(centred.square().meanKeep(0).add(1e-3f).rsqrt());
          differentiated(made, y.mul(made.normal(7)), x);
        });
  }

  @Test
  default void activations() {
    Map<String, UnaryOperator<Tensor>> all =
        Map.of(
            "relu", Tensors::relu,
            "leakyRelu", x -> Tensors.leakyRelu(x, 0.1f),
            "elu", x -> Tensors.elu(x, 0.7f),
            "gelu", Tensors::gelu,
            "geluTanh", Tensors::geluTanh,
            "silu", Tensors::silu,
            "softplus", Tensor::softplus);
    all.forEach((name, f) -> {
      for (int n : new int[] {1, 65, 1025}) {
        check(
            name + " of " + n,
            made -> {
              Tensor x = made.uniform(-6, 6, n);
              differentiated(made, f.apply(x), x);
            });
      }
    });
  }

  @Test
  default void binaryDerivativesOverBroadcastAxes() {
    Map<String, BinaryOperator<Tensor>> all =
        Map.of(
            "add", Tensor::add,
            "sub", Tensor::sub,
            "mul", Tensor::mul,
            "div", (a, b) -> a.div(b.square().add(0.5f)),
            "max", Tensor::max,
            "min", Tensor::min,
            "pow", (a, b) -> a.abs().add(0.5f).pow(b));
    int[][][] pairs = {
      {{7, 13}, {13}}, {{7, 1}, {1, 13}}, {{3, 5, 7}, {5, 1}}, {{}, {65}}, {{4}, {4}}
    };
    all.forEach((name, f) -> {
      for (int[][] pair : pairs) {
        check(
            name + " of " + Shape.of(pair[0]) + " and " + Shape.of(pair[1]),
            made -> {
              // Integers, so that maxima tie.
              Tensor a = made.integers(-2, 2, pair[0]);
              Tensor b = made.integers(-2, 2, pair[1]);
              differentiated(made, f.apply(a, b), a, b);
              differentiated(made, f.apply(b, a), a, b);
            });
      }
    });
  }

  @Test
  default void tiesOfAReducedMaximumShareTheAdjoint() {
    for (int axis = 0; axis < 3; axis++) {
      int a = axis;
      check(made -> {
        Tensor x = made.integers(-1, 1, 5, 6, 7);
        differentiated(made, x.maxKeep(a), x);
        differentiated(made, x.permute(2, 0, 1).maxKeep(0, a), x);
      });
    }
  }

  @Test
  default void crossEntropyOverManyClasses() {
    for (int n : AWKWARD) {
      check(
          "crossEntropy over " + n,
          made -> {
            Tensor logits = made.uniform(-9, 9, 7, n);
            Tensor loss = Tensors.crossEntropy(logits, made.indices(0, n - 1, 7)).mean();
            made.out(loss);
            made.out(Gradients.of(loss, logits));
          });
    }
  }

  @Test
  default void aGradientPenalty() {
    check(made -> {
      Tensor x = made.normal(5, 4);
      Tensor w = made.normal(4, 6);
      Tensor u = made.normal(6, 1);
      Tensor critic = x.matmul(w).tanh().matmul(u).sum();
      Tensor slope = Gradients.of(critic, x);
      Tensor penalty = slope.square().sum(1).add(1e-3f).sqrt().sub(1).square().mean();
      made.out(penalty);
      made.out(Gradients.of(penalty, List.of(w, u, x)));
    });
    check(
        "with integers among the inputs",
        made -> {
          Tensor table = made.normal(6, 3);
          Tensor i = made.values(DType.I32, new double[] {0, 5, 5, -1, 2}, 5);
          Tensor y = table.gather(i).square().sum(1).sin();
          Tensor g = Gradients.of(y.sum(), table);
          made.out(Gradients.of(g.square().sum(), table));
        });
  }
}
