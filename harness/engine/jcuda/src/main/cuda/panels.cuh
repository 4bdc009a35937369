// C = A Bᵀ on tensor cores for large matrices. Both operands are panels: their elements rounded once to bf16 or tf32, rows
// dense along the summed axis and filled up with zeros to whole stages of 64 bytes. So a stage is the same bytes in both
// precisions, every copy has 16 bytes, and nothing but rows of results needs a guard.

#pragma once

#include "gemm.cuh"
#include "results.cuh"

#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 800

// Bytes of a row that a stage holds, and stages in shared memory.
constexpr int STAGE = 64;
constexpr int STAGES = 4;

// A tile of 128 x COLUMNS results; each warp has 64 x 64 of them.
template <Mode MODE, int COLUMNS_>
struct PanelTile {
  static constexpr int ROWS = 128;
  static constexpr int COLUMNS = COLUMNS_;
  static constexpr int WARPS = ROWS / 64 * (COLUMNS / 64);
  static constexpr int THREADS = 32 * WARPS;
  static constexpr int BYTES = (ROWS + COLUMNS) * STAGE;
  // Rows that one copy of each thread covers.
  static constexpr int AT_ONCE = THREADS / 4;
  static constexpr int COPIES_A = ROWS / AT_ONCE;
  static constexpr int COPIES_B = COLUMNS / AT_ONCE;
  static constexpr int DOWN = 4;
  static constexpr int ACROSS = 8;

  float c[DOWN][ACROSS][4] = {};

  static __device__ int firstRow() { return threadIdx.x / 32 % 2 * 64; }
  static __device__ int firstColumn() { return threadIdx.x / 64 * 64; }

  // Where 16 bytes of a row lie in a stage: two rows fill all banks, and eight rows with the same chunk are in eight places.
  static __device__ int place(int row, int chunk) { return row * STAGE + (chunk ^ row / 2 % 4) * 16; }

  static __device__ void copy(uint32_t to, const uint4* from) {
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" : : "r"(to), "l"(from) : "memory");
  }

  static __device__ void commit() { asm volatile("cp.async.commit_group;" : : : "memory"); }

  template <int PENDING>
  static __device__ void await() {
    asm volatile("cp.async.wait_group %0;" : : "n"(PENDING) : "memory");
  }

  static __device__ void load(uint32_t (&x)[4], uint32_t from) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(x[0]), "=r"(x[1]), "=r"(x[2]), "=r"(x[3])
                 : "r"(from)
                 : "memory");
  }

  // Adds the products of a stage: two fragments of 32 bytes along the summed axis.
  __device__ void multiply(uint32_t stage) {
    int lane = threadIdx.x % 32;
    int rowA = firstRow() + lane % 16;
    int rowB = firstColumn() + lane / 16 * 8 + lane % 8;
#pragma unroll
    for (int half = 0; half < 2; half++) {
      uint32_t a[DOWN][4];
      uint32_t b[ACROSS / 2][4];
#pragma unroll
      for (int i = 0; i < DOWN; i++) {
        load(a[i], stage + 16 * i * STAGE + place(rowA, 2 * half + lane / 16));
      }
#pragma unroll
      for (int j = 0; j < ACROSS / 2; j++) {
        load(b[j], stage + (ROWS + 16 * j) * STAGE + place(rowB, 2 * half + lane / 8 % 2));
      }
#pragma unroll
      for (int i = 0; i < DOWN; i++) {
#pragma unroll
        for (int j = 0; j < ACROSS; j++) {
          TensorCore<MODE>::multiply(c[i][j], a[i], b[j / 2] + j % 2 * 2);
        }
      }
    }
  }

  // Sums stages of 16-byte chunks from `begin` to `end`; rows of an operand are `pitch` chunks apart.
  __device__ void sum(
      const uint4* a, const uint4* b, int pitch, int row, int column, int m, int n, int begin, int end, uint32_t memory) {
    int own = threadIdx.x / 4;
    int chunk = threadIdx.x % 4;
    int offset[COPIES_A + COPIES_B];
#pragma unroll
    for (int i = 0; i < COPIES_A; i++) {
      // rows beyond the last repeat it: their results are not written
      offset[i] = min(row + own + i * AT_ONCE, m - 1) * pitch + chunk;
    }
#pragma unroll
    for (int i = 0; i < COPIES_B; i++) {
      offset[COPIES_A + i] = min(column + own + i * AT_ONCE, n - 1) * pitch + chunk;
    }
    uint32_t to = memory + place(own, chunk);
    auto fetch = [&](int step) {
      if (step < end) {
        uint32_t slot = to + (step - begin) % STAGES * BYTES;
#pragma unroll
        for (int i = 0; i < COPIES_A + COPIES_B; i++) {
          copy(slot + i * AT_ONCE * STAGE, (i < COPIES_A ? a : b) + offset[i] + step * (STAGE / 16));
        }
      }
      commit();
    };
#pragma unroll
    for (int i = 0; i < STAGES - 1; i++) {
      fetch(begin + i);
    }
#pragma unroll 1
    for (int step = begin; step < end; step++) {
      await<STAGES - 2>();
      __syncthreads();
      fetch(step + STAGES - 1);
      multiply(memory + (step - begin) % STAGES * BYTES);
    }
    await<0>();
  }

  template <class Store>
  __device__ void store(Store put) const {
    int g = threadIdx.x % 32 / 4;
    int t = threadIdx.x % 4;
#pragma unroll
    for (int i = 0; i < DOWN; i++) {
#pragma unroll
      for (int j = 0; j < ACROSS; j++) {
        int row = firstRow() + 16 * i + g;
        int column = firstColumn() + 8 * j + 2 * t;
        put(row, column, c[i][j][0]);
        put(row, column + 1, c[i][j][1]);
        put(row + 8, column, c[i][j][2]);
        put(row + 8, column + 1, c[i][j][3]);
      }
    }
  }
};

#endif
