package dev.assay.cpu;

import dev.assay.cpu.crew.Crew;
import dev.assay.cpu.crew.Job;
import dev.assay.cpu.lower.Constants;
import dev.assay.cpu.lower.FewRowsStep;
import dev.assay.cpu.lower.Lowering;
import dev.assay.cpu.lower.Step;
import dev.assay.cpu.memory.Memory;
import dev.assay.cpu.vector.Warmup;
import dev.assay.tensor.DType;
import dev.assay.tensor.Draws;
import dev.assay.tensor.Flops;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Ports;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Variable;
import dev.assay.tensor.plan.Buffer;
import dev.assay.tensor.plan.Plan;
import dev.assay.tensor.plan.Planner;
import dev.assay.tensor.plan.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Replays a plan: all threads go through the phases together and share the tiles of each. */
final class CpuProgram implements Program {
  /** In place of the address of an input that no kernel reads. */
  private static final long UNUSED = 0;

  private final CpuBackend backend;
  private final Graph graph;
  private final Crew crew;
  private final Plan plan;
  private final Ports ports;
  private final Arena arena = Arena.ofShared();
  private final Map<Buffer, Long> addresses = new HashMap<>();
  private final Set<String> missing;
  private final Round[] rounds;
  private final FewRowsStep[] fewRows;
  private final CpuVariable[] assigned;
  private final Job job = new Replay();
  private boolean ran;
  private boolean closed;

  /** Steps whose tiles, of one phase of each, are numbered one after the other. */
  private record Round(Step[] steps, int phase, int[] firstTile, int tiles) {
    static Round of(List<Step> steps, int phase) {
      int[] first = new int[steps.size()];
      int tiles = 0;
      for (int i = 0; i < first.length; i++) {
        first[i] = tiles;
        tiles += steps.get(i).tiles(phase);
      }
      return new Round(steps.toArray(Step[]::new), phase, first, tiles);
    }

    void run(int tile, long scratch) {
      int i = steps.length - 1;
      while (firstTile[i] > tile) {
        i--;
      }
      steps[i].run(phase, tile - firstTile[i], scratch);
    }
  }

  /** All rounds in turn. */
  private final class Replay implements Job {
    @Override
    public int phases() {
      return rounds.length;
    }

    @Override
    public int tiles(int phase) {
      return rounds[phase].tiles;
    }

    @Override
    public void run(int phase, int tile, int thread) {
      rounds[phase].run(tile, crew.scratch(thread));
    }
  }

  CpuProgram(CpuBackend backend, Crew crew, Graph graph) {
    this.backend = backend;
    this.crew = crew;
    this.graph = graph;
    plan = Planner.plan(graph);
    ports = new Ports(graph);
    missing = new HashSet<>(ports.inputs().keySet());
    long base = Memory.allocate(arena, plan.arenaBytes());
    for (Buffer buffer : plan.buffers()) {
      addresses.put(buffer, place(buffer, base));
    }
    Lowering lowering =
        new Lowering(this::address, new Unassigned(), backend.gemm(), plan.phases());
    List<Round> all = new ArrayList<>();
    List<List<Step>> phases = plan.phases().stream().map(lowering::steps).toList();
    long workspace = Memory.allocate(arena, workspaceBytes(phases));
    long scratch = 0;
    for (List<Step> steps : phases) {
      long next = workspace;
      int parts = 0;
      for (Step step : steps) {
        step.workspace(next);
        next += Memory.aligned(step.workspaceBytes());
        scratch = Math.max(scratch, step.scratchBytes());
        parts = Math.max(parts, step.phases());
      }
      for (int part = 0; part < parts; part++) {
        int phase = part;
        all.add(Round.of(steps.stream().filter(step -> step.phases() > phase).toList(), phase));
      }
    }
    rounds = all.toArray(Round[]::new);
    fewRows = lowering.fewRows().toArray(FewRowsStep[]::new);
    assigned = graph.assigns().keySet().stream().map(this::own).toArray(CpuVariable[]::new);
    crew.reserve(scratch);
  }

