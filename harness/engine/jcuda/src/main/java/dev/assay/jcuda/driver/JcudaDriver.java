package dev.assay.jcuda.driver;

import static jcuda.driver.JCudaDriver.cuCtxSetCurrent;
import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDeviceGetAttribute;
import static jcuda.driver.JCudaDriver.cuDeviceGetName;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRelease;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRetain;
import static jcuda.driver.JCudaDriver.cuDeviceTotalMem;
import static jcuda.driver.JCudaDriver.cuDriverGetVersion;
import static jcuda.driver.JCudaDriver.cuEventCreate;
import static jcuda.driver.JCudaDriver.cuEventDestroy;
import static jcuda.driver.JCudaDriver.cuEventElapsedTime;
import static jcuda.driver.JCudaDriver.cuEventRecord;
import static jcuda.driver.JCudaDriver.cuEventSynchronize;
import static jcuda.driver.JCudaDriver.cuFuncSetAttribute;
import static jcuda.driver.JCudaDriver.cuGetErrorName;
import static jcuda.driver.JCudaDriver.cuGraphDestroy;
import static jcuda.driver.JCudaDriver.cuGraphExecDestroy;
import static jcuda.driver.JCudaDriver.cuGraphInstantiate;
import static jcuda.driver.JCudaDriver.cuGraphLaunch;
import static jcuda.driver.JCudaDriver.cuInit;
import static jcuda.driver.JCudaDriver.cuLaunchKernel;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemAllocHost;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemFreeHost;
import static jcuda.driver.JCudaDriver.cuMemGetInfo;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoDAsync;
import static jcuda.driver.JCudaDriver.cuMemsetD8Async;
import static jcuda.driver.JCudaDriver.cuModuleGetFunction;
import static jcuda.driver.JCudaDriver.cuModuleLoadData;
import static jcuda.driver.JCudaDriver.cuStreamBeginCapture;
import static jcuda.driver.JCudaDriver.cuStreamCreate;
import static jcuda.driver.JCudaDriver.cuStreamDestroy;
import static jcuda.driver.JCudaDriver.cuStreamEndCapture;
import static jcuda.driver.JCudaDriver.cuStreamSynchronize;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;

/** Device 0 through JCuda: the primary context, one stream, launches recorded as CUDA graphs. */
public final class JcudaDriver implements Driver {
  private static final int STATIC_SHARED_BYTES = 48 * 1024;

  private final CUdevice id = new CUdevice();
  private final CUcontext context = new CUcontext();
  private final Stream stream = new Stream();
  private final Device device;
  private final List<CUmodule> modules = new ArrayList<>();
  private final Map<Long, CUdeviceptr> allocations = new HashMap<>();
  private final Set<Pinned> hosts = new HashSet<>();
  private final List<CUevent> laps = new ArrayList<>();
  private boolean closed;

