package dev.assay.cpu.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * One spatial axis of a convolution as a gather: target t, which is position {@code begin + t ·
 * stride}, takes at each of its taps u one source position, {@code t · scale + u · step + offset},
 * or nothing if there is no such position; the tap is number {@code first + u · tapStep} of the
 * filter.
 */
record Axis(
    int targets,
    int begin,
    int stride,
    int taps,
    int first,
    int tapStep,
    int scale,
    int step,
    int offset,
    int sources) {

  /** Outputs that gather inputs. */
  static Axis forward(int inputs, int outputs, int kernel, int stride, int pad, int dilation) {
    return new Axis(outputs, 0, 1, kernel, 0, 1, stride, dilation, -pad, inputs);
  }

  /**
   * Inputs that gather outputs: output o takes input i at tap p where i = o · stride + p · dilation
   * − pad. Inputs of the same remainder by the stride have the same taps; there is one axis for
   * each remainder. Taps run backwards, so that sources run forwards.
   */
  static List<Axis> adjoint(
      int inputs, int outputs, int kernel, int stride, int pad, int dilation) {
    int divisor = gcd(stride, dilation);
    int tapStep = stride / divisor;
    List<Axis> axes = new ArrayList<>();
    for (int begin = 0; begin < Math.min(stride, inputs); begin++) {
      int first = -1;
      int taps = 0;
      for (int p = 0; p < kernel; p++) {
        if ((begin + pad - p * dilation) % stride == 0) {
          first = p;
          taps++;
        }
      }
      int targets = Math.ceilDiv(inputs - begin, stride);
      int offset = taps == 0 ? 0 : (begin + pad - first * dilation) / stride;
      axes.add(
          new Axis(
              targets,
              begin,
              stride,
              taps,
              first,
              -tapStep,
              1,
              dilation / divisor,
              offset,
              outputs));
    }
    return axes;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Source of target t at its first tap; perhaps outside. */
  int source(int t) {
    return t * scale + offset;
  }

  /** The first tap of a target whose source at tap 0 is {@code source} that is not before 0. */
  int firstInside(int source) {
    return source >= 0 ? 0 : Math.min(taps, Math.ceilDiv(-source, step));
  }

  /** One past the last tap whose source exists. */
  int endInside(int source) {
    return source >= sources ? 0 : Math.min(taps, Math.ceilDiv(sources - source, step));
  }

  /** Number in the filter of tap u. */
  int filterTap(int u) {
    return first + u * tapStep;
  }

  /** Position of target t. */
  int position(int t) {
    return begin + t * stride;
  }
}
