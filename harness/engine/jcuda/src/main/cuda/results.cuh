// How a tile of results leaves: through shared memory, so that neighbouring threads write neighbours, and either as it is
// or through elementwise code that is put into the kernel when it is loaded.

#pragma once

#include <cuda_runtime.h>

// Where results go: [layers, m, n] without gaps. `first` is the layer of the grid's first block.
struct Results {
  float* x;
  int m;
  int n;
  int first;
  int fused;
};

// Rows that stand in shared memory at once.
constexpr int SLAB = 32;

template <int COLUMNS>
struct Board {
  static constexpr int ROW = COLUMNS + 4;
  static constexpr int FLOATS = SLAB * ROW;
};

// Writes the part of a tile of results that lies within [m, n]; all threads take part. The tile begins at a row and
// column of a layer; `sums.store(put)` gives put(row, column, value) of what a thread has of it.
template <int ROWS, int COLUMNS, int THREADS, class Sums>
__device__ void leave(const Sums& sums, float* board, const Results& to, int layer, int row, int column) {
  constexpr int WIDTH = Board<COLUMNS>::ROW;
  constexpr int GROUPS = COLUMNS / 4;
#pragma unroll 1
  for (int slab = 0; slab < ROWS; slab += SLAB) {
    __syncthreads();
    sums.store([=](int i, int j, float value) {
      if (i / SLAB * SLAB == slab) {
        board[(i - slab) * WIDTH + j] = value;
      }
    });
    __syncthreads();
#pragma unroll 1
    for (int at = threadIdx.x; at < SLAB * GROUPS; at += THREADS) {
      int i = row + slab + at / GROUPS;
      int j = column + at % GROUPS * 4;
      int count = i < to.m ? min(4, to.n - j) : 0;
      if (count <= 0) {
        continue;
      }
      float4 v = *(const float4*)(board + at / GROUPS * WIDTH + at % GROUPS * 4);
      int index = ((to.first + layer) * to.m + i) * to.n + j;
      if (to.fused) {
        // the first element's number, how many of the four exist, their values
        asm volatile(".pragma \"results %0 %1 %2 %3 %4 %5\";"
                     :
                     : "r"(index), "r"(count), "f"(v.x), "f"(v.y), "f"(v.z), "f"(v.w)
                     : "memory");
      } else if (to.n % 4 == 0) {
        *(float4*)(to.x + ((long long)(to.first + layer) * to.m + i) * to.n + j) = v;
      } else {
        float* x = to.x + ((long long)(to.first + layer) * to.m + i) * to.n + j;
        x[0] = v.x;
        if (count > 1) {
          x[1] = v.y;
        }
        if (count > 2) {
          x[2] = v.z;
        }
        if (count > 3) {
          x[3] = v.w;
        }
      }
    }
  }
}
