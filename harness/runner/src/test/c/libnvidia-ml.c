/* A management library of two GPUs. The second tells its name alone. ENERGY, in mJ, grows by STEP with each reading. */
#include <string.h>

#define NOT_SUPPORTED 3
typedef struct { unsigned long long total, free, used; } memory;
typedef struct { unsigned gpu, memory; } rates;

static long handles[2];
static unsigned long long energy = ENERGY;

int nvmlInit_v2(void) { return INIT; }
int nvmlSystemGetDriverVersion(char *text, unsigned size) { strncpy(text, "580.12.34", size); return 0; }
int nvmlDeviceGetCount_v2(unsigned *count) { *count = 2; return 0; }
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **device) { *device = &handles[index]; return 0; }
int nvmlDeviceGetName(void *device, char *name, unsigned size) { strncpy(name, device == handles ? "Stub H200" : "Stub old", size); return 0; }
int nvmlDeviceGetMemoryInfo(void *device, memory *info) {
  if (device != handles) return NOT_SUPPORTED;
  info->total = 1ULL << 37; info->free = 1ULL << 36; info->used = 1ULL << 36;
  return 0;
}
int nvmlDeviceGetUtilizationRates(void *device, rates *now) {
  if (device != handles) return NOT_SUPPORTED;
  now->gpu = 42; now->memory = 7;
  return 0;
}
int nvmlDeviceGetClockInfo(void *device, int which, unsigned *clock) {
  if (device != handles) return NOT_SUPPORTED;
  *clock = which == 1 ? 1980 : 3201;
  return 0;
}
int nvmlDeviceGetPowerUsage(void *device, unsigned *milliwatts) {
  if (device != handles) return NOT_SUPPORTED;
  *milliwatts = 350000;
  return 0;
}
#ifndef NO_ENERGY
int nvmlDeviceGetTotalEnergyConsumption(void *device, unsigned long long *millijoules) {
  if (device != handles) return NOT_SUPPORTED;
  *millijoules = energy; energy += STEP;
  return 0;
}
#endif
