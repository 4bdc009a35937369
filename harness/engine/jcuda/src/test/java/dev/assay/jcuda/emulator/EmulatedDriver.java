package dev.assay.jcuda.emulator;

import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.driver.DriverException;
import dev.assay.jcuda.driver.Launch;
import dev.assay.tensor.DeviceLostException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A driver whose device is this package. Work is done at once. */
public final class EmulatedDriver implements Driver {
  /** What a launch takes by the device's clock. */
  public static final double LAUNCH_SECONDS = 0.25;

  private static final int LARGEST_BLOCK = 1024;

  private final DeviceMemory memory = new DeviceMemory();
  private final Device device;
  private final long fault;
  private long launched;
  private boolean closed;

  /**
   * @param capability compute capability, such as 75
   * @param memoryBytes of the device
   */
  public EmulatedDriver(int capability, long memoryBytes) {
    this(capability, memoryBytes, Long.MAX_VALUE);
  }

  /**
   * As above.
   *
   * @param fault the launch, from 1 on, at which the device is lost
   */
  public EmulatedDriver(int capability, long memoryBytes, long fault) {
    this.fault = fault;
    device = new Device("emulator", capability, 4, memoryBytes, 12060);
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public long allocate(long bytes) {
    requireDevice();
    if (bytes < 1) {
      throw new IllegalArgumentException("cannot allocate " + bytes + " bytes");
    }
    if (bytes > freeBytes()) {
      throw new DriverException(DriverException.Kind.OUT_OF_MEMORY, "too little memory");
    }
    return memory.allocate(bytes);
  }

  @Override
  public void free(long address) {
    requireDevice();
    memory.free(address);
  }

  @Override
  public long freeBytes() {
    return device.memoryBytes() - memory.bytes();
  }

  @Override
  public long queue() {
    return 0;
  }

  @Override
  public HostMemory host(long bytes) {
    return new Host(Arena.ofAuto().allocate(bytes, 8));
  }

  private record Host(MemorySegment segment) implements HostMemory {
    @Override
    public void close() {}
  }

  @Override
  public void upload(HostMemory from, long offset, long to, long bytes) {
    requireDevice();
    MemorySegment target = MemorySegment.ofArray(memory.block(to));
    MemorySegment.copy(from.segment(), offset, target, (int) to, bytes);
  }

  @Override
  public void download(long from, HostMemory to, long offset, long bytes) {
    requireDevice();
    MemorySegment source = MemorySegment.ofArray(memory.block(from));
    MemorySegment.copy(source, (int) from, to.segment(), offset, bytes);
  }

  @Override
  public void clear(long address, long bytes) {
    requireDevice();
    byte[] block = memory.block(address);
    Arrays.fill(block, (int) address, (int) (address + bytes), (byte) 0);
  }

  @Override
  public Code load(String ptx) {
    PtxModule module = new PtxModule(ptx);
    Map<String, Machine> machines = new HashMap<>();
    return (name, _) ->
        new Loaded(machines.computeIfAbsent(name, n -> new Machine(module.kernel(n), memory)));
  }

  private record Loaded(Machine machine) implements Function {}

  @Override
  public Replay record(List<Launch> launches) {
    for (Launch launch : launches) {
      Launch.Grid block = launch.block();
      if (block.x() * block.y() * block.z() > LARGEST_BLOCK) {
        throw new DriverException(DriverException.Kind.REQUEST, "too large a block: " + block);
      }
    }
    return new Recorded(launches);
  }

  /** What works no more once the device is lost. */
  private void requireDevice() {
    if (launched >= fault) {
      throw new DeviceLostException("the emulator is lost at launch " + fault);
    }
  }

  private final class Recorded implements Replay {
    private final List<Launch> launches;

    Recorded(List<Launch> launches) {
      this.launches = launches;
    }

    @Override
    public void run() {
      for (Launch launch : launches) {
        launched++;
        requireDevice();
        ((Loaded) launch.function()).machine.run(launch);
      }
    }

    @Override
    public void close() {
      requireDevice();
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

  /** By a clock that ticks {@link #LAUNCH_SECONDS} a launch. */
  @Override
  public Lap lap() {
    return new Lap() {
      private long begin;
      private long end;

      @Override
      public void begin() {
        begin = launched;
      }

      @Override
      public void end() {
        end = launched;
      }

      @Override
      public double seconds() {
        return (end - begin) * LAUNCH_SECONDS;
      }
    };
  }

  @Override
  public void synchronize() {
    if (closed) {
      throw new IllegalStateException("the driver is closed");
    }
    requireDevice();
  }

  @Override
  public void close() {
    closed = true;
  }
}
