// Needs compute capability 8.0: softmax(scale q kT) v and its adjoint on tensor cores, with factors rounded to tf32 or
// bf16 and sums in fp32; Dao et al. 2022. A block has 64 rows of queries (or of keys, for the adjoints of keys and values),
// each of its four warps 16 of them; rows of the other side stand in shared memory a tile at a time. Sums follow a fixed
// order.

#include "attention.cuh"
#include "gemm.cuh"

namespace assay {

constexpr int OWN = 64;
constexpr int PER_WARP = 16;
constexpr int THREADS = OWN / PER_WARP * WARP;

// A matrix instruction of 16 x 8 results and 16 places along the summed axis: one in bf16, two in tf32. A lane holds, for
// its rows of A and its column of B, the places 2t, 2t + 1, 2t + 8 and 2t + 9 with t its number in a group of four, in both
// precisions: results of one product are then factors of the next as they are.
template <Mode MODE>
struct Matrix {
  using Round = TensorCore<MODE>;
  static constexpr int LEFT = MODE == Mode::BF16 ? 4 : 8;
  static constexpr int RIGHT = LEFT / 2;

  // What stands in shared memory: bf16 is packed when it is read, two to a register.
  static __device__ float kept(float x) {
    return MODE == Mode::TF32 ? __uint_as_float(Round::tf32(x)) : x;
  }

  // Places of a row, or column, to registers; `kept` tells whether they were rounded before.
  template <bool KEPT>
  static __device__ void convert(const float (&x)[4], uint32_t* to) {
    if constexpr (MODE == Mode::BF16) {
      to[0] = Round::bf16(x[0], x[1]);
      to[1] = Round::bf16(x[2], x[3]);
    } else {
#pragma unroll
      for (int i = 0; i < 4; i++) {
        to[i] = KEPT ? __float_as_uint(x[i]) : Round::tf32(x[i]);
      }
    }
  }

  // Rows g and g + 8 of A.
  template <bool KEPT>
  static __device__ void left(const float (&low)[4], const float (&high)[4], uint32_t (&to)[LEFT]) {
    uint32_t first[RIGHT];
    uint32_t second[RIGHT];
    convert<KEPT>(low, first);
    convert<KEPT>(high, second);
#pragma unroll
    for (int i = 0; i < RIGHT; i++) {
      to[2 * i] = first[i];
      to[2 * i + 1] = second[i];
    }
  }

