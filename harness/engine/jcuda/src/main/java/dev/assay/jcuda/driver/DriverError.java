package dev.assay.jcuda.driver;

import dev.assay.tensor.DeviceLostException;
import java.util.Set;

/** What CUDA's error numbers mean for what comes after. */
final class DriverError {
  private static final int OUT_OF_MEMORY = 2;

  /**
   * Those after which, by CUDA's documentation, the process or its context cannot go on. Some are
   * younger than JCuda's list of names.
   */
  private static final Set<Integer> LOST =
      Set.of(
          4, // DEINITIALIZED
          214, // ECC_UNCORRECTABLE
          220, // NVLINK_UNCORRECTABLE
          226, // CONTAINED
          700, // ILLEGAL_ADDRESS
          702, // LAUNCH_TIMEOUT
          709, // CONTEXT_IS_DESTROYED
          710, // ASSERT
          714, // HARDWARE_STACK_ERROR
          715, // ILLEGAL_INSTRUCTION
          716, // MISALIGNED_ADDRESS
          717, // INVALID_ADDRESS_SPACE
          718, // INVALID_PC
          719, // LAUNCH_FAILED
          721, // TENSOR_MEMORY_LEAK
          806, // MPS_RPC_FAILURE
          810, // MPS_CLIENT_TERMINATED
          911, // EXTERNAL_DEVICE
          999); // UNKNOWN

  private DriverError() {}

  /**
   * The error of a call.
   *
   * @param call what was asked of the driver
   * @param name CUDA's own, or the number where the driver knows none
   */
  static RuntimeException of(String call, int result, String name) {
    String message = call + " failed: " + name;
    if (LOST.contains(result)) {
      return new DeviceLostException(message + "; the device is lost to this process");
    }
    return new DriverException(
        result == OUT_OF_MEMORY ? DriverException.Kind.OUT_OF_MEMORY : DriverException.Kind.REQUEST,
        message);
  }
}
