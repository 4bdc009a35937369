/*
 * A CUDA driver with a device whose memory is the host's. Kernels do nothing and take 0.25 s of the device's time each. It
 * refuses what is out of order. MEMORY (bytes of the device), FAULT (the launch of a graph at which an illegal address is
 * met, after which all fails) and QUEUE (the address of its stream) are given to the compiler, beside those of libcuda.c.
 */
#define cuGetErrorName cuGetErrorNameOfProbe
#include "libcuda.c"
#undef cuGetErrorName
#include <stdint.h>
#include <stdlib.h>

#define INVALID_VALUE 1
#define OUT_OF_MEMORY 2
#define ILLEGAL_ADDRESS 700
#define CAPTURE_INVALIDATED 901
#define KERNEL_MILLISECONDS 250

typedef struct { int launches; } graph;
typedef struct { int timed; float at; } event;

static int retained, current, capturing, captured, graph_launches, lost;
static size_t held;
static float now;

#define LIVE if (lost) return ILLEGAL_ADDRESS; if (!current) return 201
#define STREAM LIVE; if ((intptr_t) stream != QUEUE) return 400

int cuGetErrorName(int error, const char **name) {
  *name = error == ILLEGAL_ADDRESS ? "CUDA_ERROR_ILLEGAL_ADDRESS" : error == OUT_OF_MEMORY ? "CUDA_ERROR_OUT_OF_MEMORY" : 0;
  return *name ? 0 : INVALID_VALUE;
}
int cuDeviceGet(int *device, int index) { *device = index; return index ? 101 : 0; }
int cuDeviceTotalMem_v2(size_t *bytes, int device) { *bytes = MEMORY; return 0; }
int cuDevicePrimaryCtxRetain(void **context, int device) { retained++; *context = &retained; return 0; }
int cuDevicePrimaryCtxRelease_v2(int device) { retained--; return lost ? ILLEGAL_ADDRESS : 0; }
int cuCtxSetCurrent(void *context) { current = context == &retained; return current ? 0 : 201; }
int cuStreamCreate(void **stream, unsigned flags) { LIVE; *stream = (void *) (intptr_t) QUEUE; return flags == 1 ? 0 : INVALID_VALUE; }
int cuStreamDestroy_v2(void *stream) { STREAM; return 0; }
int cuStreamSynchronize(void *stream) { STREAM; return capturing ? CAPTURE_INVALIDATED : 0; }

int cuMemAlloc_v2(uintptr_t *address, size_t bytes) {
  LIVE;
  if (bytes == 0) return INVALID_VALUE;
  if (held + bytes > MEMORY) return OUT_OF_MEMORY;
  size_t *block = aligned_alloc(256, (bytes + 511) / 256 * 256);
  *block = bytes;
  held += bytes;
  *address = (uintptr_t) block + 256;
  return 0;
}
int cuMemFree_v2(uintptr_t address) { LIVE; held -= *(size_t *) (address - 256); free((void *) (address - 256)); return 0; }
int cuMemGetInfo_v2(size_t *free, size_t *total) { LIVE; *free = MEMORY - held; *total = MEMORY; return 0; }
int cuMemAllocHost_v2(void **pointer, size_t bytes) { LIVE; *pointer = calloc(1, bytes); return 0; }
int cuMemFreeHost(void *pointer) { LIVE; free(pointer); return 0; }
int cuMemcpyHtoDAsync_v2(uintptr_t to, const void *from, size_t bytes, void *stream) { STREAM; memcpy((void *) to, from, bytes); return 0; }
int cuMemcpyDtoHAsync_v2(void *to, uintptr_t from, size_t bytes, void *stream) { STREAM; memcpy(to, (void *) from, bytes); return 0; }
int cuMemsetD8Async(uintptr_t to, unsigned char value, size_t bytes, void *stream) { STREAM; memset((void *) to, value, bytes); return 0; }

int cuModuleLoadData(void **module, const char *ptx) { LIVE; *module = &held; return strstr(ptx, ".version") ? 0 : 218; }
int cuModuleUnload(void *module) { LIVE; return 0; }
int cuModuleGetFunction(void **function, void *module, const char *name) { LIVE; *function = &now; return 0; }
int cuFuncSetAttribute(void *function, int which, int value) { LIVE; return 0; }

int cuStreamBeginCapture_v2(void *stream, int mode) { STREAM; if (capturing) return CAPTURE_INVALIDATED; capturing = 1; captured = 0; return 0; }
int cuStreamEndCapture(void *stream, graph **g) {
  STREAM;
  if (!capturing) return CAPTURE_INVALIDATED;
  capturing = 0;
  *g = malloc(sizeof(graph));
  (*g)->launches = captured;
  return 0;
}
int cuLaunchKernel(void *function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared, void *stream, void **parameters, void **extra) {
  STREAM;
  if (function != &now || !gx || !gy || !gz || !bx || !by || !bz || !parameters) return INVALID_VALUE;
  if (capturing) captured++; else now += KERNEL_MILLISECONDS;
  return 0;
}
int cuGraphInstantiateWithFlags(graph **executable, graph *g, unsigned long long flags) {
  LIVE;
  *executable = malloc(sizeof(graph));
  **executable = *g;
  return 0;
}
int cuGraphDestroy(graph *g) { LIVE; free(g); return 0; }
int cuGraphExecDestroy(graph *executable) { LIVE; free(executable); return 0; }
int cuGraphLaunch(graph *executable, void *stream) {
  STREAM;
  if (capturing) return CAPTURE_INVALIDATED;
  if (++graph_launches == FAULT) { lost = 1; return ILLEGAL_ADDRESS; }
  now += executable->launches * (float) KERNEL_MILLISECONDS;
  return 0;
}

int cuEventCreate(event **e, unsigned flags) { LIVE; *e = calloc(1, sizeof(event)); (*e)->timed = !(flags & 2); return 0; }
int cuEventRecord(event *e, void *stream) { STREAM; e->at = now; return 0; }
int cuEventSynchronize(event *e) { LIVE; return 0; }
int cuEventElapsedTime(float *milliseconds, event *from, event *to) {
  LIVE;
  if (!from->timed || !to->timed) return INVALID_VALUE;
  *milliseconds = to->at - from->at;
  return 0;
}
int cuEventDestroy_v2(event *e) { LIVE; free(e); return 0; }
