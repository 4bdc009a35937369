// Convolutions as products that are never laid out: x [n, h, w, c], filter [kh, kw, c / groups, o], y [n, h', w', o].
// A layer of the grid is a group, and a part of the summed axis.

#include "gemm.cuh"

namespace assay {

struct Window {
  int height, width, channels;
  int outHeight, outWidth, outputs;
  int kernelHeight, kernelWidth;
  int strideHeight, strideWidth;
  int padTop, padLeft;
  int dilationHeight, dilationWidth;
  int depth, groupOutputs;
};

// A of the forward product: a row is a pixel of y, k a tap and a channel.
template <int COUNT>
struct PatchLoader {
  const float* x;
  Window w;
  int rows, end;
  int base[COUNT], top[COUNT], left[COUNT];
  int down, right, channel;
  bool inside;

  __device__ PatchLoader(const float* x, const Window& w, int rows, int end)
      : x(x), w(w), rows(rows), end(end) {}

  __device__ void place(int i, int row) {
    int pixel = row % (w.outHeight * w.outWidth);
    base[i] = row < rows ? row / (w.outHeight * w.outWidth) * w.height * w.width * w.channels : -1;
    top[i] = pixel / w.outWidth * w.strideHeight - w.padTop;
    left[i] = pixel % w.outWidth * w.strideWidth - w.padLeft;
  }

  __device__ void seek(int k) {
    int tap = k / w.depth;
    channel = k % w.depth;
    down = tap / w.kernelWidth * w.dilationHeight;
    right = tap % w.kernelWidth * w.dilationWidth;
    inside = k < end;
  }

  __device__ float get(int i) const {
    int row = top[i] + down;
    int column = left[i] + right;
    bool there = inside && base[i] >= 0 && (unsigned)row < w.height && (unsigned)column < w.width;
    return there ? x[base[i] + (row * w.width + column) * w.channels + channel] : 0.0f;
  }
};

// A of the product for x: a row is a pixel of x, k a tap and an output.
template <int COUNT>
struct AdjointLoader {
  const float* y;
  Window w;
  int rows, end;
  int base[COUNT], top[COUNT], left[COUNT];
  int down, right, output;
  bool inside;

  __device__ AdjointLoader(const float* y, const Window& w, int rows, int end)
      : y(y), w(w), rows(rows), end(end) {}

  __device__ void place(int i, int row) {
    int pixel = row % (w.height * w.width);
    base[i] = row < rows ? row / (w.height * w.width) * w.outHeight * w.outWidth * w.outputs : -1;
    top[i] = pixel / w.width + w.padTop;
    left[i] = pixel % w.width + w.padLeft;
  }

  __device__ void seek(int k) {
    int tap = k / w.groupOutputs;
    output = k % w.groupOutputs;
    down = tap / w.kernelWidth * w.dilationHeight;
    right = tap % w.kernelWidth * w.dilationWidth;
    inside = k < end;
  }

  __device__ float get(int i) const {
    int row = top[i] - down;
    int column = left[i] - right;
    bool there = inside && base[i] >= 0 && row >= 0 && column >= 0;
    if (w.strideHeight != 1 || w.strideWidth != 1) {
      there = there && row % w.strideHeight == 0 && column % w.strideWidth == 0;
      row /= w.strideHeight;
      column /= w.strideWidth;
    }
    there = there && row < w.outHeight && column < w.outWidth;
    return there ? y[base[i] + (row * w.outWidth + column) * w.outputs + output] : 0.0f;
  }
};

// B of the product for x: a row is a channel, k a tap and an output.
template <int COUNT>
struct FilterLoader {
  const float* filter;
  Window w;
  int end;
  int offset[COUNT];
  int at;

  __device__ FilterLoader(const float* filter, const Window& w, int end) : filter(filter), w(w), end(end) {}

  __device__ void place(int i, int row) { offset[i] = row < w.depth ? row * w.outputs : -1; }

  __device__ void seek(int k) {
    at = k < end ? k / w.groupOutputs * w.depth * w.outputs + k % w.groupOutputs : -1;
  }

  __device__ float get(int i) const { return (at | offset[i]) < 0 ? 0.0f : filter[at + offset[i]]; }
};

// A of the product for the filter: a row is a tap and a channel, k a pixel of y.
template <int COUNT>
struct TapLoader {
  const float* x;
  Window w;
  int rows, end;
  int down[COUNT], right[COUNT], channel[COUNT];
  int base, top, left;

  __device__ TapLoader(const float* x, const Window& w, int rows, int end)
      : x(x), w(w), rows(rows), end(end) {}

  __device__ void place(int i, int row) {
    int tap = row / w.depth;
    channel[i] = row < rows ? row % w.depth : -1;
    down[i] = tap / w.kernelWidth * w.dilationHeight;
    right[i] = tap % w.kernelWidth * w.dilationWidth;
  }

  __device__ void seek(int k) {
    int pixel = k % (w.outHeight * w.outWidth);
    base = k < end ? k / (w.outHeight * w.outWidth) * w.height * w.width * w.channels : -1;
    top = pixel / w.outWidth * w.strideHeight - w.padTop;
    left = pixel % w.outWidth * w.strideWidth - w.padLeft;
  }