  /**
   * Opens the device.
   *
   * @throws IllegalStateException if JCuda's native library cannot be loaded
   */
  public JcudaDriver() {
    Natives.load();
    JCudaDriver.setExceptionsEnabled(false);
    check("cuInit", cuInit(0));
    check("cuDeviceGet", cuDeviceGet(id, 0));
    device = describe();
    check("cuDevicePrimaryCtxRetain", cuDevicePrimaryCtxRetain(context, id));
    enter();
    check("cuStreamCreate", cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING));
  }

  private Device describe() {
    byte[] name = new byte[256];
    check("cuDeviceGetName", cuDeviceGetName(name, name.length, id));
    long[] memory = new long[1];
    check("cuDeviceTotalMem", cuDeviceTotalMem(memory, id));
    int[] version = new int[1];
    check("cuDriverGetVersion", cuDriverGetVersion(version));
    int end = 0;
    while (end < name.length && name[end] != 0) {
      end++;
    }
    return new Device(
        new String(name, 0, end, StandardCharsets.UTF_8),
        10 * attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
            + attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR),
        attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT),
        memory[0],
        version[0]);
  }

  private int attribute(int which) {
    int[] value = new int[1];
    check("cuDeviceGetAttribute", cuDeviceGetAttribute(value, which, id));
    return value[0];
  }

  /** A context belongs to a thread, and any thread may call. */
  private void enter() {
    if (closed) {
      throw new IllegalStateException("the CUDA driver is closed");
    }
    check("cuCtxSetCurrent", cuCtxSetCurrent(context));
  }

  private static void check(String call, int result) {
    if (result != CUresult.CUDA_SUCCESS) {
      String[] name = new String[1];
      boolean known = cuGetErrorName(result, name) == CUresult.CUDA_SUCCESS && name[0] != null;
      throw DriverError.of(call, result, known ? name[0] : "error " + result);
    }
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public long allocate(long bytes) {
    enter();
    Address address = new Address();
    check("cuMemAlloc of " + bytes + " bytes", cuMemAlloc(address, bytes));
    allocations.put(address.value(), address);
    return address.value();
  }

  @Override
  public void free(long address) {
    enter();
    check("cuStreamSynchronize", cuStreamSynchronize(stream));
    CUdeviceptr allocated = allocations.remove(address);
    if (allocated == null) {
      throw new IllegalArgumentException("not allocated: " + Long.toHexString(address));
    }
    check("cuMemFree", cuMemFree(allocated));
  }

  @Override
  public long freeBytes() {
    enter();
    long[] free = new long[1];
    check("cuMemGetInfo", cuMemGetInfo(free, new long[1]));
    return free[0];
  }

  @Override
  public long queue() {
    enter();
    return stream.value();
  }

  @Override
  public HostMemory host(long bytes) {
    enter();
    Pointer pointer = new Pointer();
    check("cuMemAllocHost of " + bytes + " bytes", cuMemAllocHost(pointer, bytes));
    MemorySegment segment =
        MemorySegment.ofBuffer(pointer.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder()));
    Pinned pinned = new Pinned(pointer, segment);
    hosts.add(pinned);
    return pinned;
  }

  @Override
  public void upload(HostMemory from, long offset, long to, long bytes) {
    enter();
    int result = cuMemcpyHtoDAsync(at(to), ((Pinned) from).at(offset), bytes, stream);
    check("cuMemcpyHtoDAsync", result);
  }

  @Override
  public void download(long from, HostMemory to, long offset, long bytes) {
    enter();
    int result = cuMemcpyDtoHAsync(((Pinned) to).at(offset), at(from), bytes, stream);
    check("cuMemcpyDtoHAsync", result);
  }

  @Override
  public void clear(long address, long bytes) {
    enter();
    check("cuMemsetD8Async", cuMemsetD8Async(at(address), (byte) 0, bytes, stream));
  }

  @Override
  public Code load(String ptx) {
    enter();
    CUmodule module = new CUmodule();
    check("cuModuleLoadData", cuModuleLoadData(module, ptx));
    modules.add(module);
    return (name, sharedBytes) -> {
      enter();
      CUfunction function = new CUfunction();
      check("cuModuleGetFunction " + name, cuModuleGetFunction(function, module, name));
      if (sharedBytes > STATIC_SHARED_BYTES) {
        int most = CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES;
        check("cuFuncSetAttribute " + name, cuFuncSetAttribute(function, most, sharedBytes));
      }
      return new Loaded(function);
    };
  }

  @Override
  public Replay record(List<Launch> launches) {
    enter();
    CUgraph graph = new CUgraph();
    check(
        "cuStreamBeginCapture",
        cuStreamBeginCapture(stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL));
    try {
      launches.forEach(this::launch);
    } catch (RuntimeException e) {
      cuStreamEndCapture(stream, graph);
      throw e;
    }
    check("cuStreamEndCapture", cuStreamEndCapture(stream, graph));
    CUgraphExec executable = new CUgraphExec();
    check("cuGraphInstantiate", cuGraphInstantiate(executable, graph, 0));
    check("cuGraphDestroy", cuGraphDestroy(graph));
    return new Graph(executable);
  }

  private void launch(Launch launch) {
    if (launch.function() instanceof HostCall call) {
      call.run();
      return;
    }
    NativePointerObject[] arguments =
        launch.arguments().stream()
            .map(argument ->
                switch (argument) {
                  case Long wide -> Pointer.to(new long[] {wide});
                  case Float number -> Pointer.to(new float[] {number});
                  default -> Pointer.to(new int[] {argument.intValue()});
                })
            .toArray(NativePointerObject[]::new);
    Launch.Grid grid = launch.grid();
    Launch.Grid block = launch.block();
    int result =
        cuLaunchKernel(
            ((Loaded) launch.function()).function,
            grid.x(),
            grid.y(),
            grid.z(),
            block.x(),
            block.y(),
            block.z(),
            launch.sharedBytes(),
            stream,
            Pointer.to(arguments),
            null);
    check("cuLaunchKernel", result);
  }

  @Override
  public Mark mark() {
    enter();
    CUevent event = new CUevent();
    check("cuEventCreate", cuEventCreate(event, CUevent_flags.CU_EVENT_DISABLE_TIMING));
    return new Event(event);
  }

  @Override
  public Lap lap() {
    enter();
    CUevent begin = new CUevent();
    CUevent end = new CUevent();
    check("cuEventCreate", cuEventCreate(begin, CUevent_flags.CU_EVENT_DEFAULT));
    laps.add(begin);
    check("cuEventCreate", cuEventCreate(end, CUevent_flags.CU_EVENT_DEFAULT));
    laps.add(end);
    return new Timed(begin, end);
  }

  @Override
  public void synchronize() {
    enter();
    check("cuStreamSynchronize", cuStreamSynchronize(stream));
  }

  /** Errors are of no use any more: after a sticky one, everything fails. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    cuCtxSetCurrent(context);
    closed = true;
    cuStreamSynchronize(stream);
    modules.forEach(JCudaDriver::cuModuleUnload);
    allocations.values().forEach(JCudaDriver::cuMemFree);
    hosts.forEach(pinned -> cuMemFreeHost(pinned.pointer));
    laps.forEach(JCudaDriver::cuEventDestroy);
    cuStreamDestroy(stream);
    cuDevicePrimaryCtxRelease(id);
  }

  private static CUdeviceptr at(long address) {
    return new Address(address);
  }

  private record Loaded(CUfunction function) implements Function {}

  private final class Pinned implements HostMemory {
    private final Pointer pointer;
    private final MemorySegment segment;

    Pinned(Pointer pointer, MemorySegment segment) {
      this.pointer = pointer;
      this.segment = segment;
    }

    Pointer at(long offset) {
      return pointer.withByteOffset(offset);
    }

    @Override
    public MemorySegment segment() {
      return segment;
    }

    @Override
    public void close() {
      if (hosts.remove(this)) {
        enter();
        check("cuMemFreeHost", cuMemFreeHost(pointer));
      }
    }
  }

  private final class Graph implements Replay {
    private final CUgraphExec executable;

    Graph(CUgraphExec executable) {
      this.executable = executable;
    }

    @Override
    public void run() {
      enter();
      check("cuGraphLaunch", cuGraphLaunch(executable, stream));
    }

    @Override
    public void close() {
      cuGraphExecDestroy(executable);
    }
  }

  private final class Event implements Mark {
    private final CUevent event;

    Event(CUevent event) {
      this.event = event;
    }

    @Override
    public void set() {
      enter();
      check("cuEventRecord", cuEventRecord(event, stream));
    }

    @Override
    public void await() {
      enter();
      check("cuEventSynchronize", cuEventSynchronize(event));
    }

    @Override
    public void close() {
      cuEventDestroy(event);
    }
  }

  private final class Timed implements Lap {
    private final CUevent begin;
    private final CUevent end;
    private final float[] milliseconds = new float[1];

    Timed(CUevent begin, CUevent end) {
      this.begin = begin;
      this.end = end;
    }

    @Override
    public void begin() {
      enter();
      check("cuEventRecord", cuEventRecord(begin, stream));
    }

    @Override
    public void end() {
      enter();
      check("cuEventRecord", cuEventRecord(end, stream));
    }

    @Override
    public double seconds() {
      enter();
      check("cuEventSynchronize", cuEventSynchronize(end));
      check("cuEventElapsedTime", cuEventElapsedTime(milliseconds, begin, end));
      return milliseconds[0] / 1e3;
    }
  }

  /** A stream whose address can be told. */
  private static final class Stream extends CUstream {
    long value() {
      return getNativePointer();
    }
  }

  /** A device pointer made from, or read as, a number. */
  private static final class Address extends CUdeviceptr {
    Address() {}

    Address(long address) {
      super(new CUdeviceptr(), address);
    }

    long value() {
      return getNativePointer() + getByteOffset();
    }
  }
}
