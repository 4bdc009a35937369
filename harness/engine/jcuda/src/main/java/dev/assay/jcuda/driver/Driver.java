package dev.assay.jcuda.driver;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One device, and one queue of work on it: what is asked for is done in order, and a method returns
 * before it is done unless stated. Every method throws {@link DriverException} if the driver
 * refuses what is asked, and {@link dev.assay.tensor.DeviceLostException} if the device is lost;
 * errors of earlier work may surface in later calls.
 */
public interface Driver extends AutoCloseable {
  /** The device behind it. */
  Device device();

  /**
   * Memory on the device, at a multiple of 256 bytes, with anything in it.
   *
   * @param bytes at least 1
   */
  long allocate(long bytes);

  /** Gives back what {@link #allocate} gave, once earlier work is done. */
  void free(long address);

  /** Bytes on the device that are free now. */
  long freeBytes();

  /**
   * The queue as CUDA's libraries know it: the address of a stream. The calling thread may call
   * these afterwards.
   */
  long queue();

  /** Memory of the host that copies may use directly, until closed. */
  HostMemory host(long bytes);

  /** Copies bytes to the device; the source must not change until it is done. */
  void upload(HostMemory from, long offset, long to, long bytes);

  /** Copies bytes from the device; valid after {@link #synchronize}. */
  void download(long from, HostMemory to, long offset, long bytes);

  /** Sets bytes on the device to zero. */
  void clear(long address, long bytes);

  /**
   * Makes machine code of PTX.
   *
   * @param ptx one module
   * @return its functions by name, valid as long as the driver is open
   */
  Code load(String ptx);

  /** Launches that can be run again and again. */
  Replay record(List<Launch> launches);

  /** A place in the queue that can be waited for. */
  Mark mark();

  /** Two places in the queue, and the device's time from one to the other. */
  Lap lap();

  /** Waits until all work is done. */
  void synchronize();

  /** Frees all that is still held; does not fail, even when the device is lost. */
  @Override
  void close();

  /**
   * A GPU.
   *
   * @param name as the vendor has it
   * @param capability major and minor compute capability, such as 90
   * @param processors multiprocessors
   * @param memoryBytes all of its memory
   * @param version of CUDA that the driver knows, such as 12080
   */
  record Device(String name, int capability, int processors, long memoryBytes, int version) {}

  /** Host memory that belongs to the driver. */
  interface HostMemory extends AutoCloseable {
    MemorySegment segment();

    @Override
    void close();
  }

  /** A loaded module. */
  interface Code {
    /**
     * A kernel of the module.
     *
     * @param sharedBytes dynamic shared memory that launches may ask for
     */
    Function function(String name, int sharedBytes);
  }

  /** A kernel. */
  interface Function {}

  /**
   * Work of a library that puts kernels of its own into {@link Driver#queue}: called while launches
   * are recorded, and not when they are replayed.
   */
  @FunctionalInterface
  interface HostCall extends Function {
    void run();
  }

  /** Recorded launches. */
  interface Replay extends AutoCloseable {
    /** Puts all launches into the queue, in order. */
    void run();

    @Override
    void close();
  }

  /** See {@link #mark}. */
  interface Mark extends AutoCloseable {
    /** Moves the mark to the end of the queue. */
    void set();

    /** Waits until the queue has passed the mark; returns at once if it was never set. */
    void await();

    @Override
    void close();
  }

  /** See {@link #lap}; frees itself with the driver. */
  interface Lap {
    /** Moves the first place to the end of the queue. */
    void begin();

    /** Moves the second place to the end of the queue. */
    void end();

    /** Seconds between them by the device's clock; waits until the queue has passed both. */
    double seconds();
  }
}
