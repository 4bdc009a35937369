package dev.assay.runner.task;

import java.util.List;

/**
 * A task with its settings resolved.
 *
 * @param name begins the names of its metrics and of its files; unique within an experiment
 */
public record PlannedTask<C extends Record>(String name, Task<C> task, C settings) {
  /** The metrics that its values may become: its name, a dot and theirs. */
  public List<String> metrics() {
    return task.numbers().stream().map(this::metric).toList();
  }

  /** The metric that a value becomes. */
  public String metric(String value) {
    return name + "." + value;
  }

  /** Does it. */
  public <S extends Record> Outcome run(Subject<S> subject) {
    return task.run(settings, subject);
  }
}
