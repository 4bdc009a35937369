package dev.assay.runner.execute;

import dev.assay.runner.experiment.Cell;
import dev.assay.runner.experiment.Plan;
import dev.assay.runner.experiment.PlannedData;
import dev.assay.runner.experiment.Registry;
import dev.assay.spi.Fit;
import dev.assay.store.AtomicFiles;
import dev.assay.store.DamagedFileException;
import dev.assay.store.RunFolder;
import dev.assay.store.RunLock;
import dev.assay.store.RunRecord;
import dev.assay.store.RunStatus;
import dev.assay.store.RunStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs what is missing of a plan, resumes what was cut, and keeps the tables up to date. */
public final class PlanRunner {
  private static final long WAIT_MILLIS = 500;
  private static final long PARENT_MILLIS = 20;
  private static final long INDEX_NANOS = 2_000_000_000L;
  private static final long INDEX_SHARE = 20;

  private final RunStore store;
  private final Registry registry;
  private final Settings settings;
  private final Cancellation cancellation;
  private final RunObserver observer;
  private final Trainings trainings;
  private final CellPlaces places;
  private final Map<String, CompletableFuture<RunRecord>> ends = new ConcurrentHashMap<>();
  private List<RunRecord> references = List.of();
  private long nextIndex = System.nanoTime() + INDEX_NANOS;

  /**
   * @param jobs cells at work at once, at least 1; the processors are shared out among them
   * @param fresh run again what is done already
   * @param references make the reference rows that the metrics call for
   * @param provenance facts to keep with every run
   * @param worker command that runs a cell whose id is added to it by {@link CellWorker}, for cells
   *     after one that lost its device; empty if there is none
   */
  public record Settings(
      int jobs,
      boolean fresh,
      boolean references,
      Map<String, String> provenance,
      List<String> worker) {
    /** With reference rows, and without processes for cells. */
    public Settings(int jobs, boolean fresh, Map<String, String> provenance) {
      this(jobs, fresh, true, provenance, List.of());
    }

    public Settings {
      if (jobs < 1) {
        throw new IllegalArgumentException("jobs must be at least 1: " + jobs);
      }
      provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
      worker = List.copyOf(worker);
    }
  }

  /**
   * How a cell ended.
   *
   * @param reused it had been run before
   */
  public record Outcome(Cell cell, RunRecord record, boolean reused) {}

  public PlanRunner(
      RunStore store,
      Registry registry,
      Settings settings,
      Cancellation cancellation,
      RunObserver observer) {
    this.store = store;
    this.registry = registry;
    this.settings = settings;
    this.cancellation = cancellation;
    this.observer = observer;
    this.trainings = new Trainings(store);
    this.places = new CellPlaces(settings.worker());
  }

  /**
   * Runs the plan. A cell that fails stops no other; a request to stop leaves the cells at work
   * CANCELLED and the rest out.
   *
   * @return an outcome for each cell that was looked at, in order of the plan; then for each that
   *     {@code repeat.until} added
   * @throws IOException if the store cannot be written
   */
  public List<Outcome> run(Plan plan) throws IOException {
    String experiment = plan.experiment().name();
    store.read().records().forEach(trainings::add);
    List<Cell> cells = plan.cells();
    References wanted = References.of(settings.references() ? cells : List.of());
    List<String> stated = new ArrayList<>(cells.stream().map(Cell::id).toList());
    stated.addAll(wanted.ids());
    store.state(experiment, stated);
    Workplace workplace = workplace(cells, wanted.data(), experiment);
    references = wanted.run(store, workplace, settings.fresh());
    List<Outcome> outcomes = new ArrayList<>(wave(cells, workplace));
    for (cells = next(plan, outcomes); !cells.isEmpty(); cells = next(plan, outcomes)) {
      cells.forEach(cell -> stated.add(cell.id()));
      store.state(experiment, stated);
      outcomes.addAll(wave(cells, workplace(cells, List.of(), experiment)));
    }
    store.index();
    return List.copyOf(outcomes);
  }

  private List<Cell> next(Plan plan, List<Outcome> outcomes) {
    Map<String, RunRecord> ended = new LinkedHashMap<>();
    outcomes.forEach(outcome -> ended.put(outcome.cell().id(), outcome.record()));
    return cancellation.isRequested() ? List.of() : SeedRule.next(plan, ended);
  }

  private Workplace workplace(List<Cell> cells, List<PlannedData<?, ?>> others, String experiment) {
    return Workplace.of(
        registry,
        new DataPool(registry, cells, others, cancellation),
        experiment,
        settings,
        cancellation,
        observer);
  }

  private List<Outcome> wave(List<Cell> cells, Workplace workplace) throws IOException {
    @Nullable Outcome[] outcomes = new Outcome[cells.size()];
    work(cells, workplace, outcomes);
    return Arrays.stream(outcomes).filter(Objects::nonNull).toList();
  }

  /** The reference rows of the plan that was run last; fewer than it has if it was cancelled. */
  public List<RunRecord> references() {
    return references;
  }

