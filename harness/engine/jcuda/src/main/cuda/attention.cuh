// What the kernels of attention share: extents, where operands lie, and what a query sees.

#pragma once

#include <cuda_runtime.h>
#include <math.h>

namespace assay {

constexpr int WARP = 32;
constexpr int WARPS = 4;
constexpr unsigned ALL = 0xffffffffu;

// Extents: q [batch, heads, queries, width], k and v [batch, groups, keys, width].
struct Extents {
  int heads, groups, queries, keys, width;
  float scale;
  int causal;
};

// Where rows of [batch, heads, time, width] lie, in elements.
struct Rows {
  const float* x;
  long long batch, head, time;

  __device__ const float* at(int b, int h, int t) const { return x + b * batch + h * head + t * time; }
};

struct Results {
  float* x;
  long long batch, head, time;

  __device__ float* at(int b, int h, int t) const { return x + b * batch + h * head + t * time; }
};

__device__ int lengthOf(const int* lengths, int b, int keys) {
  return lengths ? max(0, min(keys, lengths[b])) : keys;
}

// How many keys query i sees.
__device__ int seen(const Extents& e, int i, int length) {
  return e.causal ? max(0, min(length, i + length - e.queries + 1)) : length;
}

}  // namespace assay

#define EXTENTS int heads, int groups, int queriesCount, int keysCount, int width, float scale, int causal
#define ROWS(NAME) const float *NAME, long long NAME##Batch, long long NAME##Head, long long NAME##Time
#define RESULTS(NAME) float *NAME, long long NAME##Batch, long long NAME##Head, long long NAME##Time
#define AS(NAME) {NAME, NAME##Batch, NAME##Head, NAME##Time}
#define E Extents e = {heads, groups, queriesCount, keysCount, width, scale, causal}