  private static long workspaceBytes(List<List<Step>> phases) {
    return phases.stream()
        .mapToLong(steps -> steps.stream().mapToLong(s -> Memory.aligned(s.workspaceBytes())).sum())
        .max()
        .orElse(0);
  }

  private long place(Buffer buffer, long base) {
    return switch (buffer.place()) {
      case Buffer.Place.Arena(long offset) -> base + offset;
      case Buffer.Place.Input _ -> Memory.allocate(arena, (long) buffer.size() * DType.BYTES);
      case Buffer.Place.Literal(dev.assay.tensor.Tensor value) -> {
        long address = Memory.allocate(arena, (long) buffer.size() * DType.BYTES);
        Literals.write(value, address);
        yield address;
      }
      case Buffer.Place.State(Variable variable) -> own(variable).address();
    };
  }

  private CpuVariable own(Variable variable) {
    if (variable instanceof CpuVariable own && own.owner() == backend) {
      return own;
    }
    throw new IllegalArgumentException(
        "variable '" + variable.name() + "' does not belong to this backend");
  }

  /** The variables that this program does not assign. */
  private final class Unassigned implements Constants {
    @Override
    public @Nullable LongSupplier version(Buffer buffer) {
      return buffer.place() instanceof Buffer.Place.State(Variable variable)
              && !graph.assigns().containsKey(variable)
          ? own(variable)::version
          : null;
    }

    @Override
    public long allocate(long bytes) {
      return Memory.allocate(arena, bytes);
    }
  }

  private long address(Buffer buffer) {
    Long address = addresses.get(buffer);
    if (address == null) {
      throw new IllegalStateException("buffer " + buffer + " is not part of the plan");
    }
    return address;
  }

  @Override
  public void set(String input, float[] values) {
    long address = input(input, DType.F32, values.length);
    if (address == UNUSED) {
      return;
    }
    MemorySegment.copy(values, 0, Memory.ALL, ValueLayout.JAVA_FLOAT, address, values.length);
  }

  @Override
  public void set(String input, int[] values) {
    long address = input(input, DType.I32, values.length);
    if (address == UNUSED) {
      return;
    }
    MemorySegment.copy(values, 0, Memory.ALL, ValueLayout.JAVA_INT, address, values.length);
  }

  @Override
  public void seed(RandomStream stream) {
    if (ports.inputs().containsKey(Draws.INPUT)) {
      Program.super.seed(stream);
    }
  }

  private long input(String name, DType dtype, int length) {
    requireOpen();
    ports.input(name, dtype, length);
    missing.remove(name);
    Buffer buffer = plan.inputs().get(name);
    return buffer == null ? UNUSED : address(buffer);
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
    if (!ran) {
      Warmup.await();
    }
    for (FewRowsStep step : fewRows) {
      step.prepare();
    }
    try {
      crew.run(job);
    } finally {
      for (CpuVariable variable : assigned) {
        variable.changed();
      }
    }
    ran = true;
  }

  @Override
  public void get(String output, float[] into) {
    long address = output(output, DType.F32, into.length);
    MemorySegment.copy(Memory.ALL, ValueLayout.JAVA_FLOAT, address, into, 0, into.length);
  }

  @Override
  public void get(String output, int[] into) {
    long address = output(output, DType.I32, into.length);
    MemorySegment.copy(Memory.ALL, ValueLayout.JAVA_INT, address, into, 0, into.length);
  }

  @Override
  public float scalar(String output) {
    return Memory.getFloat(output(output, DType.F32, 1));
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
    return address(view.buffer());
  }

  @Override
  public long flops() {
    return Flops.of(graph);
  }

  @Override
  public String explain() {
    long bytes = Arrays.stream(fewRows).filter(FewRowsStep::readsBytes).count();
    String form = bytes == 0 ? "" : "weights of " + bytes + " products as bytes, ";
    return "%.3f GFLOP, %s%s".formatted(flops() / 1e9, form, plan.explain());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      arena.close();
    }
  }

  private void requireOpen() {
    backend.requireOpen();
    if (closed) {
      throw new IllegalStateException("the program is closed");
    }
  }
}
