// Matrix products: C = A B for each matrix of a batch, over a part of k in each layer of the grid.

#include "gemm.cuh"

namespace assay {

template <class S, bool TRANSPOSED_A, bool TRANSPOSED_B>
__device__ void product(
    const float* a, const float* b, float* c, int m, int n, int k, int lda, int ldb, long long strideA,
    long long strideB, int parts, int share) {
  constexpr Along alongA = TRANSPOSED_A ? Along::ROW : Along::K;
  constexpr Along alongB = TRANSPOSED_B ? Along::K : Along::ROW;
  int batch = blockIdx.z / parts;
  int part = blockIdx.z % parts;
  int begin = part * share;
  int end = min(k, begin + share);
  int row = blockIdx.x * S::ROWS;
  int column = blockIdx.y * S::COLUMNS;
  MatrixLoader<Staging<S, S::ROWS, alongA>::ROWS_PER_THREAD> left(
      a + batch * strideA, m, end, TRANSPOSED_A ? 1 : lda, TRANSPOSED_A ? lda : 1);
  MatrixLoader<Staging<S, S::COLUMNS, alongB>::ROWS_PER_THREAD> right(
      b + batch * strideB, n, end, TRANSPOSED_B ? ldb : 1, TRANSPOSED_B ? 1 : ldb);
  float* out = c + (long long)blockIdx.z * m * n;
  multiply<S, alongA, alongB>(left, right, row, column, begin, end, [=](int i, int j, float value) {
    if (row + i < m && column + j < n) {
      out[(long long)(row + i) * n + column + j] = value;
    }
  });
}

}  // namespace assay

using namespace assay;

#define MATMUL(NAME, MODE, SIZE, SHARE, TA, TB)                                                            \
  extern "C" __global__ void __launch_bounds__(256) matmul_##NAME(                                         \
      const float* a, const float* b, float* c, int m, int n, int k, int lda, int ldb, long long strideA, \
      long long strideB, int parts, int share) {                                                          \
    product<Shape<MODE, SIZE, SIZE, SHARE>, TA, TB>(                                                       \
        a, b, c, m, n, k, lda, ldb, strideA, strideB, parts, share);                                       \
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
MATMULS(tf32, Mode::TF32, 128, 8)
MATMULS(tf32, Mode::TF32, 64, 4)
MATMULS(bf16, Mode::BF16, 128, 8)
MATMULS(bf16, Mode::BF16, 64, 4)
#endif