  static __device__ void add(float (&c)[4], const uint32_t (&a)[LEFT], const uint32_t (&b)[RIGHT]) {
    if constexpr (MODE == Mode::BF16) {
      Round::multiply(c, a, b);
    } else {
      Round::multiply(c, a, b);
      Round::multiply(c, a + 4, b + 2);
    }
  }
};

__device__ int lane() { return threadIdx.x % WARP; }
__device__ int group() { return lane() / 4; }
__device__ int inGroup() { return lane() % 4; }

// COUNT rows into shared memory, PITCH apart, zeros from row `end` and from component `width` on; all threads take part.
template <Mode MODE, int COUNT, int WIDTH, int PITCH>
__device__ void stage(float* tile, const Rows& rows, int b, int h, int first, int end, int width) {
#pragma unroll 4
  for (int i = 0; i < COUNT * WIDTH; i += THREADS) {
    int row = (i + threadIdx.x) / WIDTH;
    int at = (i + threadIdx.x) % WIDTH;
    bool inside = first + row < end && at < width;
    tile[row * PITCH + at] = inside ? Matrix<MODE>::kept(rows.at(b, h, first + row)[at]) : 0.0f;
  }
}

// sum[j] += the warp's own rows times rows 8 j ... 8 j + 7 of a tile, over the width.
template <Mode MODE, int COUNT, int WIDTH, int PITCH>
__device__ void dots(const float* own, const float* tile, float (&sum)[COUNT / 8][4]) {
  using M = Matrix<MODE>;
  int t = 2 * inGroup();
#pragma unroll 2
  for (int e = 0; e < WIDTH; e += 16) {
    uint32_t a[M::LEFT];
    float low[4];
    float high[4];
#pragma unroll
    for (int i = 0; i < 4; i += 2) {
      float2 x = *(const float2*)(own + group() * PITCH + e + t + 4 * i);
      float2 y = *(const float2*)(own + (group() + 8) * PITCH + e + t + 4 * i);
      low[i] = x.x;
      low[i + 1] = x.y;
      high[i] = y.x;
      high[i + 1] = y.y;
    }
    M::template left<true>(low, high, a);
#pragma unroll
    for (int j = 0; j < COUNT / 8; j++) {
      const float* row = tile + (8 * j + group()) * PITCH + e + t;
      float2 x = *(const float2*)row;
      float2 y = *(const float2*)(row + 8);
      float places[4] = {x.x, x.y, y.x, y.y};
      uint32_t b[M::RIGHT];
      M::template convert<true>(places, b);
      M::add(sum[j], a, b);
    }
  }
}

// sum[j] += weights of the rows of a tile times its components 8 j ... 8 j + 7.
template <Mode MODE, int COUNT, int WIDTH, int PITCH>
__device__ void weigh(const float (&weight)[COUNT / 8][4], const float* tile, float (&sum)[WIDTH / 8][4]) {
  using M = Matrix<MODE>;
  int t = 2 * inGroup();
#pragma unroll
  for (int s = 0; s < COUNT / 16; s++) {
    const float(&x)[4] = weight[2 * s];
    const float(&y)[4] = weight[2 * s + 1];
    float low[4] = {x[0], x[1], y[0], y[1]};
    float high[4] = {x[2], x[3], y[2], y[3]};
    uint32_t a[M::LEFT];
    M::template left<false>(low, high, a);
#pragma unroll
    for (int j = 0; j < WIDTH / 8; j++) {
      const float* column = tile + (16 * s + t) * PITCH + 8 * j + group();
      float places[4] = {column[0], column[PITCH], column[8 * PITCH], column[9 * PITCH]};
      uint32_t b[M::RIGHT];
      M::template convert<true>(places, b);
      M::add(sum[j], a, b);
    }
  }
}

template <int WIDTH>
__device__ void put(const Results& to, int b, int h, int first, int end, int width, const float (&sum)[WIDTH / 8][4]) {
#pragma unroll
  for (int j = 0; j < WIDTH / 8; j++) {
#pragma unroll
    for (int i = 0; i < 4; i++) {
      int row = first + group() + i / 2 * 8;
      int at = 8 * j + 2 * inGroup() + i % 2;
      if (row < end && at < width) {
        to.at(b, h, row)[at] = sum[j][i];
      }
    }
  }
}

// Of the four lanes that share a row.
__device__ float sumOfRow(float x) {
  x += __shfl_xor_sync(ALL, x, 1);
  return x + __shfl_xor_sync(ALL, x, 2);
}

__device__ float maxOfRow(float x) {
  x = fmaxf(x, __shfl_xor_sync(ALL, x, 1));
  return fmaxf(x, __shfl_xor_sync(ALL, x, 2));
}

template <Mode MODE, int WIDTH, int TILE>
__device__ void forward(
    const Extents& e, const Rows& q, const Rows& k, const Rows& v, const int* lengths, const Results& out,
    float* logSumExp) {
  // rows 8 banks apart suit `dots`, 4 banks apart `weigh`
  constexpr int PITCH = WIDTH + 8;
  constexpr int PITCH_V = WIDTH + 4;
  extern __shared__ __align__(16) float memory[];
  float* own = memory;
  float* tileK = own + OWN * PITCH;
  float* tileV = tileK + TILE * PITCH;
  int b = blockIdx.x / e.heads;
  int h = blockIdx.x % e.heads;
  int g = h / (e.heads / e.groups);
  int length = lengthOf(lengths, b, e.keys);
  int block = blockIdx.y * OWN;
  int warp = threadIdx.x / WARP * PER_WARP;
  int most = seen(e, min(e.queries, block + OWN) - 1, length);
  stage<MODE, OWN, WIDTH, PITCH>(own, q, b, h, block, e.queries, e.width);
  float sum[WIDTH / 8][4] = {};
  float highest[2] = {-INFINITY, -INFINITY};
  float total[2] = {};
  int visible[2];
#pragma unroll
  for (int r = 0; r < 2; r++) {
    int row = block + warp + group() + 8 * r;
    visible[r] = row < e.queries ? seen(e, row, length) : 0;
  }
#pragma unroll 1
  for (int begin = 0; begin < most; begin += TILE) {
    float score[TILE / 8][4] = {};
    __syncthreads();
    stage<MODE, TILE, WIDTH, PITCH>(tileK, k, b, g, begin, length, e.width);
    stage<MODE, TILE, WIDTH, PITCH_V>(tileV, v, b, g, begin, length, e.width);
    __syncthreads();
    dots<MODE, TILE, WIDTH, PITCH>(own + warp * PITCH, tileK, score);
    float next[2] = {highest[0], highest[1]};
#pragma unroll
    for (int j = 0; j < TILE / 8; j++) {
#pragma unroll
      for (int i = 0; i < 4; i++) {
        bool sees = begin + 8 * j + 2 * inGroup() + i % 2 < visible[i / 2];
        score[j][i] = sees ? score[j][i] * e.scale : -INFINITY;
        next[i / 2] = fmaxf(next[i / 2], score[j][i]);
      }
    }
    float added[2] = {};
    float factor[2];
#pragma unroll
    for (int r = 0; r < 2; r++) {
      next[r] = maxOfRow(next[r]);
      factor[r] = next[r] == -INFINITY ? 0.0f : expf(highest[r] - next[r]);
      highest[r] = next[r];
    }
#pragma unroll
    for (int j = 0; j < TILE / 8; j++) {
#pragma unroll
      for (int i = 0; i < 4; i++) {
        score[j][i] = score[j][i] == -INFINITY ? 0.0f : expf(score[j][i] - next[i / 2]);
        added[i / 2] += score[j][i];
      }
    }
#pragma unroll
    for (int r = 0; r < 2; r++) {
      total[r] = total[r] * factor[r] + sumOfRow(added[r]);
    }
#pragma unroll
    for (int j = 0; j < WIDTH / 8; j++) {
#pragma unroll
      for (int i = 0; i < 4; i++) {
        sum[j][i] *= factor[i / 2];
      }
    }
    weigh<MODE, TILE, WIDTH, PITCH_V>(score, tileV, sum);
  }
#pragma unroll
  for (int j = 0; j < WIDTH / 8; j++) {
#pragma unroll
    for (int i = 0; i < 4; i++) {
      sum[j][i] *= total[i / 2] == 0.0f ? 0.0f : 1.0f / total[i / 2];
    }
  }
#pragma unroll
  for (int r = 0; r < 2; r++) {
    int row = block + warp + group() + 8 * r;
    if (inGroup() == 0 && row < e.queries) {
      logSumExp[(long long)blockIdx.x * e.queries + row] = highest[r] + logf(total[r]);
    }
  }
  put<WIDTH>(out, b, h, block + warp, e.queries, e.width, sum);
}

template <Mode MODE, int WIDTH, int TILE>
__device__ void queries(
    const Extents& e, const Rows& q, const Rows& k, const Rows& v, const Rows& adjoint, const float* logSumExp,
    const float* inner, const int* lengths, const Results& out) {
  constexpr int PITCH = WIDTH + 8;
  extern __shared__ __align__(16) float memory[];
  float* own = memory;
  float* ownToo = own + OWN * PITCH;
  float* tileK = ownToo + OWN * PITCH;
  float* tileV = tileK + TILE * PITCH;
  int b = blockIdx.x / e.heads;
  int h = blockIdx.x % e.heads;
  int g = h / (e.heads / e.groups);
  int length = lengthOf(lengths, b, e.keys);
  int block = blockIdx.y * OWN;
  int warp = threadIdx.x / WARP * PER_WARP;
  int most = seen(e, min(e.queries, block + OWN) - 1, length);
  stage<MODE, OWN, WIDTH, PITCH>(own, q, b, h, block, e.queries, e.width);
  stage<MODE, OWN, WIDTH, PITCH>(ownToo, adjoint, b, h, block, e.queries, e.width);
  float sum[WIDTH / 8][4] = {};
  int visible[2];
  float log[2];
  float dot[2];
#pragma unroll
  for (int r = 0; r < 2; r++) {
    int row = block + warp + group() + 8 * r;
    long long at = (long long)blockIdx.x * e.queries + row;
    visible[r] = row < e.queries ? seen(e, row, length) : 0;
    log[r] = row < e.queries ? logSumExp[at] : 0.0f;
    dot[r] = row < e.queries ? inner[at] : 0.0f;
  }
#pragma unroll 1
  for (int begin = 0; begin < most; begin += TILE) {
    float score[TILE / 8][4] = {};
    float slope[TILE / 8][4] = {};
    __syncthreads();
    stage<MODE, TILE, WIDTH, PITCH>(tileK, k, b, g, begin, length, e.width);
    stage<MODE, TILE, WIDTH, PITCH>(tileV, v, b, g, begin, length, e.width);
    __syncthreads();
    dots<MODE, TILE, WIDTH, PITCH>(own + warp * PITCH, tileK, score);
    dots<MODE, TILE, WIDTH, PITCH>(ownToo + warp * PITCH, tileV, slope);
#pragma unroll
    for (int j = 0; j < TILE / 8; j++) {
#pragma unroll
      for (int i = 0; i < 4; i++) {
        bool sees = begin + 8 * j + 2 * inGroup() + i % 2 < visible[i / 2];
        float p = sees ? expf(score[j][i] * e.scale - log[i / 2]) : 0.0f;
        slope[j][i] = sees ? p * (slope[j][i] - dot[i / 2]) * e.scale : 0.0f;
      }
    }
    weigh<MODE, TILE, WIDTH, PITCH>(slope, tileK, sum);
  }
  put<WIDTH>(out, b, h, block + warp, e.queries, e.width, sum);
}

template <Mode MODE, int WIDTH, int TILE>
__device__ void keys(
    const Extents& e, const Rows& q, const Rows& k, const Rows& v, const Rows& adjoint, const float* logSumExp,
    const float* inner, const int* lengths, const Results& outKeys, const Results& outValues) {
  constexpr int PITCH = WIDTH + 8;
  extern __shared__ __align__(16) float memory[];
  float* own = memory;
  float* ownToo = own + OWN * PITCH;
  float* tileQ = ownToo + OWN * PITCH;
  float* tileAdjoint = tileQ + TILE * PITCH;
  int b = blockIdx.x / e.groups;
  int g = blockIdx.x % e.groups;
  int shared = e.heads / e.groups;
  int length = lengthOf(lengths, b, e.keys);
  int block = blockIdx.y * OWN;
  int warp = threadIdx.x / WARP * PER_WARP;
  // the first query that sees the block's first key
  int from = e.causal ? max(0, block - length + e.queries) : 0;
  from = block < length ? from / TILE * TILE : e.queries;
  stage<MODE, OWN, WIDTH, PITCH>(own, k, b, g, block, length, e.width);
  stage<MODE, OWN, WIDTH, PITCH>(ownToo, v, b, g, block, length, e.width);
  float ofKeys[WIDTH / 8][4] = {};
  float ofValues[WIDTH / 8][4] = {};
#pragma unroll 1
  for (int h = g * shared; h < (g + 1) * shared; h++) {
    long long row = ((long long)b * e.heads + h) * e.queries;
#pragma unroll 1
    for (int begin = from; begin < e.queries; begin += TILE) {
      float score[TILE / 8][4] = {};
      float slope[TILE / 8][4] = {};
      __syncthreads();
      stage<MODE, TILE, WIDTH, PITCH>(tileQ, q, b, h, begin, e.queries, e.width);
      stage<MODE, TILE, WIDTH, PITCH>(tileAdjoint, adjoint, b, h, begin, e.queries, e.width);
      __syncthreads();
      dots<MODE, TILE, WIDTH, PITCH>(own + warp * PITCH, tileQ, score);
      dots<MODE, TILE, WIDTH, PITCH>(ownToo + warp * PITCH, tileAdjoint, slope);
#pragma unroll
      for (int j = 0; j < TILE / 8; j++) {
#pragma unroll
        for (int c = 0; c < 2; c++) {
          int i = begin + 8 * j + 2 * inGroup() + c;
          int visible = i < e.queries ? seen(e, i, length) : 0;
          float log = i < e.queries ? logSumExp[row + i] : 0.0f;
          float dot = i < e.queries ? inner[row + i] : 0.0f;
#pragma unroll
          for (int r = 0; r < 2; r++) {
            float& p = score[j][2 * r + c];
            float& s = slope[j][2 * r + c];
            bool sees = block + warp + group() + 8 * r < visible;
            p = sees ? expf(p * e.scale - log) : 0.0f;
            s = sees ? p * (s - dot) * e.scale : 0.0f;
          }
        }
      }
      weigh<MODE, TILE, WIDTH, PITCH>(score, tileAdjoint, ofValues);
      weigh<MODE, TILE, WIDTH, PITCH>(slope, tileQ, ofKeys);
    }
  }
  put<WIDTH>(outKeys, b, g, block + warp, e.keys, e.width, ofKeys);
  put<WIDTH>(outValues, b, g, block + warp, e.keys, e.width, ofValues);
}

}  // namespace assay

