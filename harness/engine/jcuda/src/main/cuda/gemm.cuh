// A tile of a matrix product C = A B whose operands are read through loaders, so that convolutions are products too.
//
// A loader gives an operand's elements: `place(i, row)` names the row (of A, or column of B) that the thread's i-th
// element belongs to, `seek(k)` the place along the summed axis, `get(i)` the element there, 0 outside.

#pragma once

#include <cuda_runtime.h>
#include <cstdint>

enum class Mode { FP32, TF32, BF16 };

// Which axis of an operand neighbouring threads read along.
enum class Along { K, ROW };

template <Mode MODE, int ROWS_, int COLUMNS_, int SHARE_>
struct Shape {
  static constexpr Mode mode = MODE;
  static constexpr int ROWS = ROWS_;
  static constexpr int COLUMNS = COLUMNS_;
  static constexpr int DEPTH = 16;
  static constexpr int THREADS = 256;
  // Rows, and columns, of results that a thread has (fp32).
  static constexpr int SHARE = SHARE_;
  // Padding keeps the reads of a warp in different banks.
  static constexpr int PAD = MODE == Mode::TF32 ? 8 : 4;
};

template <class S, int EXTENT, Along ALONG>
struct Staging {
  static constexpr int COUNT = EXTENT * S::DEPTH / S::THREADS;
  static constexpr int ROWS_PER_THREAD = ALONG == Along::K ? COUNT : 1;
  static constexpr int STEP = ALONG == Along::K ? S::THREADS / S::DEPTH : S::THREADS / EXTENT;

  static __device__ int row(int i) {
    int thread = threadIdx.x;
    return ALONG == Along::K ? thread / S::DEPTH + i * STEP : thread % EXTENT;
  }

  static __device__ int depth(int i) {
    int thread = threadIdx.x;
    return ALONG == Along::K ? thread % S::DEPTH : thread / EXTENT + i * STEP;
  }

  template <class Loader>
  static __device__ void place(Loader& loader, int first) {
#pragma unroll
    for (int i = 0; i < ROWS_PER_THREAD; i++) {
      loader.place(i, first + row(i));
    }
  }

  template <class Loader>
  static __device__ void fetch(Loader& loader, int k, float (&into)[COUNT]) {
    if (ALONG == Along::K) {
      loader.seek(k + depth(0));
    }
#pragma unroll
    for (int i = 0; i < COUNT; i++) {
      if (ALONG == Along::ROW) {
        loader.seek(k + depth(i));
      }
      into[i] = loader.get(ALONG == Along::K ? i : 0);
    }
  }

  static __device__ void put(const float (&from)[COUNT], float (*into)[EXTENT + S::PAD]) {
#pragma unroll
    for (int i = 0; i < COUNT; i++) {
      into[depth(i)][row(i)] = from[i];
    }
  }
};

// Results of a thread, fp32: SHARE x SHARE sums in groups of up to four neighbours.
template <class S>
struct Sums {
  static constexpr int V = S::SHARE < 4 ? S::SHARE : 4;
  static constexpr int ACROSS = S::COLUMNS / S::SHARE;
  float c[S::SHARE][S::SHARE] = {};

  static __device__ int row(int i) {
    return (i / V) * (S::ROWS / (S::SHARE / V)) + threadIdx.x / ACROSS * V + i % V;
  }

  static __device__ int column(int i) {
    return (i / V) * (S::COLUMNS / (S::SHARE / V)) + threadIdx.x % ACROSS * V + i % V;
  }

  __device__ void add(float (*a)[S::ROWS + S::PAD], float (*b)[S::COLUMNS + S::PAD]) {
    // the factors of the next k are on their way while those of this one are used
    float x[2][S::SHARE];
    float y[2][S::SHARE];
    auto load = [&](int k, int to) {
#pragma unroll
      for (int i = 0; i < S::SHARE; i++) {
        x[to][i] = a[k][row(i)];
        y[to][i] = b[k][column(i)];
      }
    };
    load(0, 0);
#pragma unroll 2
    for (int k = 0; k < S::DEPTH; k++) {
      load((k + 1) % S::DEPTH, (k + 1) % 2);
#pragma unroll
      for (int i = 0; i < S::SHARE; i++) {
#pragma unroll
        for (int j = 0; j < S::SHARE; j++) {
          c[i][j] = fmaf(x[k % 2][i], y[k % 2][j], c[i][j]);
        }
      }
    }
  }