  private void work(List<Cell> cells, Workplace workplace, @Nullable Outcome[] outcomes)
      throws IOException {
    AtomicInteger next = new AtomicInteger();
    List<IOException> failures = new ArrayList<>();
    Runnable worker =
        () -> {
          for (int i = next.getAndIncrement();
              i < cells.size() && !cancellation.isRequested();
              i = next.getAndIncrement()) {
            Cell cell = cells.get(i);
            try {
              Outcome outcome = one(cell, workplace);
              outcomes[i] = outcome;
              end(cell).complete(outcome.record());
              index();
            } catch (IOException e) {
              synchronized (failures) {
                failures.add(e);
              }
            } finally {
              end(cell)
                  .complete(
                      Records.idle(
                          cell, workplace.experiment(), RunStatus.FAILED, "it left no record"));
            }
          }
        };
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(settings.jobs(), Math.max(1, cells.size())); i++) {
      threads.add(Thread.ofPlatform().name("cell-worker-" + i).start(worker));
    }
    for (Thread thread : threads) {
      join(thread);
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  private void join(Thread thread) {
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        cancellation.request();
      }
    }
  }

  private Outcome one(Cell cell, Workplace workplace) throws IOException {
    RunFolder folder = store.run(cell.id());
    AtomicFiles.createFolders(folder.path());
    Outcome outcome;
    try (RunLock lock = lock(cell, folder)) {
      Optional<RunRecord> known = known(cell, folder);
      if (known.isPresent()) {
        outcome = new Outcome(cell, known.get(), true);
      } else {
        outcome = new Outcome(cell, fresh(cell, folder, workplace), false);
      }
    } catch (CancelledException e) {
      outcome = idle(cell, workplace, RunStatus.CANCELLED, "not started");
    } catch (RuntimeException | Error e) {
      outcome = idle(cell, workplace, RunStatus.FAILED, String.valueOf(e.getMessage()));
    } finally {
      workplace.data().release(cell);
    }
    observer.ended(cell, outcome.record(), outcome.reused());
    return outcome;
  }

  private CompletableFuture<RunRecord> end(Cell cell) {
    return ends.computeIfAbsent(cell.id(), id -> new CompletableFuture<>());
  }

  private RunRecord await(CompletableFuture<RunRecord> end) {
    while (!end.isDone()) {
      cancellation.check();
      try {
        Thread.sleep(PARENT_MILLIS);
      } catch (InterruptedException e) {
        cancellation.request();
      }
    }
    return end.join();
  }

  /**
   * Waits for the parents, which stand before their children in every plan and so are at work or
   * ended.
   *
   * @return why the cell cannot be run; empty if it can
   */
  private Optional<RunRecord> missing(Cell cell, Workplace workplace) {
    for (Map.Entry<String, Cell> entry : cell.parents().entrySet()) {
      RunRecord parent = await(end(entry.getValue()));
      if (parent.status() == RunStatus.CANCELLED) {
        throw new CancelledException();
      }
      if (parent.status() != RunStatus.DONE) {
        String reason =
            "its "
                + entry.getKey()
                + " '"
                + entry.getValue().model().name()
                + "' is "
                + parent.status()
                + ": "
                + parent.reason();
        return Optional.of(Records.idle(cell, workplace.experiment(), RunStatus.FAILED, reason));
      }
    }
    return Optional.empty();
  }

  /** Now and then while cells run; most of the time goes into cells, however many there are. */
  private synchronized void index() throws IOException {
    long start = System.nanoTime();
    if (start - nextIndex >= 0) {
      store.index();
      long end = System.nanoTime();
      nextIndex = end + Math.max(INDEX_NANOS, INDEX_SHARE * (end - start));
    }
  }

  private static Outcome idle(Cell cell, Workplace workplace, RunStatus status, String reason) {
    return new Outcome(cell, Records.idle(cell, workplace.experiment(), status, reason), false);
  }

  /** The record of an earlier run that still counts. */
  private Optional<RunRecord> known(Cell cell, RunFolder folder) throws IOException {
    if (settings.fresh()) {
      folder.clear();
      return Optional.empty();
    }
    try {
      return folder
          .read()
          .filter(record -> record.status().isFinal() && record.status() != RunStatus.SKIPPED);
    } catch (DamagedFileException e) {
      observer.note(cell, e.getMessage() + "; run anew");
      folder.clear();
      return Optional.empty();
    }
  }

  private RunRecord fresh(Cell cell, RunFolder folder, Workplace workplace) throws IOException {
    if (cell.fit() instanceof Fit.No no) {
      RunRecord record = Records.idle(cell, workplace.experiment(), RunStatus.SKIPPED, no.reason());
      folder.write(record);
      return record;
    }
    if (!settings.fresh()) {
      trainings
          .giveTo(cell, folder)
          .ifPresent(run -> observer.note(cell, "takes over the training of run " + run));
    }
    Optional<RunRecord> missing = missing(cell, workplace);
    if (missing.isPresent()) {
      folder.write(missing.get());
      return missing.get();
    }
    RunRecord record = places.run(cell, folder, workplace);
    trainings.add(record);
    return record;
  }

  private RunLock lock(Cell cell, RunFolder folder) throws IOException {
    Optional<RunLock> lock = folder.tryLock();
    if (lock.isEmpty()) {
      observer.note(cell, "waits for another process that runs it");
    }
    while (lock.isEmpty()) {
      cancellation.check();
      try {
        Thread.sleep(WAIT_MILLIS);
      } catch (InterruptedException e) {
        cancellation.request();
      }
      lock = folder.tryLock();
    }
    return lock.get();
  }
}
