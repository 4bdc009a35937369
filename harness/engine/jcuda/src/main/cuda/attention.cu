// softmax(scale q kT) v and its adjoint without the matrix of scores: Dao et al. 2022. A warp has a few rows of
// queries (or of keys, for the adjoints of keys and values); 32 rows of the other side stand in shared memory, one for
// each lane. Sums follow a fixed order.

#include "attention.cuh"

namespace assay {

__device__ float sumOfWarp(float x) {
#pragma unroll
  for (int distance = WARP / 2; distance > 0; distance /= 2) {
    x += __shfl_xor_sync(ALL, x, distance);
  }
  return x;
}

__device__ float maxOfWarp(float x) {
#pragma unroll
  for (int distance = WARP / 2; distance > 0; distance /= 2) {
    x = fmaxf(x, __shfl_xor_sync(ALL, x, distance));
  }
  return x;
}

// Rows in shared memory are filled up with zeros to whole groups of four components.
__device__ int padded(int width) { return (width + 3) / 4 * 4; }

// Rows first ... first + 31 into shared memory, zeros from row `end` on; all threads take part. A row is one component
// longer than it needs to be, so that lanes with a row each read different banks.
__device__ void stage(float* tile, const Rows& rows, int b, int h, int first, int end, int width) {
  int all = padded(width);
  __syncthreads();
  for (int row = threadIdx.x / WARP; row < WARP; row += WARPS) {
    const float* from = rows.at(b, h, first + row);
#pragma unroll 1
    for (int e = threadIdx.x % WARP; e < all; e += WARP) {
      tile[row * (all + 1) + e] = first + row < end && e < width ? from[e] : 0.0f;
    }
  }
  __syncthreads();
}

// `count` rows of a warp's own into shared memory, zeros from row `end` on.
template <int COUNT>
__device__ void own(float* into, const Rows& rows, int b, int h, int first, int end, int width) {
  int all = padded(width);
  for (int r = 0; r < COUNT; r++) {
    const float* from = rows.at(b, h, first + r);
#pragma unroll 1
    for (int e = threadIdx.x % WARP; e < all; e += WARP) {
      into[r * all + e] = first + r < end && e < width ? from[e] : 0.0f;
    }
  }
  __syncwarp();
}

// Dot products of the lane's row of the tile with each of the warp's own rows.
template <int COUNT>
__device__ void dots(const float* tile, const float* mine, int width, float (&dot)[COUNT]) {
  int all = padded(width);
  const float* row = tile + threadIdx.x % WARP * (all + 1);
#pragma unroll
  for (int r = 0; r < COUNT; r++) {
    dot[r] = 0.0f;
  }
#pragma unroll 2
  for (int e = 0; e < all; e += 4) {
    float x0 = row[e];
    float x1 = row[e + 1];
    float x2 = row[e + 2];
    float x3 = row[e + 3];
#pragma unroll
    for (int r = 0; r < COUNT; r++) {
      float4 y = *(const float4*)(mine + r * all + e);
      dot[r] = fmaf(x3, y.w, fmaf(x2, y.z, fmaf(x1, y.y, fmaf(x0, y.x, dot[r]))));
    }
  }
}

// sum[r][c] += weights of the warp's lanes times rows of the tile; a lane has the components lane, lane + 32, ...
// `board` is shared memory of the warp's own.
template <int COUNT, int PARTS>
__device__ void weigh(
    const float* tile, float* board, int width, const float (&weight)[COUNT], float (&sum)[COUNT][PARTS]) {
  int all = padded(width);
  int lane = threadIdx.x % WARP;
#pragma unroll
  for (int r = 0; r < COUNT; r++) {
    board[r * WARP + lane] = weight[r];
  }
  __syncwarp();
#pragma unroll 1
  for (int j = 0; j < WARP; j += 4) {
    float4 w[COUNT];
#pragma unroll
    for (int r = 0; r < COUNT; r++) {
      w[r] = *(const float4*)(board + r * WARP + j);
    }
#pragma unroll
    for (int c = 0; c < PARTS; c++) {
      int e = c * WARP + lane;
      bool inside = e < all;
      float x0 = inside ? tile[j * (all + 1) + e] : 0.0f;
      float x1 = inside ? tile[(j + 1) * (all + 1) + e] : 0.0f;
      float x2 = inside ? tile[(j + 2) * (all + 1) + e] : 0.0f;
      float x3 = inside ? tile[(j + 3) * (all + 1) + e] : 0.0f;
#pragma unroll
      for (int r = 0; r < COUNT; r++) {
        sum[r][c] = fmaf(w[r].w, x3, fmaf(w[r].z, x2, fmaf(w[r].y, x1, fmaf(w[r].x, x0, sum[r][c]))));
      }
    }
  }
  __syncwarp();
}

template <int COUNT, int PARTS>
__device__ void put(
    const Results& to, int b, int h, int first, int end, int width, const float (&sum)[COUNT][PARTS]) {
#pragma unroll
  for (int r = 0; r < COUNT; r++) {
    if (first + r < end) {
#pragma unroll
      for (int c = 0; c < PARTS; c++) {
        int e = c * WARP + threadIdx.x % WARP;
        if (e < width) {
          to.at(b, h, first + r)[e] = sum[r][c];
        }
      }
    }
  }
}

template <int PARTS, int COUNT>
__device__ void forward(
    const Extents& e, const Rows& q, const Rows& k, const Rows& v, const int* lengths, const Results& out,
    float* logSumExp) {
  extern __shared__ __align__(16) float memory[];
  int warp = threadIdx.x / WARP;
  float* tile = memory;
  float* board = tile + WARP * (padded(e.width) + 1) + warp * COUNT * WARP;
  float* mine = tile + WARP * (padded(e.width) + 1 + WARPS * COUNT) + warp * COUNT * padded(e.width);
  int lane = threadIdx.x % WARP;
  int b = blockIdx.x / e.heads;
  int h = blockIdx.x % e.heads;
  int g = h / (e.heads / e.groups);
  int length = lengthOf(lengths, b, e.keys);
  int first = (blockIdx.y * WARPS + warp) * COUNT;
  int last = min(e.queries, (int)(blockIdx.y + 1) * WARPS * COUNT) - 1;
  int most = seen(e, last, length);
  own<COUNT>(mine, q, b, h, first, e.queries, e.width);
  float sum[COUNT][PARTS] = {};
  float highest[COUNT];
  float total[COUNT];
#pragma unroll
  for (int r = 0; r < COUNT; r++) {
    highest[r] = -INFINITY;
    total[r] = 0.0f;
  }
  for (int begin = 0; begin < most; begin += WARP) {
    float score[COUNT];
    stage(tile, k, b, g, begin, length, e.width);
    dots<COUNT>(tile, mine, e.width, score);
    stage(tile, v, b, g, begin, length, e.width);
#pragma unroll
    for (int r = 0; r < COUNT; r++) {
      bool visible = first + r < e.queries && begin + lane < seen(e, first + r, length);
      float s = visible ? score[r] * e.scale : -INFINITY;
      float next = fmaxf(highest[r], maxOfWarp(s));
      float factor = next == -INFINITY ? 0.0f : expf(highest[r] - next);
      score[r] = visible ? expf(s - next) : 0.0f;
      total[r] = total[r] * factor + sumOfWarp(score[r]);
      highest[r] = next;
#pragma unroll
      for (int c = 0; c < PARTS; c++) {
        sum[r][c] *= factor;
      }
    }
    weigh<COUNT, PARTS>(tile, board, e.width, score, sum);
  }
#pragma unroll
  for (int r = 0; r < COUNT; r++) {
    float factor = total[r] == 0.0f ? 0.0f : 1.0f / total[r];
#pragma unroll
    for (int c = 0; c < PARTS; c++) {
      sum[r][c] *= factor;
    }
    if (lane == 0 && first + r < e.queries) {
      logSumExp[(long long)blockIdx.x * e.queries + first + r] = highest[r] + logf(total[r]);
    }
  }
  put<COUNT, PARTS>(out, b, h, first, e.queries, e.width, sum);
}

template <int PARTS, int COUNT>
__device__ void queries(
    const Extents& e, const Rows& q, const Rows& k, const Rows& v, const Rows& adjoint, const float* logSumExp,
    const float* inner, const int* lengths, const Results& out) {
  extern __shared__ __align__(16) float memory[];
  int warp = threadIdx.x / WARP;
  float* tile = memory;
  float* board = tile + WARP * (padded(e.width) + 1) + warp * COUNT * WARP;
  float* mine = tile + WARP * (padded(e.width) + 1 + WARPS * COUNT) + warp * 2 * COUNT * padded(e.width);
  float* mineToo = mine + COUNT * padded(e.width);
  int lane = threadIdx.x % WARP;
  int b = blockIdx.x / e.heads;
  int h = blockIdx.x % e.heads;
  int g = h / (e.heads / e.groups);
  int length = lengthOf(lengths, b, e.keys);
  int first = (blockIdx.y * WARPS + warp) * COUNT;
  int last = min(e.queries, (int)(blockIdx.y + 1) * WARPS * COUNT) - 1;
  int most = seen(e, last, length);
  own<COUNT>(mine, q, b, h, first, e.queries, e.width);
  own<COUNT>(mineToo, adjoint, b, h, first, e.queries, e.width);
  float sum[COUNT][PARTS] = {};
  for (int begin = 0; begin < most; begin += WARP) {
    float score[COUNT];
    float slope[COUNT];
    stage(tile, v, b, g, begin, length, e.width);
    dots<COUNT>(tile, mineToo, e.width, slope);
    stage(tile, k, b, g, begin, length, e.width);
    dots<COUNT>(tile, mine, e.width, score);
#pragma unroll
    for (int r = 0; r < COUNT; r++) {
      int i = first + r;
      bool visible = i < e.queries && begin + lane < seen(e, i, length);
      long long at = (long long)blockIdx.x * e.queries + i;
      float p = visible ? expf(score[r] * e.scale - logSumExp[at]) : 0.0f;
      slope[r] = visible ? p * (slope[r] - inner[at]) * e.scale : 0.0f;
    }
    weigh<COUNT, PARTS>(tile, board, e.width, slope, sum);
  }
  put<COUNT, PARTS>(out, b, h, first, e.queries, e.width, sum);
}

template <int PARTS, int COUNT>
__device__ void keys(
    const Extents& e, const Rows& q, const Rows& k, const Rows& v, const Rows& adjoint, const float* logSumExp,
    const float* inner, const int* lengths, const Results& outKeys, const Results& outValues) {
  extern __shared__ __align__(16) float memory[];
  int warp = threadIdx.x / WARP;
  float* tile = memory;
  float* board = tile + WARP * (padded(e.width) + 1) + warp * COUNT * WARP;
  float* mine = tile + WARP * (padded(e.width) + 1 + WARPS * COUNT) + warp * 2 * COUNT * padded(e.width);
  float* mineToo = mine + COUNT * padded(e.width);
  int lane = threadIdx.x % WARP;
  int b = blockIdx.x / e.groups;
  int g = blockIdx.x % e.groups;
  int shared = e.heads / e.groups;
  int length = lengthOf(lengths, b, e.keys);
  int lowest = blockIdx.y * WARPS * COUNT;
  int first = lowest + warp * COUNT;
  // the first query that sees the block's first key
  int from = e.causal ? max(0, lowest - length + e.queries) : 0;
  from = lowest < length ? from / WARP * WARP : e.queries;
  own<COUNT>(mine, k, b, g, first, length, e.width);
  own<COUNT>(mineToo, v, b, g, first, length, e.width);
  float ofKeys[COUNT][PARTS] = {};
  float ofValues[COUNT][PARTS] = {};
  for (int h = g * shared; h < (g + 1) * shared; h++) {
    for (int begin = from; begin < e.queries; begin += WARP) {
      float score[COUNT];
      float slope[COUNT];
      stage(tile, q, b, h, begin, e.queries, e.width);
      dots<COUNT>(tile, mine, e.width, score);
      stage(tile, adjoint, b, h, begin, e.queries, e.width);
      dots<COUNT>(tile, mineToo, e.width, slope);
      int i = begin + lane;
      long long at = ((long long)b * e.heads + h) * e.queries + i;
      int visible = i < e.queries ? seen(e, i, length) : 0;
#pragma unroll
      for (int r = 0; r < COUNT; r++) {
        bool sees = first + r < visible;
        score[r] = sees ? expf(score[r] * e.scale - logSumExp[at]) : 0.0f;
        slope[r] = sees ? score[r] * (slope[r] - inner[at]) * e.scale : 0.0f;
      }
      weigh<COUNT, PARTS>(tile, board, e.width, score, ofValues);
      stage(tile, q, b, h, begin, e.queries, e.width);
      weigh<COUNT, PARTS>(tile, board, e.width, slope, ofKeys);
    }
  }
  put<COUNT, PARTS>(outKeys, b, g, first, e.keys, e.width, ofKeys);
  put<COUNT, PARTS>(outValues, b, g, first, e.keys, e.width, ofValues);
}

}  // namespace assay

