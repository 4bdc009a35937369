// Matrix products: C = A B for each matrix of a batch, over a part of k in each layer of the grid.

#include "gemm.cuh"
#include "panels.cuh"
#include "results.cuh"

namespace assay {

template <class S, bool TRANSPOSED_A, bool TRANSPOSED_B>
__device__ void product(
    const float* a, const float* b, const Results& c, int k, int lda, int ldb, long long strideA, long long strideB,
    int parts, int share) {
  constexpr Along alongA = TRANSPOSED_A ? Along::ROW : Along::K;
  constexpr Along alongB = TRANSPOSED_B ? Along::K : Along::ROW;
  using Tile = Product<S, alongA, alongB>;
  __shared__ __align__(16) union {
    typename Tile::Memory operands;
    float board[Board<S::COLUMNS>::FLOATS];
  } memory;
  long long batch = c.first / parts + blockIdx.z / parts;
  int part = blockIdx.z % parts;
  int begin = part * share;
  int end = min(k, begin + share);
  int row = blockIdx.x * S::ROWS;
  int column = blockIdx.y * S::COLUMNS;
  MatrixLoader<Tile::StagingA::ROWS_PER_THREAD> left(
      a + batch * strideA, c.m, end, TRANSPOSED_A ? 1 : lda, TRANSPOSED_A ? lda : 1);
  MatrixLoader<Tile::StagingB::ROWS_PER_THREAD> right(
      b + batch * strideB, c.n, end, TRANSPOSED_B ? ldb : 1, TRANSPOSED_B ? 1 : ldb);
  Tile tile;
  tile.sum(left, right, row, column, begin, end, memory.operands);
  leave<S::ROWS, S::COLUMNS, S::THREADS>(tile.sums, memory.board, c, blockIdx.z, row, column);
}

#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 800

template <Mode MODE, int COLUMNS>
__device__ void panels(
    const uint4* a, const uint4* b, const Results& c, int pitch, long long strideA, long long strideB, int parts,
    int share) {
  using Tile = PanelTile<MODE, COLUMNS>;
  extern __shared__ __align__(16) float memory[];
  long long batch = (c.first + blockIdx.z) / parts;
  int begin = blockIdx.z % parts * share;
  int end = min(pitch * 16 / STAGE, begin + share);
  int row = blockIdx.x * Tile::ROWS;
  int column = blockIdx.y * Tile::COLUMNS;
  Tile tile;
  tile.sum(
      a + batch * strideA, b + batch * strideB, pitch, row, column, c.m, c.n, begin, end,
      (uint32_t)__cvta_generic_to_shared(memory));
  leave<Tile::ROWS, Tile::COLUMNS, Tile::THREADS>(tile, memory, c, blockIdx.z, row, column);
}

constexpr int PACK_ROWS = 32;
constexpr int PACK_DEPTH = 64;

// Rows of a matrix as panels: `depth` elements and zeros up to `width`; one of the strides is 1.
template <Mode MODE>
__device__ void pack(
    const float* x, uint32_t* panels, int rows, int depth, int rowStride, int kStride, long long stride, int width) {
  __shared__ float tile[PACK_ROWS][PACK_DEPTH + 1];
  int first = blockIdx.x * PACK_ROWS;
  int begin = blockIdx.y * PACK_DEPTH;
  x += blockIdx.z * stride;
#pragma unroll
  for (int i = 0; i < PACK_ROWS * PACK_DEPTH; i += 256) {
    int at = i + threadIdx.x;
    int row = kStride == 1 ? at / PACK_DEPTH : at % PACK_ROWS;
    int k = kStride == 1 ? at % PACK_DEPTH : at / PACK_ROWS;
    bool inside = first + row < rows && begin + k < depth;
    tile[row][k] = inside ? x[(long long)(first + row) * rowStride + (long long)(begin + k) * kStride] : 0.0f;
  }
  __syncthreads();
  constexpr int PAIR = MODE == Mode::BF16 ? 2 : 1;
  panels += ((long long)blockIdx.z * rows + first) * (width / PAIR) + begin / PAIR;
#pragma unroll
  for (int i = 0; i < PACK_ROWS * PACK_DEPTH / PAIR; i += 256) {
    int row = (i + threadIdx.x) / (PACK_DEPTH / PAIR);
    int at = (i + threadIdx.x) % (PACK_DEPTH / PAIR);
    if (first + row < rows && begin + at * PAIR < width) {
      using Round = TensorCore<MODE>;
      const float* from = tile[row] + at * PAIR;
      panels[(long long)row * (width / PAIR) + at] =
          MODE == Mode::BF16 ? Round::bf16(from[0], from[PAIR - 1]) : Round::tf32(from[0]);
    }
  }
}

#endif

}  // namespace assay

using namespace assay;

#define MATMUL(NAME, MODE, SIZE, SHARE, TA, TB)                                                            \
  extern "C" __global__ void __launch_bounds__(256, 2) matmul_##NAME(                                       \
      float* c, int m, int n, int first, int fused, const float* a, const float* b, int k, int lda,        \
      int ldb, long long strideA, long long strideB, int parts, int share) {                               \
    product<Shape<MODE, SIZE, SIZE, SHARE>, TA, TB>(                                                       \
        a, b, {c, m, n, first, fused}, k, lda, ldb, strideA, strideB, parts, share);                       \
  }

#define MATMULS(MODE_NAME, MODE, SIZE, SHARE)                      \
  MATMUL(MODE_NAME##_##SIZE##_nn, MODE, SIZE, SHARE, false, false) \
  MATMUL(MODE_NAME##_##SIZE##_nt, MODE, SIZE, SHARE, false, true)  \
  MATMUL(MODE_NAME##_##SIZE##_tn, MODE, SIZE, SHARE, true, false)  \
  MATMUL(MODE_NAME##_##SIZE##_tt, MODE, SIZE, SHARE, true, true)

MATMULS(fp32, Mode::FP32, 128, 8)
MATMULS(fp32, Mode::FP32, 64, 4)
MATMULS(fp32, Mode::FP32, 32, 2)

#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 800
MATMULS(tf32, Mode::TF32, 64, 4)
MATMULS(bf16, Mode::BF16, 64, 4)

#define PANELS(MODE_NAME, MODE, COLUMNS, BLOCKS)                                                               \
  extern "C" __global__ void __launch_bounds__(COLUMNS, BLOCKS) matmul_##MODE_NAME##_panels_##COLUMNS(       \
      float* c, int m, int n, int first, int fused, const uint4* a, const uint4* b, int pitch,              \
      long long strideA, long long strideB, int parts, int share) {                                         \
    panels<MODE, COLUMNS>(a, b, {c, m, n, first, fused}, pitch, strideA, strideB, parts, share);            \
  }

#define PACK(MODE_NAME, MODE)                                                                               \
  extern "C" __global__ void __launch_bounds__(256) matmul_##MODE_NAME##_pack(                              \
      const float* x, uint32_t* panels, int rows, int depth, int rowStride, int kStride, long long stride,  \
      int width) {                                                                                          \
    pack<MODE>(x, panels, rows, depth, rowStride, kStride, stride, width);                                  \
  }

PANELS(tf32, Mode::TF32, 128, 2)
PANELS(tf32, Mode::TF32, 256, 1)
PANELS(bf16, Mode::BF16, 128, 2)
PANELS(bf16, Mode::BF16, 256, 1)
PACK(tf32, Mode::TF32)
PACK(bf16, Mode::BF16)
#endif
