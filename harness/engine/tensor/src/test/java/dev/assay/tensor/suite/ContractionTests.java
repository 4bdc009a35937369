package dev.assay.tensor.suite;

import static dev.assay.tensor.suite.BackendTests.differentiated;

import dev.assay.tensor.Op.Window;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Matrix products and convolutions. */
interface ContractionTests extends BackendTests {
  @Test
  default void matrixProductsOfAwkwardSizes() {
    int[] sizes = {1, 3, 7, 65};
    for (int m : sizes) {
      for (int k : sizes) {
        for (int n : sizes) {
          product(m, k, n);
        }
      }
    }
    product(207, 64, 13);
    product(13, 1025, 7);
    product(64, 64, 64);
    product(1, 207, 1025);
  }

  private void product(int m, int k, int n) {
    check(
        "matmul " + m + " x " + k + " x " + n,
        made -> {
          Tensor a = made.normal(m, k);
          Tensor b = made.normal(k, n);
          Tensor bT = made.normal(n, k).transpose(0, 1);
          Tensor aT = made.normal(k, m).transpose(0, 1);
          made.out(a.matmul(b), a.matmul(bT), aT.matmul(b), aT.matmul(bT));
        });
  }

  @Test
  default void productsOfIntegersAreExact() {
    check(
        "integers",
        Tolerance.EXACT,
        made -> made.out(made.integers(-9, 9, 65, 207).matmul(made.integers(-9, 9, 207, 33))));
  }

  @Test
  default void emptyProducts() {
    check(
        "empty",
        Tolerance.EXACT,
        made -> {
          made.out(made.normal(3, 0).matmul(made.normal(0, 4)));
          made.out(
              made.normal(0, 3).matmul(made.normal(3, 4)),
              made.normal(2, 3).matmul(made.normal(3, 0)));
          made.out(
              made.normal(2, 3, 0).matmul(made.normal(0, 4)),
              made.normal(0, 2, 3).matmul(made.normal(0, 3, 2)));
        });
  }

  @Test
  default void batchesOfProductsBroadcast() {
    int[][][] pairs = {
      {{5, 3, 7}, {5, 7, 4}},
      {{5, 3, 7}, {7, 4}},
      {{3, 7}, {5, 7, 4}},
      {{2, 1, 3, 7}, {1, 3, 7, 4}},
      {{1, 65, 33}, {4, 33, 1}},
      {{2, 3, 1, 64}, {2, 3, 64, 13}},
      {{6, 1, 1}, {6, 1, 1}}
    };
    for (int[][] pair : pairs) {
      check(
          "matmul " + Shape.of(pair[0]) + " · " + Shape.of(pair[1]),
          made -> {
            Tensor a = made.normal(pair[0]);
            Tensor b = made.normal(pair[1]);
            differentiated(made, a.matmul(b), a, b);
          });
    }
  }

  @Test
  default void productsOfViews() {
    check(made -> {
      Tensor x = made.normal(4, 9, 3, 6);
      Tensor heads = x.permute(0, 2, 1, 3);
      Tensor scores = heads.matmul(heads.transpose(-1, -2));
      Tensor mixed = Tensors.softmax(scores, -1).matmul(heads).permute(0, 2, 1, 3);
      differentiated(made, mixed.reshape(4, 9, 18), x);
      made.out(scores);
    });
    check(made -> {
      Tensor x = made.normal(10, 12);
      made.out(x.slice(1, 3, 5).matmul(x.slice(0, 2, 5)), x.flip(1).matmul(x.transpose(0, 1)));
      made.out(x.slice(0, 0, 1).broadcast(Shape.of(7, 12)).matmul(x.transpose(0, 1)));
      made.out(x.pad(1, 1, 2, 0).matmul(made.normal(15, 2)), x.transpose(0, 1).matmul(x));
      made.out(
          x.slice(1, 0, 1).matmul(x.slice(0, 3, 1)),
          x.slice(0, 4, 1).matmul(x.slice(0, 4, 1).transpose(0, 1)));
    });
  }

  @Test
  default void productsWithProloguesAndEpilogues() {
    for (int n : new int[] {1, 13, 65}) {
      check(
          "dense of " + n,
          made -> {
            Tensor x = made.normal(33, n);
            Tensor w = made.normal(n, 17);
            Tensor b = made.normal(17);
            Tensor h = x.tanh().matmul(w).add(b);
            differentiated(made, Tensors.gelu(h).mul(h.sigmoid()), x, w, b);
            made.out(h.sum(0), h.maxKeep(1), h.transpose(0, 1), x.matmul(w).add(x.matmul(w).neg()));
          });
    }
  }

  @Test
  default void convolutionsOfEveryWindow() {
    Window[] windows = {
      Window.padded(0),
      Window.padded(1),
      Window.strided(2, 1),
      new Window(2, 1, 0, 1, 1, 0, 1, 1, 1),
      new Window(1, 1, 2, 2, 2, 2, 2, 2, 1),
      new Window(1, 2, 1, 0, 0, 2, 2, 1, 3),
      new Window(3, 2, 3, 1, 0, 2, 1, 2, 3)
    };
    int[][] kernels = {{1, 1}, {3, 3}, {2, 3}, {4, 1}};
    for (Window window : windows) {
      for (int[] kernel : kernels) {
        convolution(window, kernel[0], kernel[1], 7, 9);
      }
    }
    convolution(Window.padded(1), 3, 3, 1, 1);
    convolution(Window.strided(2, 1), 4, 4, 16, 16);
  }

  private void convolution(Window window, int kh, int kw, int height, int width) {
    int c = 3 * (window.groups() == 1 ? 1 : 2);
    int o = window.groups() == 1 ? 5 : 6;
    check(
        "conv2d " + window + " kernel " + kh + "x" + kw + " on " + height + "x" + width,
        made -> {
          Tensor x = made.normal(2, height, width, c);
          Tensor f = made.normal(kh, kw, c / window.groups(), o);
          Tensor y = x.conv2d(f, window);
          differentiated(made, y, x, f);
          Tensor z = made.normal(y.shape().dims());
          differentiated(made, z.conv2dTranspose(f, window, height, width), z, f);
        });
  }

  @Test
  default void convolutionsOfViewsWithEpilogues() {
    check(made -> {
      Tensor x = made.normal(2, 3, 8, 8);
      Tensor f = made.normal(5, 3, 3, 3).permute(2, 3, 1, 0);
      Tensor bias = made.normal(5);
      Tensor y = Tensors.relu(x.permute(0, 2, 3, 1).conv2d(f, Window.padded(1)).add(bias));
      Tensor pooled = y.reshape(2, 4, 2, 4, 2, 5).mean(2, 4);
      differentiated(made, pooled.permute(0, 3, 1, 2), x, bias);
    });
    check(
        "depthwise",
        made -> {
          Tensor x = made.normal(1, 6, 6, 7);
          Tensor f = made.normal(3, 3, 1, 7);
          Window window = new Window(1, 1, 1, 1, 1, 1, 1, 1, 7);
          differentiated(made, Tensors.silu(x.conv2d(f, window)), x, f);
        });
  }
}