using namespace assay;

#define ATTENTION(NAME, MODE, WIDTH, TILE, TILE_BACK, BLOCKS)                                                \
  extern "C" __global__ void __launch_bounds__(128, BLOCKS) attention_##NAME##_##WIDTH(                      \
      EXTENTS, ROWS(q), ROWS(k), ROWS(v), const int* lengths, RESULTS(out), float* logSumExp) {              \
    E;                                                                                                       \
    forward<MODE, WIDTH, TILE>(e, AS(q), AS(k), AS(v), lengths, AS(out), logSumExp);                         \
  }                                                                                                          \
  extern "C" __global__ void __launch_bounds__(128, BLOCKS) attention_queries_##NAME##_##WIDTH(              \
      EXTENTS, ROWS(q), ROWS(k), ROWS(v), ROWS(adjoint), const float* logSumExp, const float* inner,         \
      const int* lengths, RESULTS(out)) {                                                                    \
    E;                                                                                                       \
    queries<MODE, WIDTH, TILE_BACK>(                                                                         \
        e, AS(q), AS(k), AS(v), AS(adjoint), logSumExp, inner, lengths, AS(out));                            \
  }                                                                                                          \
  extern "C" __global__ void __launch_bounds__(128, BLOCKS) attention_keys_##NAME##_##WIDTH(                 \
      EXTENTS, ROWS(q), ROWS(k), ROWS(v), ROWS(adjoint), const float* logSumExp, const float* inner,         \
      const int* lengths, RESULTS(outKeys), RESULTS(outValues)) {                                            \
    E;                                                                                                       \
    keys<MODE, WIDTH, TILE_BACK>(                                                                            \
        e, AS(q), AS(k), AS(v), AS(adjoint), logSumExp, inner, lengths, AS(outKeys), AS(outValues));         \
  }

ATTENTION(tf32, Mode::TF32, 64, 64, 32, 2)
ATTENTION(tf32, Mode::TF32, 128, 32, 16, 1)
ATTENTION(bf16, Mode::BF16, 64, 64, 32, 2)
ATTENTION(bf16, Mode::BF16, 128, 32, 16, 1)
