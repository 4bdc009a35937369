package dev.assay.jcuda;

import dev.assay.jcuda.driver.Driver;
import dev.assay.jcuda.driver.DriverException;
import dev.assay.jcuda.lower.Call;
import dev.assay.jcuda.lower.Lowering;
import dev.assay.jcuda.lower.Work;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Flops;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Ports;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.plan.Buffer;
import dev.assay.tensor.plan.Plan;
import dev.assay.tensor.plan.Planner;
import dev.assay.tensor.plan.View;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replays a plan: its launches are recorded once. Inputs go through pinned memory; the host may
 * prepare the next ones while the device works.
 */
final class JcudaProgram implements Program {
  private final JcudaBackend backend;
  private final Driver driver;
  private final Graph graph;
  private final Plan plan;
  private final Ports ports;
  private final Layout layout;
  private final Set<String> missing;
  private final Map<String, Fed> inputs = new LinkedHashMap<>();
  private final Fed[] fed;
  private final Driver.HostMemory pinned;
  private final Driver.Mark uploaded;
  private final long workspace;
  private final long workspaceBytes;
  private final int launches;
  private final Driver.Replay replay;
  private boolean ran;
  private boolean closed;

  /** An input that kernels read, and its place in pinned memory. */
  private static final class Fed {
    final long offset;
    final long address;
    final long bytes;
    boolean changed;

    Fed(long offset, long address, long bytes) {
      this.offset = offset;
      this.address = address;
      this.bytes = bytes;
    }
  }

  JcudaProgram(JcudaBackend backend, Graph graph) {
    this.backend = backend;
    this.graph = graph;
    driver = backend.driver();
    plan =
        Planner.plan(
            graph, product -> Lowering.isFusible(product, backend.precision(), backend.products()));
    ports = new Ports(graph);
    missing = new HashSet<>(ports.inputs().keySet());
    layout = new Layout(backend, plan);
    long end = 0;
    for (Map.Entry<String, Buffer> input : plan.inputs().entrySet()) {
      long bytes = (long) input.getValue().size() * DType.BYTES;
      inputs.put(input.getKey(), new Fed(end, layout.address(input.getValue()), bytes));
      end += Layout.aligned(bytes);
    }
    fed = inputs.values().toArray(Fed[]::new);
    pinned = driver.host(Math.max(1, end));
    uploaded = driver.mark();
    List<Work> works = works();
    workspaceBytes = works.stream().mapToLong(Work::workspaceBytes).max().orElse(0);
    workspace = layout.allocate(Math.max(1, workspaceBytes), " to share among its kernels");
    List<Call> calls = works.stream().flatMap(work -> work.calls(workspace).stream()).toList();
    launches = calls.size();
    replay = record(calls);
  }

  private Driver.Replay record(List<Call> calls) {
    try {
      return driver.record(backend.library().link(calls));
    } catch (DriverException e) {
      throw layout.named(
          e,
          "the program has %s, and its %d launches need more"
              .formatted(JcudaBackend.size(layout.bytes() + workspaceBytes), launches));
    }
  }

  private List<Work> works() {
    Lowering lowering =
        new Lowering(layout::address, layout::place, backend.precision(), backend.products());
    List<Work> works = new ArrayList<>();
    plan.phases().forEach(phase -> works.addAll(lowering.works(phase)));
    return works;
  }

  @Override
  public void set(String input, float[] values) {
    set(input, DType.F32, MemorySegment.ofArray(values), values.length);
  }

  @Override
  public void set(String input, int[] values) {
    set(input, DType.I32, MemorySegment.ofArray(values), values.length);
  }

  private void set(String name, DType dtype, MemorySegment values, int length) {
    requireOpen();
    ports.input(name, dtype, length);
    missing.remove(name);
    Fed input = inputs.get(name);
    if (input != null) {
      uploaded.await();
      MemorySegment.copy(values, 0, pinned.segment(), input.offset, input.bytes);
      input.changed = true;
    }
  }

  @Override
  public void seed(RandomStream stream) {
    if (ports.inputs().containsKey(Draws.INPUT)) {
      Program.super.seed(stream);
    }
  }

  /**
   * @throws IllegalStateException if an input was never set
   */
  @Override
  public void run() {
    requireOpen();
    if (!missing.isEmpty()) {
      throw new IllegalStateException("inputs never set: " + missing);
    }
    boolean any = false;
    for (Fed input : fed) {
      if (input.changed && input.bytes > 0) {
        driver.upload(pinned, input.offset, input.address, input.bytes);
        any = true;
      }
      input.changed = false;
    }
    if (any) {
      uploaded.set();
    }
    backend.stopwatch().run(replay);
    ran = true;
  }

  @Override
  public void await() {
    requireOpen();
    driver.synchronize();
  }

  @Override
  public void get(String output, float[] into) {
    backend.staging().download(output(output, DType.F32, into.length), MemorySegment.ofArray(into));
  }

  @Override
  public void get(String output, int[] into) {
    backend.staging().download(output(output, DType.I32, into.length), MemorySegment.ofArray(into));
  }

  @Override
  public float scalar(String output) {
    float[] value = new float[1];
    get(output, value);
    return value[0];
  }

  private long output(String name, DType dtype, int length) {
    requireOpen();
    ports.output(name, dtype, length);
    if (!ran) {
      throw new IllegalStateException("output '" + name + "' is asked for before the first run");
    }
    View view = plan.outputs().get(name);
    if (view == null) {
      throw new IllegalStateException("output '" + name + "' has no place in the plan");
    }
    return layout.address(view.buffer());
  }

  @Override
  public long flops() {
    return Flops.of(graph);
  }

  @Override
  public String explain() {
    return "%.3f GFLOP, %d launches, workspace %s, %s"
        .formatted(flops() / 1e9, launches, JcudaBackend.size(workspaceBytes), plan.explain());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (backend.isOpen()) {
        driver.synchronize();
        replay.close();
        uploaded.close();
        pinned.close();
        driver.free(workspace);
        layout.close();
      }
    }
  }

  private void requireOpen() {
    backend.requireOpen();
    if (closed) {
      throw new IllegalStateException("the program is closed");
    }
  }
}