  __device__ float get(int i) const {
    int row = top + down[i];
    int column = left + right[i];
    bool there =
        channel[i] >= 0 && base >= 0 && (unsigned)row < w.height && (unsigned)column < w.width;
    return there ? x[base + (row * w.width + column) * w.channels + channel[i]] : 0.0f;
  }
};

template <class S>
__device__ void forward(const float* x, const float* filter, float* y, const Window& w, int pixels) {
  int group = blockIdx.z;
  int k = w.kernelHeight * w.kernelWidth * w.depth;
  int row = blockIdx.x * S::ROWS;
  int column = blockIdx.y * S::COLUMNS;
  PatchLoader<Staging<S, S::ROWS, Along::K>::ROWS_PER_THREAD> a(x + group * w.depth, w, pixels, k);
  MatrixLoader<1> b(filter + group * w.groupOutputs, w.groupOutputs, k, 1, w.outputs);
  float* out = y + group * w.groupOutputs;
  multiply<S, Along::K, Along::ROW>(a, b, row, column, 0, k, [=](int i, int j, float value) {
    if (row + i < pixels && column + j < w.groupOutputs) {
      out[(long long)(row + i) * w.outputs + column + j] = value;
    }
  });
}

template <class S>
__device__ void input(const float* y, const float* filter, float* x, const Window& w, int pixels) {
  int group = blockIdx.z;
  int k = w.kernelHeight * w.kernelWidth * w.groupOutputs;
  int row = blockIdx.x * S::ROWS;
  int column = blockIdx.y * S::COLUMNS;
  AdjointLoader<Staging<S, S::ROWS, Along::K>::ROWS_PER_THREAD> a(
      y + group * w.groupOutputs, w, pixels, k);
  FilterLoader<Staging<S, S::COLUMNS, Along::K>::ROWS_PER_THREAD> b(
      filter + group * w.groupOutputs, w, k);
  float* out = x + group * w.depth;
  multiply<S, Along::K, Along::K>(a, b, row, column, 0, k, [=](int i, int j, float value) {
    if (row + i < pixels && column + j < w.depth) {
      out[(long long)(row + i) * w.channels + column + j] = value;
    }
  });
}

template <class S>
__device__ void filter(
    const float* x, const float* y, float* filter, const Window& w, int pixels, int parts, int share) {
  int group = blockIdx.z / parts;
  int part = blockIdx.z % parts;
  int begin = part * share;
  int end = min(pixels, begin + share);
  int rows = w.kernelHeight * w.kernelWidth * w.depth;
  int row = blockIdx.x * S::ROWS;
  int column = blockIdx.y * S::COLUMNS;
  TapLoader<1> a(x + group * w.depth, w, rows, end);
  MatrixLoader<1> b(y + group * w.groupOutputs, w.groupOutputs, end, 1, w.outputs);
  float* out = filter + (long long)part * rows * w.outputs + group * w.groupOutputs;
  multiply<S, Along::ROW, Along::ROW>(a, b, row, column, begin, end, [=](int i, int j, float value) {
    if (row + i < rows && column + j < w.groupOutputs) {
      out[(long long)(row + i) * w.outputs + column + j] = value;
    }
  });
}

}  // namespace assay

using namespace assay;

#define WINDOW_PARAMETERS                                                                                   \
  int height, int width, int channels, int outHeight, int outWidth, int outputs, int kernelHeight,          \
      int kernelWidth, int strideHeight, int strideWidth, int padTop, int padLeft, int dilationHeight,      \
      int dilationWidth, int depth, int groupOutputs, int pixels

#define WINDOW                                                                                              \
  Window w = {height,       width,       channels,    outHeight, outWidth, outputs,        kernelHeight,  \
              kernelWidth,  strideHeight, strideWidth, padTop,   padLeft,  dilationHeight, dilationWidth, \
              depth,        groupOutputs}

#define CONVOLUTIONS(NAME, MODE, SIZE, SHARE)                                                               \
  extern "C" __global__ void __launch_bounds__(256) convolution_##NAME##_##SIZE(                            \
      const float* x, const float* f, float* y, WINDOW_PARAMETERS) {                                        \
    WINDOW;                                                                                                 \
    forward<Shape<MODE, SIZE, SIZE, SHARE>>(x, f, y, w, pixels);                                            \
  }                                                                                                         \
  extern "C" __global__ void __launch_bounds__(256) convolution_input_##NAME##_##SIZE(                      \
      const float* y, const float* f, float* x, WINDOW_PARAMETERS) {                                        \
    WINDOW;                                                                                                 \
    input<Shape<MODE, SIZE, SIZE, SHARE>>(y, f, x, w, pixels);                                              \
  }                                                                                                         \
  extern "C" __global__ void __launch_bounds__(256) convolution_filter_##NAME##_##SIZE(                     \
      const float* x, const float* y, float* f, WINDOW_PARAMETERS, int parts, int share) {                  \
    WINDOW;                                                                                                 \
    filter<Shape<MODE, SIZE, SIZE, SHARE>>(x, y, f, w, pixels, parts, share);                               \
  }

CONVOLUTIONS(fp32, Mode::FP32, 128, 8)
CONVOLUTIONS(fp32, Mode::FP32, 64, 4)
CONVOLUTIONS(fp32, Mode::FP32, 32, 2)

#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 800
CONVOLUTIONS(tf32, Mode::TF32, 128, 8)
CONVOLUTIONS(tf32, Mode::TF32, 64, 4)
CONVOLUTIONS(bf16, Mode::BF16, 128, 8)
CONVOLUTIONS(bf16, Mode::BF16, 64, 4)
#endif
