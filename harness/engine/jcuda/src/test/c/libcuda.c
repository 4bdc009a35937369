/* A CUDA driver that says what a test wants. INIT, VERSION, COUNT, MAJOR and MINOR are given to the compiler. */
#include <string.h>

int cuInit(unsigned flags) { return INIT; }
int cuDriverGetVersion(int *version) { *version = VERSION; return 0; }
int cuDeviceGetCount(int *count) { *count = COUNT; return 0; }
int cuDeviceGetAttribute(int *value, int attribute, int device) { *value = attribute == 75 ? MAJOR : MINOR; return 0; }
int cuDeviceGetName(char *name, int size, int device) { strncpy(name, "Stub GPU", size); return 0; }
int cuGetErrorName(int error, const char **name) { *name = "CUDA_ERROR_STUB"; return 0; }
