// Rows picked, summed, replaced, searched, drawn; and partial results joined. All sums are in a fixed order.

#include <cuda_runtime.h>
#include <math.h>

namespace assay {

constexpr int WARP = 32;
constexpr unsigned ALL = 0xffffffffu;
constexpr int SCATTER_THREADS = 256;
constexpr int SCATTER_COLUMNS = 4;

// SplitMix64's finalizer: Steele et al. 2014.
__device__ unsigned long long mix(unsigned long long z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

// Philox 4x32-10: Salmon et al. 2011.
__device__ void philox(unsigned long long key, unsigned counter, unsigned (&word)[4]) {
  unsigned k0 = (unsigned)key;
  unsigned k1 = (unsigned)(key >> 32);
  word[0] = counter;
  word[1] = word[2] = word[3] = 0;
#pragma unroll
  for (int round = 0; round < 10; round++) {
    unsigned high0 = __umulhi(0xD2511F53u, word[0]);
    unsigned low0 = 0xD2511F53u * word[0];
    unsigned high1 = __umulhi(0xCD9E8D57u, word[2]);
    unsigned low1 = 0xCD9E8D57u * word[2];
    word[0] = high1 ^ word[1] ^ k0;
    word[1] = low1;
    word[2] = high0 ^ word[3] ^ k1;
    word[3] = low0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
}

__device__ float uniform(unsigned word) {
  return fmaf((float)(word >> 9), 0x1p-23f, 0x1p-24f);
}

// Box and Muller 1958: two uniforms to two standard normals, cosine first.
__device__ void normal(float u, float v, float& first, float& second) {
  float radius = sqrtf(-2.0f * logf(u));
  float sine, cosine;
  sincospif(2.0f * v, &sine, &cosine);
  first = radius * cosine;
  second = radius * sine;
}

}  // namespace assay

using namespace assay;

// out [n, width] = rows of table at indices; zeros for an index outside.
extern "C" __global__ void gather(
    const int* table, const int* indices, int* out, int rows, long long stride, int n, int width) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n * width) {
    return;
  }
  int row = indices[i / width];
  bool inside = row >= 0 && row < rows;
  out[i] = inside ? table[row * stride + i % width] : 0;
}

// out [rows, width] = sums of values [n, width] by indices [n], in their order. A block for each row.
extern "C" __global__ void scatter_add(
    const int* indices, const float* values, float* out, int n, int width) {
  __shared__ int found[SCATTER_THREADS];
  __shared__ int starts[SCATTER_THREADS / WARP + 1];
  int row = blockIdx.x;
  int thread = threadIdx.x;
  int lane = thread % WARP;
  int warp = thread / WARP;
  int column = blockIdx.y * SCATTER_THREADS * SCATTER_COLUMNS + thread;
  float sum[SCATTER_COLUMNS] = {};
  for (int base = 0; base < n; base += SCATTER_THREADS) {
    int i = base + thread;
    bool mine = i < n && indices[i] == row;
    unsigned votes = __ballot_sync(ALL, mine);
    if (lane == 0) {
      starts[warp + 1] = __popc(votes);
    }
    if (thread == 0) {
      starts[0] = 0;
    }
    __syncthreads();
    if (thread == 0) {
      for (int w = 0; w < SCATTER_THREADS / WARP; w++) {
        starts[w + 1] += starts[w];
      }
    }
    __syncthreads();
    if (mine) {
      found[starts[warp] + __popc(votes & ((1u << lane) - 1))] = i;
    }
    __syncthreads();
    int count = starts[SCATTER_THREADS / WARP];
    for (int f = 0; f < count; f++) {
      long long at = (long long)found[f] * width;
#pragma unroll
      for (int c = 0; c < SCATTER_COLUMNS; c++) {
        int j = column + c * SCATTER_THREADS;
        if (j < width) {
          sum[c] += values[at + j];
        }
      }
    }
    __syncthreads();
  }
#pragma unroll
  for (int c = 0; c < SCATTER_COLUMNS; c++) {
    int j = column + c * SCATTER_THREADS;
    if (j < width) {
      out[(long long)row * width + j] = sum[c];
    }
  }
}

// out = x, n words.
extern "C" __global__ void copy(const int* x, int* out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) {
    out[i] = x[i];
  }
}

// Replaces rows of out [rows, width] by values [n, width]; an index outside is skipped.
extern "C" __global__ void put_rows(
    const int* indices, const int* values, int* out, int rows, int n, int width) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n * width) {
    return;
  }
  int row = indices[i / width];
  if (row >= 0 && row < rows) {
    out[(long long)row * width + i % width] = values[i];
  }
}

// out [rows] = index of the first largest of x [rows, n]. A warp for each row; every lane begins with the first element,
// so that NaN there stays, and NaN elsewhere is never larger.
extern "C" __global__ void arg_max(const float* x, int* out, int rows, int n) {
  int row = blockIdx.x * (blockDim.x / WARP) + threadIdx.x / WARP;
  int lane = threadIdx.x % WARP;
  const float* from = x + (long long)min(row, rows - 1) * n;
  float best = from[0];
  int where = 0;
  for (int i = lane; i < n; i += WARP) {
    float value = from[i];
    if (value > best) {
      best = value;
      where = i;
    }
  }
  for (int distance = WARP / 2; distance > 0; distance /= 2) {
    float other = __shfl_xor_sync(ALL, best, distance);
    int index = __shfl_xor_sync(ALL, where, distance);
    if (other > best || (other == best && index < where)) {
      best = other;
      where = index;
    }
  }
  if (row < rows && lane == 0) {
    out[row] = where;
  }
}

// Draws [streams, length]: stream s has the key keys[2 s], keys[2 s + 1] derived with the path. A thread for each
// block of four words.
extern "C" __global__ void draw(
    const int* keys, float* out, unsigned long long path, int streams, int length, int normals) {
  int blocks = (length + 3) / 4;
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= blocks * streams) {
    return;
  }
  int stream = i / blocks;
  int block = i % blocks;
  unsigned long long low = (unsigned)keys[2 * stream];
  unsigned long long key = ((unsigned long long)(unsigned)keys[2 * stream + 1] << 32) | low;
  key = mix(mix(key + 0x9E3779B97F4A7C15ull) ^ mix(path + 0xD1B54A32D192ED03ull));
  unsigned word[4];
  philox(key, block, word);
  float value[4];
#pragma unroll
  for (int w = 0; w < 4; w++) {
    value[w] = uniform(word[w]);
  }
  if (normals) {
    normal(value[0], value[1], value[0], value[1]);
    normal(value[2], value[3], value[2], value[3]);
  }
  long long at = (long long)stream * length + 4 * block;
#pragma unroll
  for (int w = 0; w < 4; w++) {
    if (4 * block + w < length) {
      out[at + w] = value[w];
    }
  }
}

// out [outer, inner] = x [outer, parts, inner] joined over the parts, one after another: sums, or maxima.
extern "C" __global__ void combine(
    const float* x, float* out, int outer, int parts, int inner, int maximum) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= outer * inner) {
    return;
  }
  const float* from = x + (long long)(i / inner) * parts * inner + i % inner;
  float joined = from[0];
  for (int p = 1; p < parts; p++) {
    float next = from[(long long)p * inner];
    if (maximum) {
      joined = joined != joined || next != next ? NAN : fmaxf(joined, next);
    } else {
      joined += next;
    }
  }
  out[i] = joined;
}
