package dev.assay.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.cpu.gemm.Gemm;
import dev.assay.cpu.gemm.Gemms;
import dev.assay.cpu.testing.Floats;
import dev.assay.cpu.testing.Kernels;
import dev.assay.tensor.Op.Window;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ConvolutionsTest {
  /** What is chosen here, with blocks of machine code where they run, and plain Java without. */
  private static final List<Gemm> GEMMS =
      List.of(Gemms.available().getFirst(), Gemms.available().getLast());

  private static final Gemm GEMM = GEMMS.getFirst();

  static Stream<Arguments> cases() {
    return shapes().flatMap(shape -> GEMMS.stream().map(gemm -> Arguments.of(shape, gemm)));
  }

  private static Stream<ConvolutionShape> shapes() {
    return Stream.of(
        // many channels: several panels, the last one narrow, and several vectors of rows
        new ConvolutionShape(2, 7, 7, 35, 3, 3, 70, Window.padded(1)),
        new ConvolutionShape(2, 29, 14, 9, 3, 3, 33, Window.strided(2, 1)),
        new ConvolutionShape(3, 8, 31, 18, 4, 4, 17, Window.strided(2, 1)),
        // plain, and with several tiles
        new ConvolutionShape(1, 1, 1, 1, 1, 1, 1, Window.padded(0)),
        new ConvolutionShape(2, 7, 6, 3, 3, 3, 5, Window.padded(1)),
        new ConvolutionShape(3, 17, 13, 16, 3, 3, 40, Window.padded(1)),
        new ConvolutionShape(9, 20, 20, 8, 5, 5, 24, Window.padded(0)),
        // pixel by pixel
        new ConvolutionShape(2, 9, 8, 20, 1, 1, 30, Window.padded(0)),
        new ConvolutionShape(2, 9, 8, 20, 1, 1, 12, grouped(1, 0, 1, 4)),
        // strides with and without taps for each position, padding beyond the kernel
        new ConvolutionShape(5, 7, 6, 12, 7, 6, 10, Window.padded(0)),
        new ConvolutionShape(3, 4, 4, 5, 4, 4, 40, Window.strided(2, 0)),
        new ConvolutionShape(2, 9, 11, 4, 4, 4, 6, Window.strided(2, 1)),
        new ConvolutionShape(2, 9, 11, 4, 1, 1, 6, Window.strided(2, 0)),
        new ConvolutionShape(1, 10, 10, 4, 2, 2, 3, Window.strided(3, 2)),
        new ConvolutionShape(1, 6, 6, 2, 2, 2, 3, Window.padded(3)),
        // dilation, alone and with strides that share a divisor with it or do not
        new ConvolutionShape(2, 12, 10, 5, 3, 3, 7, dilated(1, 2, 2)),
        new ConvolutionShape(2, 13, 15, 5, 3, 3, 7, dilated(2, 2, 2)),
        new ConvolutionShape(2, 13, 15, 5, 3, 3, 7, dilated(2, 3, 3)),
        new ConvolutionShape(1, 20, 21, 3, 3, 2, 4, dilated(4, 6, 5)),
        // the two axes unlike, asymmetric padding, one row, one column
        new ConvolutionShape(2, 8, 15, 6, 2, 5, 4, new Window(1, 3, 0, 1, 3, 2, 2, 1, 1)),
        new ConvolutionShape(3, 1, 30, 4, 1, 5, 6, new Window(1, 1, 0, 0, 4, 0, 1, 1, 1)),
        new ConvolutionShape(3, 30, 1, 4, 3, 1, 6, new Window(2, 1, 2, 0, 0, 0, 1, 1, 1)),
        // groups, with one channel each, and more outputs than channels
        new ConvolutionShape(2, 8, 8, 12, 3, 3, 8, grouped(1, 1, 1, 4)),
        new ConvolutionShape(2, 8, 8, 12, 3, 3, 8, grouped(2, 1, 1, 2)),
        new ConvolutionShape(2, 8, 8, 6, 3, 3, 12, grouped(1, 1, 1, 6)),
        new ConvolutionShape(2, 9, 8, 21, 3, 3, 21, grouped(1, 1, 1, 21)),
        new ConvolutionShape(3, 20, 19, 37, 5, 5, 37, grouped(2, 2, 1, 37)),
        new ConvolutionShape(2, 11, 11, 16, 3, 3, 16, grouped(1, 2, 2, 16)),
        // nothing to do
        new ConvolutionShape(0, 5, 5, 3, 3, 3, 4, Window.padded(1)));
  }

  private static Window dilated(int stride, int dilation, int pad) {
    return new Window(stride, stride, pad, pad, pad, pad, dilation, dilation, 1);
  }

  private static Window grouped(int stride, int pad, int dilation, int groups) {
    return new Window(stride, stride, pad, pad, pad, pad, dilation, dilation, groups);
  }

  /** Visits x offset, filter offset and y offset of each product of the definition. */
  private interface Product {
    void at(int x, int filter, int y);
  }

  private static void products(ConvolutionShape s, Product product) {
    Window w = s.window();
    int depth = s.channels() / w.groups();
    int width = s.outputs() / w.groups();
    for (int y = 0; y < s.batch() * s.outHeight() * s.outWidth() * s.outputs(); y++) {
      int output = y % s.outputs();
      int column = y / s.outputs() % s.outWidth();
      int row = y / s.outputs() / s.outWidth() % s.outHeight();
      int image = y / s.outputs() / s.outWidth() / s.outHeight();
      for (int f = 0; f < s.kernelHeight() * s.kernelWidth() * depth; f++) {
        int c = f % depth;
        int q = f / depth % s.kernelWidth();
        int p = f / depth / s.kernelWidth();
        int i = row * w.strideHeight() + p * w.dilationHeight() - w.padTop();
        int j = column * w.strideWidth() + q * w.dilationWidth() - w.padLeft();
        if (i >= 0 && i < s.height() && j >= 0 && j < s.width()) {
          int x = ((image * s.height() + i) * s.width() + j) * s.channels();
          product.at(x + output / width * depth + c, f * s.outputs() + output, y);
        }
      }
    }
  }

  private record Sizes(int x, int filter, int y) {
    static Sizes of(ConvolutionShape s) {
      return new Sizes(
          s.batch() * s.height() * s.width() * s.channels(),
          s.kernelHeight() * s.kernelWidth() * s.channels() / s.window().groups() * s.outputs(),
          s.batch() * s.outHeight() * s.outWidth() * s.outputs());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aConvolutionIsItsSumOfProductsAtAnyNumberOfThreads(ConvolutionShape s, Gemm gemm) {
    Sizes sizes = Sizes.of(s);
    try (Arena arena = Arena.ofShared()) {
      Floats x = Floats.random(arena, sizes.x, "x");
      Floats filter = Floats.random(arena, sizes.filter, "filter");
      Floats y = Floats.empty(arena, sizes.y);
      double[] expected = new double[sizes.y];
      products(s, (i, j, k) -> expected[k] += (double) x.get(i) * filter.get(j));
      float[] actual =
          Kernels.runSameBits(
              Convolutions.forward(gemm, s), y, x.address(), filter.address(), y.address());
      Floats.assertClose(actual, expected, 1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itsAdjointInXIsTheSumOfTheSameProducts(ConvolutionShape s, Gemm gemm) {
    Sizes sizes = Sizes.of(s);
    try (Arena arena = Arena.ofShared()) {
      Floats y = Floats.random(arena, sizes.y, "y");
      Floats filter = Floats.random(arena, sizes.filter, "filter");
      Floats x = Floats.empty(arena, sizes.x);
      double[] expected = new double[sizes.x];
      products(s, (i, j, k) -> expected[i] += (double) y.get(k) * filter.get(j));
      float[] actual =
          Kernels.runSameBits(
              Convolutions.input(gemm, s), x, y.address(), filter.address(), x.address());
      Floats.assertClose(actual, expected, 1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itsAdjointInTheFilterIsTheSumOfTheSameProducts(ConvolutionShape s, Gemm gemm) {
    Sizes sizes = Sizes.of(s);
    try (Arena arena = Arena.ofShared()) {
      Floats x = Floats.random(arena, sizes.x, "x");
      Floats y = Floats.random(arena, sizes.y, "y");
      Floats filter = Floats.empty(arena, sizes.filter);
      double[] expected = new double[sizes.filter];
      products(s, (i, j, k) -> expected[j] += (double) x.get(i) * y.get(k));
      float[] actual =
          Kernels.runSameBits(
              Convolutions.filter(gemm, s), filter, x.address(), y.address(), filter.address());
      Floats.assertClose(actual, expected, 1e-3);
    }
  }

  @Test
  void warmConvolutionsAllocateNothing() {
    try (Arena arena = Arena.ofShared()) {
      Floats x = Floats.random(arena, 4 * 12 * 12 * 20, "x");
      Floats filter = Floats.random(arena, 9 * 20 * 20, "filter");
      Floats y = Floats.random(arena, 4 * 12 * 12 * 20, "y");
      for (int groups : new int[] {1, 20}) {
        ConvolutionShape s =
            new ConvolutionShape(4, 12, 12, 20, 3, 3, 20, grouped(1, 1, 1, groups));
        long[] forward = {x.address(), filter.address(), y.address()};
        Kernels.assertAllocatesNothing(Convolutions.forward(GEMM, s), forward);
        Kernels.assertAllocatesNothing(Convolutions.input(GEMM, s), forward);
        Kernels.assertAllocatesNothing(
            Convolutions.filter(GEMM, s), x.address(), y.address(), filter.address());
      }
    }
  }

  @Test
  void workIsCutForManyThreads() {
    ConvolutionShape s = new ConvolutionShape(32, 28, 28, 64, 3, 3, 64, Window.padded(1));
    for (Gemm gemm : GEMMS) {
      assertThat(mostTiles(Convolutions.forward(gemm, s))).isGreaterThan(64);
      assertThat(mostTiles(Convolutions.input(gemm, s))).isGreaterThan(64);
      assertThat(mostTiles(Convolutions.filter(gemm, s))).isGreaterThanOrEqualTo(32);
    }
  }

  private static int mostTiles(Kernel kernel) {
    return IntStream.range(0, kernel.phases()).map(kernel::tiles).max().orElse(0);
  }

  @Test
  void channelsThatTheGroupsDoNotDivideAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConvolutionShape(1, 4, 4, 6, 3, 3, 8, grouped(1, 1, 1, 4)))
        .withMessageContaining("channels=6")
        .withMessageContaining("groups=4");
  }
}