  template <class Store>
  __device__ void store(Store put) const {
#pragma unroll
    for (int i = 0; i < S::SHARE; i++) {
#pragma unroll
      for (int j = 0; j < S::SHARE; j++) {
        put(row(i), column(j), c[i][j]);
      }
    }
  }
};

#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 800

// Rounding, and the matrix instruction, of a precision. Fragments are those of the PTX ISA: of A 16 x 32 bytes, of B 32
// bytes x 8.
template <Mode MODE>
struct TensorCore {
  static __device__ uint32_t tf32(float x) {
    uint32_t bits;
    asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(bits) : "f"(x));
    return bits;
  }

  static __device__ uint32_t bf16(float low, float high) {
    uint32_t pair;
    asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(pair) : "f"(high), "f"(low));
    return pair;
  }

  static __device__ void multiply(float (&c)[4], const uint32_t* a, const uint32_t* b) {
    if constexpr (MODE == Mode::TF32) {
      asm("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, "
          "{%0, %1, %2, %3};"
          : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
          : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
    } else {
      asm("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, "
          "{%0, %1, %2, %3};"
          : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
          : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
    }
  }
};

// Results of a thread on tensor cores: eight warps, two down and four across, each with fragments of 16 x 8.
template <class S>
struct Fragments {
  using Core = TensorCore<S::mode>;
  static constexpr int DOWN = S::ROWS / 2 / 16;
  static constexpr int ACROSS = S::COLUMNS / 4 / 8;
  float c[DOWN][ACROSS][4] = {};

  static __device__ int group() { return threadIdx.x % 32 / 4; }
  static __device__ int inGroup() { return threadIdx.x % 4; }
  static __device__ int firstRow() { return threadIdx.x / 32 / 4 * (S::ROWS / 2); }
  static __device__ int firstColumn() { return threadIdx.x / 32 % 4 * (S::COLUMNS / 4); }

  __device__ void add(float (*a)[S::ROWS + S::PAD], float (*b)[S::COLUMNS + S::PAD]) {
    int g = group();
    int t = inGroup();
    if constexpr (S::mode == Mode::TF32) {
#pragma unroll
      for (int k = 0; k < S::DEPTH; k += 8) {
        uint32_t x[DOWN][4];
        uint32_t y[ACROSS][2];
#pragma unroll
        for (int i = 0; i < DOWN; i++) {
          int row = firstRow() + 16 * i + g;
          x[i][0] = Core::tf32(a[k + t][row]);
          x[i][1] = Core::tf32(a[k + t][row + 8]);
          x[i][2] = Core::tf32(a[k + t + 4][row]);
          x[i][3] = Core::tf32(a[k + t + 4][row + 8]);
        }
#pragma unroll
        for (int j = 0; j < ACROSS; j++) {
          int column = firstColumn() + 8 * j + g;
          y[j][0] = Core::tf32(b[k + t][column]);
          y[j][1] = Core::tf32(b[k + t + 4][column]);
        }
#pragma unroll
        for (int i = 0; i < DOWN; i++) {
#pragma unroll
          for (int j = 0; j < ACROSS; j++) {
            Core::multiply(c[i][j], x[i], y[j]);
          }
        }
      }
    } else {
      uint32_t x[DOWN][4];
      uint32_t y[ACROSS][2];
#pragma unroll
      for (int i = 0; i < DOWN; i++) {
        int row = firstRow() + 16 * i + g;
        x[i][0] = Core::bf16(a[2 * t][row], a[2 * t + 1][row]);
        x[i][1] = Core::bf16(a[2 * t][row + 8], a[2 * t + 1][row + 8]);
        x[i][2] = Core::bf16(a[2 * t + 8][row], a[2 * t + 9][row]);
        x[i][3] = Core::bf16(a[2 * t + 8][row + 8], a[2 * t + 9][row + 8]);
      }
#pragma unroll
      for (int j = 0; j < ACROSS; j++) {
        int column = firstColumn() + 8 * j + g;
        y[j][0] = Core::bf16(b[2 * t][column], b[2 * t + 1][column]);
        y[j][1] = Core::bf16(b[2 * t + 8][column], b[2 * t + 9][column]);
      }
#pragma unroll
      for (int i = 0; i < DOWN; i++) {
#pragma unroll
        for (int j = 0; j < ACROSS; j++) {
          Core::multiply(c[i][j], x[i], y[j]);
        }
      }
    }
  }

  template <class Store>
  __device__ void store(Store put) const {
#pragma unroll
    for (int i = 0; i < DOWN; i++) {
#pragma unroll
      for (int j = 0; j < ACROSS; j++) {
        int row = firstRow() + 16 * i + group();
        int column = firstColumn() + 8 * j + 2 * inGroup();
        put(row, column, c[i][j][0]);
        put(row, column + 1, c[i][j][1]);
        put(row + 8, column, c[i][j][2]);
        put(row + 8, column + 1, c[i][j][3]);
      }
    }
  }
};

#endif

template <class S, Mode M>
struct Arithmetic {
  using Type = Sums<S>;
};

#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 800
template <class S>
struct Arithmetic<S, Mode::TF32> {
  using Type = Fragments<S>;
};
template <class S>
struct Arithmetic<S, Mode::BF16> {
  using Type = Fragments<S>;
};
#endif

// Sums a tile over k from `begin` to `end`; its first row and column are given.
template <class S, Along ALONG_A, Along ALONG_B>
struct Product {
  using StagingA = Staging<S, S::ROWS, ALONG_A>;
  using StagingB = Staging<S, S::COLUMNS, ALONG_B>;
  // While one half is summed the other is filled.
  struct Memory {
    float a[2][S::DEPTH][S::ROWS + S::PAD];
    float b[2][S::DEPTH][S::COLUMNS + S::PAD];
  };
  typename Arithmetic<S, S::mode>::Type sums;

  template <class LoaderA, class LoaderB>
  __device__ void sum(LoaderA a, LoaderB b, int row, int column, int begin, int end, Memory& memory) {
    float nextA[StagingA::COUNT];
    float nextB[StagingB::COUNT];
    StagingA::place(a, row);
    StagingB::place(b, column);
    StagingA::fetch(a, begin, nextA);
    StagingB::fetch(b, begin, nextB);
    int half = 0;
    for (int k = begin; k < end; k += S::DEPTH) {
      StagingA::put(nextA, memory.a[half]);
      StagingB::put(nextB, memory.b[half]);
      __syncthreads();
      if (k + S::DEPTH < end) {
        StagingA::fetch(a, k + S::DEPTH, nextA);
        StagingB::fetch(b, k + S::DEPTH, nextB);
      }
      sums.add(memory.a[half], memory.b[half]);
      half ^= 1;
    }
  }
};

// The tile whose first row and column are given, summed over k from `begin` to `end`; put(row, column, value) within it.
template <class S, Along ALONG_A, Along ALONG_B, class LoaderA, class LoaderB, class Store>
__device__ void multiply(LoaderA a, LoaderB b, int row, int column, int begin, int end, Store put) {
  __shared__ __align__(16) typename Product<S, ALONG_A, ALONG_B>::Memory memory;
  Product<S, ALONG_A, ALONG_B> product;
  product.sum(a, b, row, column, begin, end, memory);
  product.sums.store(put);
}

// Rows at a distance, elements of the summed axis at another.
template <int COUNT>
struct MatrixLoader {
  const float* x;
  int rows;
  int end;
  int rowStride;
  int kStride;
  int offset[COUNT];
  int at;

  __device__ MatrixLoader(const float* x, int rows, int end, int rowStride, int kStride)
      : x(x), rows(rows), end(end), rowStride(rowStride), kStride(kStride) {}

  __device__ void place(int i, int row) { offset[i] = row < rows ? row * rowStride : -1; }

  __device__ void seek(int k) { at = k < end ? k * kStride : -1; }

  __device__ float get(int i) const { return (at | offset[i]) < 0 ? 0.0f : x[at + offset[i]]; }
};
