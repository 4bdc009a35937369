package dev.assay.jcuda.blas;

import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.driver.Launch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A device whose memory is the host's, so that a library of the host can work on it. Kernels do
 * nothing there; both take the time by its clock that a test gives.
 */
final class HostDriver implements Driver {
  /** What the library is to be told. */
  static final int QUEUE = 4321;

  private static final byte POISON = -1;
  private static final long ALIGNMENT = 256;

  private final Map<Long, Arena> allocations = new HashMap<>();
  private final Device device;
  private final double kernelSeconds;
  private final double librarySeconds;
  private double now;
  private long kernels;
  private long calls;

  HostDriver(int capability, double kernelSeconds, double librarySeconds) {
    device = new Device("host " + capability, capability, 4, 1L << 40, 13000);
    this.kernelSeconds = kernelSeconds;
    this.librarySeconds = librarySeconds;
  }

  /** Kernels run so far. */
  long kernels() {
    return kernels;
  }

  /** Calls of the library so far. */
  long calls() {
    return calls;
  }

  /** Allocations that are not freed. */
  int held() {
    return allocations.size();
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public long queue() {
    return QUEUE;
  }

  @Override
  public long allocate(long bytes) {
    Arena arena = Arena.ofShared();
    MemorySegment segment = arena.allocate(bytes, ALIGNMENT).fill(POISON);
    allocations.put(segment.address(), arena);
    return segment.address();
  }

  @Override
  public void free(long address) {
    allocations.remove(address).close();
  }

  @Override
  public long freeBytes() {
    return device.memoryBytes();
  }

  @Override
  public HostMemory host(long bytes) {
    MemorySegment segment = Arena.ofAuto().allocate(bytes, ALIGNMENT);
    return new HostMemory() {
      @Override
      public MemorySegment segment() {
        return segment;
      }

      @Override
      public void close() {}
    };
  }

  private static MemorySegment at(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  @Override
  public void upload(HostMemory from, long offset, long to, long bytes) {
    at(to, bytes).copyFrom(from.segment().asSlice(offset, bytes));
  }

  @Override
  public void download(long from, HostMemory to, long offset, long bytes) {
    to.segment().asSlice(offset, bytes).copyFrom(at(from, bytes));
  }

  @Override
  public void clear(long address, long bytes) {
    at(address, bytes).fill((byte) 0);
  }

  @Override
  public Code load(String ptx) {
    return (_, _) -> new Function() {};
  }

  @Override
  public Replay record(List<Launch> launches) {
    return new Replay() {
      @Override
      public void run() {
        launches.forEach(HostDriver.this::run);
      }

      @Override
      public void close() {}
    };
  }

  private void run(Launch launch) {
    if (launch.function() instanceof HostCall call) {
      call.run();
      calls++;
      now += librarySeconds;
    } else {
      kernels++;
      now += kernelSeconds;
    }
  }

  @Override
  public Mark mark() {
    return new Mark() {
      @Override
      public void set() {}

      @Override
      public void await() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public Lap lap() {
    return new Lap() {
      private double begin;
      private double end;

      @Override
      public void begin() {
        begin = now;
      }

      @Override
      public void end() {
        end = now;
      }

      @Override
      public double seconds() {
        return end - begin;
      }
    };
  }

  @Override
  public void synchronize() {}

  @Override
  public void close() {
    allocations.values().forEach(Arena::close);
    allocations.clear();
  }
}