using namespace assay;

#define ATTENTION(PARTS, COUNT)                                                                              \
  extern "C" __global__ void __launch_bounds__(128, 3) attention_##PARTS(                                       \
      EXTENTS, ROWS(q), ROWS(k), ROWS(v), const int* lengths, RESULTS(out), float* logSumExp) {              \
    E;                                                                                                       \
    forward<PARTS, COUNT>(e, AS(q), AS(k), AS(v), lengths, AS(out), logSumExp);                              \
  }                                                                                                          \
  extern "C" __global__ void __launch_bounds__(128, 3) attention_queries_##PARTS(                               \
      EXTENTS, ROWS(q), ROWS(k), ROWS(v), ROWS(adjoint), const float* logSumExp, const float* inner,         \
      const int* lengths, RESULTS(out)) {                                                                    \
    E;                                                                                                       \
    queries<PARTS, COUNT>(e, AS(q), AS(k), AS(v), AS(adjoint), logSumExp, inner, lengths, AS(out));          \
  }                                                                                                          \
  extern "C" __global__ void __launch_bounds__(128, 3) attention_keys_##PARTS(                                  \
      EXTENTS, ROWS(q), ROWS(k), ROWS(v), ROWS(adjoint), const float* logSumExp, const float* inner,         \
      const int* lengths, RESULTS(outKeys), RESULTS(outValues)) {                                            \
    E;                                                                                                       \
    keys<PARTS, COUNT>(                                                                                      \
        e, AS(q), AS(k), AS(v), AS(adjoint), logSumExp, inner, lengths, AS(outKeys), AS(outValues));         \
  }

ATTENTION(1, 8)
ATTENTION(2, 8)
ATTENTION(4, 4)
ATTENTION(8, 2)

// out [batch, heads, queries] = sums of x y over the width: a warp for each query.
extern "C" __global__ void __launch_bounds__(128) attention_inner(
    ROWS(x), ROWS(y), float* out, int heads, int queriesCount, int width, int count) {
  int row = blockIdx.x * WARPS + threadIdx.x / WARP;
  int bounded = min(row, count - 1);
  int t = bounded % queriesCount;
  int h = bounded / queriesCount % heads;
  int b = bounded / queriesCount / heads;
  Rows left = AS(x);
  Rows right = AS(y);
  float sum = 0.0f;
  for (int e = threadIdx.x % WARP; e < width; e += WARP) {
    sum = fmaf(left.at(b, h, t)[e], right.at(b, h, t)[e], sum);
  }
  sum = sumOfWarp(sum);
  if (row < count && threadIdx.x % WARP == 0) {
    out[row] = sum;
  }
}
