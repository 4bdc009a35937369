package dev.assay.dashboard.live;

import dev.assay.dashboard.index.Index;
import dev.assay.dashboard.index.Indexer;
import dev.assay.dashboard.index.RunRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the index and the list of runs in progress up to date, on a thread of its own: every second
 * the runs in progress, and every run as often as that takes less than a fiftieth of the time.
 */
public final class Watch implements AutoCloseable {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final int SHARE = 50;
  private static final System.Logger LOG = System.getLogger(Watch.class.getName());

  private final Index index;
  private final Indexer indexer;
  private final LiveReader reader;
  private final Listener listener;
  private final AtomicLong revision;
  private final Map<String, LiveRun> last = new HashMap<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile Live live;
  private volatile boolean settled;
  private long nextScan = System.nanoTime();

  /** Is told what changed, on the watching thread. */
  public interface Listener {
    void progress(List<LiveRun> runs);

    void ended(RunRow run);

    void changed(long revision);
  }

  public Watch(Path root, Index index, Indexer indexer, Listener listener) throws IOException {
    this.index = index;
    this.indexer = indexer;
    this.reader = new LiveReader(root);
    this.listener = listener;
    this.revision = new AtomicLong(index.revision());
    this.live = new Live(revision.get(), List.of());
    this.thread = Thread.ofPlatform().daemon().name("assay-watch").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Of the index, as of the last look. */
  public long revision() {
    return revision.get();
  }

  /** Whether every run was looked at since the start. */
  public boolean isSettled() {
    return settled;
  }

  public Live live() {
    return live;
  }

  /** Looks at a run now, such as one that was just uploaded. */
  public void look(String folder) throws IOException {
    indexer.reconcile(List.of(folder));
    revise();
  }

  private void run() {
    while (!closed) {
      try {
        tick();
      } catch (IOException | RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "looking at the runs failed; trying again", e);
      }
      LockSupport.parkNanos(TICK.toNanos());
    }
  }

  private void tick() throws IOException {
    long now = System.nanoTime();
    if (now - nextScan >= 0) {
      indexer.reconcile();
      long took = System.nanoTime() - now;
      nextScan = System.nanoTime() + Math.max(0, took * SHARE - TICK.toNanos());
    } else if (!last.isEmpty()) {
      List<String> folders = new ArrayList<>();
      for (RunRow run : index.inProgress()) {
        folders.add(run.folder());
      }
      indexer.reconcile(folders);
    }
    revise();
    progress();
    settled = true;
  }

  private void revise() throws IOException {
    long fresh = index.revision();
    if (revision.getAndSet(fresh) != fresh) {
      listener.changed(fresh);
    }
  }

  private void progress() throws IOException {
    List<RunRow> running =
        index.inProgress().stream().filter(run -> !run.source().equals("table")).toList();
    Locks locks = Locks.now();
    List<LiveRun> all = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (RunRow run : running) {
      LiveRun fresh = reader.read(run, locks);
      all.add(fresh);
      ids.add(run.id());
    }
    live = new Live(revision.get(), all);
    List<LiveRun> moved = all.stream().filter(run -> !run.equals(last.put(run.id(), run))).toList();
    if (!moved.isEmpty()) {
      listener.progress(moved);
    }
    for (String id : List.copyOf(last.keySet())) {
      if (!ids.contains(id)) {
        last.remove(id);
        var ended = index.run(id);
        if (ended.isPresent()) {
          listener.ended(ended.get());
        }
      }
    }
    reader.keep(ids);
  }

  @Override
  public void close() {
    closed = true;
    if (!thread.isAlive()) {
      return;
    }
    LockSupport.unpark(thread);
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
