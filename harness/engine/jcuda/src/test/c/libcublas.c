/*
 * A cuBLAS that multiplies memory of the host by plain loops, and refuses what the manual forbids and what the backend
 * must not ask for. MAJOR, CREATE, QUEUE and SMALLEST (bytes of workspace) are given to the compiler.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#define NOT_INITIALIZED 1
#define INVALID 7
#define PEDANTIC 69
#define FAST_16BF 75
#define FAST_TF32 77

typedef struct { intptr_t stream; intptr_t workspace; size_t bytes; int mode; } handle;

int cublasGetProperty(int which, int *value) { *value = which == 0 ? MAJOR : which == 1 ? 4 : 2; return 0; }
int cublasCreate_v2(handle **h) { *h = calloc(1, sizeof(handle)); return CREATE; }
int cublasDestroy_v2(handle *h) { free(h); return 0; }
int cublasSetStream_v2(handle *h, intptr_t stream) { h->stream = stream; h->workspace = 0; return 0; }
int cublasSetWorkspace_v2(handle *h, intptr_t workspace, size_t bytes) { h->workspace = workspace; h->bytes = bytes; return 0; }
int cublasSetMathMode(handle *h, int mode) { h->mode = mode; return 0; }

/* To the nearest of as many bits of mantissa, and ties away from zero. */
static float rounded(float x, int bits) {
  union { float f; uint32_t u; } v = {x};
  uint32_t drop = 23 - bits;
  v.u = (v.u + (1u << (drop - 1))) & ~((1u << drop) - 1);
  return v.f;
}

static float factor(const float *x, int transposed, int ld, int row, int column, int type) {
  float value = transposed ? x[column + (size_t) row * ld] : x[row + (size_t) column * ld];
  return type == FAST_16BF ? rounded(value, 7) : type == FAST_TF32 ? rounded(value, 10) : value;
}

static int bad(handle *h, int ta, int tb, int m, int n, int k, int at, int lda, int bt, int ldb, int ct, int ldc, int type, int algorithm) {
  if (h->stream != QUEUE || !h->workspace || h->workspace % 256 || h->bytes < SMALLEST) return NOT_INITIALIZED;
  if (type != PEDANTIC && type != FAST_16BF && type != FAST_TF32) return INVALID;
  if (h->mode != (type == PEDANTIC ? 2 : 0)) return INVALID;
  if (at != 0 || bt != 0 || ct != 0 || algorithm != -1 || ta < 0 || ta > 1 || tb < 0 || tb > 1) return INVALID;
  return m < 1 || n < 1 || k < 1 || lda < (ta ? k : m) || ldb < (tb ? n : k) || ldc < m ? INVALID : 0;
}

static void multiply(int ta, int tb, int m, int n, int k, float alpha, const float *a, int lda, const float *b, int ldb, float beta, float *c, int ldc, int type) {
  for (int j = 0; j < n; j++) {
    for (int i = 0; i < m; i++) {
      double sum = 0;
      for (int p = 0; p < k; p++) sum += (double) factor(a, ta, lda, i, p, type) * factor(b, tb, ldb, p, j, type);
      float *to = &c[i + (size_t) j * ldc];
      *to = (float) (alpha * sum) + (beta == 0 ? 0 : beta * *to);
    }
  }
}

int cublasGemmEx(handle *h, int ta, int tb, int m, int n, int k, const float *alpha, const float *a, int at, int lda, const float *b, int bt, int ldb, const float *beta, float *c, int ct, int ldc, int type, int algorithm) {
  int error = bad(h, ta, tb, m, n, k, at, lda, bt, ldb, ct, ldc, type, algorithm);
  if (!error) multiply(ta, tb, m, n, k, *alpha, a, lda, b, ldb, *beta, c, ldc, type);
  return error;
}

int cublasGemmStridedBatchedEx(handle *h, int ta, int tb, int m, int n, int k, const float *alpha, const float *a, int at, int lda, long long sa, const float *b, int bt, int ldb, long long sb, const float *beta, float *c, int ct, int ldc, long long sc, int count, int type, int algorithm) {
  int error = bad(h, ta, tb, m, n, k, at, lda, bt, ldb, ct, ldc, type, algorithm);
  if (count < 1 || count > 65535 || sc < (long long) m * n) return INVALID;
  for (int i = 0; !error && i < count; i++) multiply(ta, tb, m, n, k, *alpha, a + i * sa, lda, b + i * sb, ldb, *beta, c + i * sc, ldc, type);
  return error;
}
